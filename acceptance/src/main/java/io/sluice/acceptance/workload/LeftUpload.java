package io.sluice.acceptance.workload;

import java.util.Random;
import java.util.UUID;

/// An upload whose client went away before its end.
///
/// @param chunkSizeBytes as the server answered it
public record LeftUpload(UploadPlan plan, UUID uploadId, long chunkSizeBytes) {

  /// Comes back for it: sends what is missing and nothing else, completes, downloads.
  public void finish(Caller caller, Random random) throws GaveUpException, InterruptedException {
    ExistingUpload upload = new ExistingUpload(caller, plan.bytes(), uploadId);
    String status = upload.readStatus();
    if (status.equals("INITIATED") || status.equals("IN_PROGRESS")) {
      ChunkSender sender = new ChunkSender(caller, plan, uploadId, chunkSizeBytes);
      for (int index : upload.readMissing()) {
        sender.send(index, random);
      }
    }
    if (!status.equals("ABORTED") && !status.equals("DELETED") && !status.equals("FAILED")) {
      caller.tally().count("uploads resumed");
      upload.completeAndDownload(random);
    }
  }
}
