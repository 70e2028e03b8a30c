package io.sluice.reaper.sweep;

import io.sluice.reaper.ReaperFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

class S3StagingSweepIT extends StagingSweepContract {

  @RegisterExtension private static final ReaperFixture REAPER = ReaperFixture.s3();

  S3StagingSweepIT() {
    super(REAPER);
  }
}
