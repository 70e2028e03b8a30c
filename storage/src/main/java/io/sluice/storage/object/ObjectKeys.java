package io.sluice.storage.object;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/// Keys of objects: `<shard>/<uploadId>`, the same in every store.
///
/// The shard is the last two hex digits of the id, which are random in a UUIDv7: 256 prefixes over which
/// S3 can split its load, and 256 directories that keep a local store's listings short. A time prefix
/// would send all of today's load to one place and was no faster on a local disk, where fsyncs of
/// different directories share a journal commit.
public final class ObjectKeys {

  private static final int SHARD_DIGITS = 2;
  private static final int SHARDS = 256;

  private ObjectKeys() {}

  /// What keys begin with, up to a slash, in order.
  public static List<String> shardNames() {
    return IntStream.range(0, SHARDS).mapToObj("%02x"::formatted).toList();
  }

  /// The key of an upload's object.
  public static String forUpload(UUID uploadId) {
    String id = uploadId.toString();
    return id.substring(id.length() - SHARD_DIGITS) + "/" + id;
  }

  /// Whose object a key names; empty if the key is not one of ours.
  public static Optional<UUID> uploadOf(String objectKey) {
    String id = objectKey.substring(Math.min(SHARD_DIGITS + 1, objectKey.length()));
    try {
      // Reads more than the one form, so the key is made again and compared.
      UUID uploadId = UUID.fromString(id);
      return forUpload(uploadId).equals(objectKey) ? Optional.of(uploadId) : Optional.empty();
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }
}
