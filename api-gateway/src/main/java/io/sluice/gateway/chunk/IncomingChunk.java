package io.sluice.gateway.chunk;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.gateway.upload.UploadFacts;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.problem.ProblemCode;
import io.sluice.storage.staging.StageRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/// A chunk as its request's head announces it, checked as far as that goes.
///
/// @param lengthBytes what the plan says it must have
/// @param declaredSha256 in lower-case hex, if the client sent one
record IncomingChunk(
    UploadFacts upload, int index, long lengthBytes, Optional<String> declaredSha256) {

  private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

  /// Judges the head of a request.
  ///
  /// @throws ProblemException 400: no such index, wrong length, unreadable digest; 413: too long
  static IncomingChunk of(UploadFacts upload, String index, HttpServletRequest request) {
    ChunkPlan plan = upload.plan();
    int number = INDEX.matcher(index).matches() ? Integer.parseInt(index) : -1;
    if (number < 0 || number >= plan.totalChunks()) {
      throw new ProblemException(
          ProblemCode.CHUNK_INDEX_OUT_OF_BOUNDS,
          plan.totalChunks() == 0
              ? "The file is empty and has no chunks."
              : "The file's chunks are 0 to " + (plan.totalChunks() - 1) + ".");
    }
    long wanted = plan.chunkLengthBytes(number);
    long announced = request.getContentLengthLong();
    if (announced >= 0 && announced != wanted) {
      throw wrongLength(number, wanted, announced > wanted);
    }
    return new IncomingChunk(upload, number, wanted, DeclaredSha256.of(request));
  }

  /// The body is not as long as the chunk.
  ProblemException wrongLength(boolean tooLong) {
    return wrongLength(index, lengthBytes, tooLong);
  }

  private static ProblemException wrongLength(int index, long wanted, boolean tooLong) {
    return new ProblemException(
        tooLong ? ProblemCode.PAYLOAD_TOO_LARGE : ProblemCode.CHUNK_LENGTH_MISMATCH,
        "Chunk " + index + " has " + wanted + " bytes.");
  }

  /// What is asked of staging. A file of one chunk whose digest was declared has the chunk's digest.
  StageRequest stageRequest() {
    boolean only = upload.plan().totalChunks() == 1 && upload.declaredSha256();
    return StageRequest.exactly(
        upload.id(), index, lengthBytes, declaredSha256.isPresent() || only);
  }
}
