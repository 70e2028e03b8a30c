package io.sluice.acceptance.fault;

import io.sluice.acceptance.proxy.FaultPlan;
import io.sluice.acceptance.proxy.S3Fault;
import io.sluice.acceptance.proxy.S3FaultProxy;
import io.sluice.acceptance.proxy.S3Operation;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/// An S3 server that refuses, lies, forgets to answer and answers late, through the proxy.
final class StoreFaults {

  private static final double OFTEN = 0.3;

  private StoreFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault("s3-errors", StoreFaults::errors),
        new Fault("s3-lies", StoreFaults::lies),
        new Fault("s3-bad-reads", StoreFaults::badReads),
        new Fault("s3-late-parts", StoreFaults::lateParts),
        new Fault("s3-down", StoreFaults::down));
  }

  private static void errors(Target target, Random random) throws InterruptedException {
    during(
        target,
        random,
        faults -> {
          for (S3Operation operation : S3Operation.values()) {
            faults.sometimes(
                operation, List.of(S3Fault.SLOW_DOWN, S3Fault.INTERNAL_ERROR, new S3Fault.Drop()));
          }
        });
  }

  private static void lies(Target target, Random random) throws InterruptedException {
    during(
        target,
        random,
        faults -> {
          List<S3Fault> writes = List.of(new S3Fault.SwallowReply(), new S3Fault.Replay());
          faults.sometimes(S3Operation.PUT_OBJECT, writes);
          faults.sometimes(S3Operation.UPLOAD_PART, writes);
          faults.sometimes(S3Operation.CREATE_MULTIPART_UPLOAD, writes);
          faults.sometimes(S3Operation.ABORT_MULTIPART_UPLOAD, writes);
          faults.sometimes(S3Operation.DELETE_OBJECT, writes);
          faults.sometimes(
              S3Operation.UPLOAD_PART_COPY, List.of(new S3Fault.ErrorInside200("InternalError")));
          faults.sometimes(
              S3Operation.COMPLETE_MULTIPART_UPLOAD,
              List.of(
                  new S3Fault.ErrorInside200("InternalError"),
                  new S3Fault.LieAfterEffect(404, "NoSuchUpload"),
                  new S3Fault.LieAfterEffect(500, "InternalError"),
                  new S3Fault.SwallowReply(),
                  new S3Fault.Replay()));
        });
  }

  private static void badReads(Target target, Random random) throws InterruptedException {
    during(
        target,
        random,
        faults ->
            faults.sometimes(
                S3Operation.GET_OBJECT,
                List.of(
                    new S3Fault.Truncate(),
                    new S3Fault.Flip(),
                    new S3Fault.Slow(200_000),
                    new S3Fault.Drop())));
  }

  /// Parts that arrive long after their sender gave up, maybe after the abort.
  private static void lateParts(Target target, Random random) throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    try {
      during(
          target,
          random,
          faults ->
              faults.next(
                  S3Operation.UPLOAD_PART, new S3Fault.Hold(release), new S3Fault.Hold(release)));
    } finally {
      release.countDown();
    }
  }

  private static void down(Target target, Random random) throws InterruptedException {
    during(target, random, faults -> faults.down(true));
  }

  @FunctionalInterface
  private interface Setting {
    void on(FaultPlan faults);
  }

  private static void during(Target target, Random random, Setting setting)
      throws InterruptedException {
    FaultPlan faults = target.proxy().map(S3FaultProxy::faults).orElseThrow();
    try {
      faults.probability(OFTEN, random.nextLong());
      setting.on(faults);
      target.last(random, 5, 20);
    } finally {
      faults.calm();
    }
  }
}
