package io.sluice.acceptance.audit;

/// No chunk of a living upload is DAMAGED unless the run destroyed its bytes.
final class ChunksAreDamagedForAReason implements Invariant {

  @Override
  public String name() {
    return "chunks-are-damaged-for-a-reason";
  }

  @Override
  public String sentence() {
    return "No chunk of a living upload is DAMAGED unless its bytes were destroyed from outside.";
  }

  @Override
  public void check(World world, Findings findings) {
    if (world.rules().bytesDestroyed()) {
      return;
    }
    world
        .database()
        .chunks()
        .forEach((uploadId, chunks) -> {
          boolean gone = world.upload(uploadId).filter(upload -> upload.isGone()).isPresent();
          chunks.forEach(chunk -> {
            findings.looked();
            if (!gone && chunk.isDamaged()) {
              findings.violated(uploadId, "chunk is damaged: %s", chunk);
            }
          });
        });
  }
}
