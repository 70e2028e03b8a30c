package io.sluice.storage.object;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keys of objects: `<shard>/<uploadId>`, the same in every store.
///
/// The shard is the last two hex digits of the id, which are random in a UUIDv7: 256 prefixes over which
/// S3 can split its load, and 256 directories that keep a local store's listings short. A time prefix
/// would send all of today's load to one place and was no faster on a local disk, where fsyncs of
/// different directories share a journal commit.
public final class ObjectKeys {

  private static final int SHARD_DIGITS = 2;

  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{2})/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  private ObjectKeys() {}

  /// The key of an upload's object.
  public static String forUpload(UUID uploadId) {
    String id = uploadId.toString();
    return id.substring(id.length() - SHARD_DIGITS) + "/" + id;
  }

  /// Whose object a key names; empty if the key is not one of ours.
  public static Optional<UUID> uploadOf(String objectKey) {
    Matcher form = FORM.matcher(objectKey);
    if (!form.matches() || !form.group(2).endsWith(form.group(1))) {
      return Optional.empty();
    }
    return Optional.of(UUID.fromString(form.group(2)));
  }
}
