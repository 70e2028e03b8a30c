package io.sluice.storage.s3;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Some of the uploads that keys in a bucket name, without listing what others keep there.
///
/// It begins at a random shard, goes once round, and after each page leaps to the next shard that lies behind
/// it. So a few keys of ours are found in one or two pages, however many of others sort before them, and of
/// very many keys it takes some from shards far apart.
///
/// @param shards what keys of ours begin with, up to a slash, in order
/// @param uploadOf reads a key
/// @param pageKeys most keys in one answer
/// @param patience for one request
record S3Sample(
    S3Bucket bucket,
    List<String> shards,
    Function<String, Optional<UUID>> uploadOf,
    int pageKeys,
    Duration patience) {

  /// Enough to tell whose the bytes are.
  private static final int SOME = 64;

  private static final int MAX_PAGES = 16;

  S3Sample {
    shards = List.copyOf(shards);
  }

  Set<UUID> take() {
    return take(ThreadLocalRandom.current().nextInt(shards.size()));
  }

  Set<UUID> take(int firstShard) {
    Set<UUID> some = new HashSet<>();
    int pages = addSome(firstShard, shards.size(), MAX_PAGES, some);
    addSome(0, firstShard, pages, some);
    return some;
  }

  /// @return how many pages may still be asked for
  private int addSome(int from, int to, int mostPages, Set<UUID> some) {
    int pages = mostPages;
    for (int shard = from; shard < to && pages > 0 && some.size() < SOME; pages--) {
      ListObjectsV2Response page = page(beginning(shard));
      page.contents()
          .forEach(object -> bucket.ours(object.key()).flatMap(uploadOf).ifPresent(some::add));
      shard = Boolean.TRUE.equals(page.isTruncated()) ? next(shard, page.contents()) : to;
    }
    return pages;
  }

  private ListObjectsV2Response page(String after) {
    return bucket
        .connection()
        .client()
        .listObjectsV2(list ->
            list.bucket(bucket.name())
                .prefix(bucket.prefix())
                .startAfter(after)
                .maxKeys(pageKeys)
                .overrideConfiguration(override -> override.apiCallTimeout(patience)));
  }

  /// Always a later one, also where the service does not begin where it was told to.
  private int next(int shard, List<S3Object> page) {
    String last = page.isEmpty() ? "" : page.getLast().key();
    int next = shard + 1;
    while (next < shards.size() && beginning(next).compareTo(last) <= 0) {
      next++;
    }
    return next;
  }

  private String beginning(int shard) {
    return bucket.full(shards.get(shard) + "/");
  }
}
