package io.sluice.storage.staging;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of staged bytes: `<shard>/<uploadId>.<chunkIndex>.<attempt>`.
///
/// It says whose the bytes are, so that a sweeper needs no other source. The attempt is 64 random bits:
/// two attempts at one chunk never meet, and a name is not used twice. The shard spreads names over a
/// few directories.
///
/// @param shard from 0 to [#SHARDS] - 1
/// @param uploadId the upload the bytes were sent for
/// @param chunkIndex the chunk they were sent as
/// @param attempt what makes the name unique
public record StagingKey(int shard, UUID uploadId, int chunkIndex, long attempt) {

  /// Creating names in one directory is serial in the kernel: 1 KiB files, each made durable, came to
  /// 1,400/s in one directory, 3,500/s in 16, and no more in 256 (8 to 32 writers on ext4).
  public static final int SHARDS = 16;

  private static final HexFormat HEX = HexFormat.of();
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9a-f])/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.(0|[1-9][0-9]{0,8})\\.([0-9a-f]{16})");

  /// A new name for one attempt to stage a chunk.
  public static StagingKey next(UUID uploadId, int chunkIndex) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new StagingKey(random.nextInt(SHARDS), uploadId, chunkIndex, random.nextLong());
  }

  /// Reads a name; empty if it is not one of ours.
  public static Optional<StagingKey> parse(String key) {
    Matcher form = FORM.matcher(key);
    if (!form.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new StagingKey(
            HexFormat.fromHexDigit(form.group(1).charAt(0)),
            UUID.fromString(form.group(2)),
            Integer.parseInt(form.group(3)),
            HexFormat.fromHexDigitsToLong(form.group(4))));
  }

  /// Name of the directory of a shard.
  public static String shardName(int shard) {
    return Character.toString(HEX.toLowHexDigit(shard));
  }

  /// The part of the name below its shard.
  public String leaf() {
    return uploadId + "." + chunkIndex + "." + HEX.toHexDigits(attempt);
  }

  @Override
  public String toString() {
    return shardName(shard) + "/" + leaf();
  }
}
