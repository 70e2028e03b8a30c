package io.sluice.acceptance.fault;

import io.sluice.acceptance.process.EmptiedShards;
import io.sluice.acceptance.process.Member;
import io.sluice.acceptance.process.Mount;
import io.sluice.acceptance.process.MovedAway;
import io.sluice.acceptance.process.Service;
import io.sluice.acceptance.process.StoreKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Places whose bytes cannot be seen, or changed, for a time: not mounted, emptied, read-only, closed.
public final class PlaceFaults {

  /// Hides staged bytes at a place that says it is the right one.
  public static final String STAGING_EMPTIED = "staging-emptied";

  private static final int LEAST_SECONDS = 4;
  private static final int MOST_SECONDS = 15;

  private PlaceFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault("staging-away", PlaceFaults::stagingAway),
        new Fault("staging-away-over-restart", PlaceFaults::stagingAwayOverRestart),
        new Fault(STAGING_EMPTIED, PlaceFaults::stagingEmptied),
        new Fault("staging-read-only", PlaceFaults::stagingReadOnly),
        new Fault("staging-permissions-lost", PlaceFaults::permissionsLost),
        new Fault("objects-away", PlaceFaults::objectsAway));
  }

  private static void last(Target target, Random random) throws InterruptedException {
    target.last(random, LEAST_SECONDS, MOST_SECONDS);
  }

  private static void stagingAway(Target target, Random random)
      throws IOException, InterruptedException {
    try (MovedAway _ = MovedAway.from(target.system().stagingRoot())) {
      last(target, random);
    } finally {
      target.readyAgain();
    }
  }

  /// Whoever starts meanwhile lives, and says that it is not ready.
  private static void stagingAwayOverRestart(Target target, Random random)
      throws IOException, InterruptedException {
    try {
      for (Service service : target.system().services()) {
        service.kill();
      }
      try (MovedAway _ = MovedAway.from(target.system().stagingRoot())) {
        for (Service service : target.system().services()) {
          service.launch();
        }
        target.last(random, 8, 20);
      }
    } finally {
      target.readyAgain();
    }
  }

  private static void stagingEmptied(Target target, Random random)
      throws IOException, InterruptedException {
    try (EmptiedShards _ = EmptiedShards.of(target.system().stagingRoot())) {
      last(target, random);
    } finally {
      target.readyAgain();
    }
  }

  private static void stagingReadOnly(Target target, Random random)
      throws IOException, InterruptedException {
    Optional<Mount> mount = Mount.readOnly(target.system().stagingRoot());
    if (mount.isEmpty()) {
      return;
    }
    try (Mount _ = mount.get()) {
      last(target, random);
    } finally {
      target.readyAgain();
    }
  }

  /// Root may do everything everywhere, so of root's processes nothing is taken.
  private static void permissionsLost(Target target, Random random)
      throws IOException, InterruptedException {
    Path staging = target.system().stagingRoot();
    Set<PosixFilePermission> before = Files.getPosixFilePermissions(staging);
    try {
      Files.setPosixFilePermissions(staging, Set.of());
      if (!Files.isReadable(staging)) {
        last(target, random);
      }
    } finally {
      Files.setPosixFilePermissions(staging, before);
      target.readyAgain();
    }
  }

  private static void objectsAway(Target target, Random random)
      throws IOException, InterruptedException {
    try {
      if (target.system().plan().store() == StoreKind.LOCAL) {
        try (MovedAway _ = MovedAway.from(target.system().objectDirectory())) {
          last(target, random);
        }
      } else {
        bucketAway(target, random);
      }
    } finally {
      target.readyAgain();
    }
  }

  /// The server makes an empty bucket, and knows nothing of what was in the other.
  private static void bucketAway(Target target, Random random)
      throws IOException, InterruptedException {
    Member s3 = target.system().servers().s3();
    try {
      s3.stop();
      try (MovedAway _ = MovedAway.from(target.system().objectDirectory())) {
        s3.start();
        last(target, random);
        s3.stop();
      }
    } finally {
      Target.revive(s3);
    }
  }
}
