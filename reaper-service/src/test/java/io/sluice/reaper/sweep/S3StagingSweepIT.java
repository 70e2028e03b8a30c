package io.sluice.reaper.sweep;

import io.sluice.reaper.ReaperFixture;
import org.junit.jupiter.api.AfterAll;

class S3StagingSweepIT extends StagingSweepContract {

  private static final ReaperFixture REAPER = ReaperFixture.s3();

  S3StagingSweepIT() {
    super(REAPER);
  }

  @AfterAll
  static void stop() {
    REAPER.close();
  }
}
