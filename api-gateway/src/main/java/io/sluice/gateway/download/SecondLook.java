package io.sluice.gateway.download;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.metadata.upload.Upload;
import io.sluice.model.chunk.ChunkPlan;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Sends bytes, and if they turn out wrong before any of them was sent, asks for them once more: what was
/// spoilt on its way is not likely to be spoilt again.
@Component
final class SecondLook {

  private static final Logger LOG = LoggerFactory.getLogger(SecondLook.class);

  /// Writes status, headers and body; may be done again as long as nothing was sent.
  @FunctionalInterface
  interface Sending {
    void run() throws IOException;
  }

  private final Counter wrong;

  SecondLook(MeterRegistry meters) {
    wrong =
        Counter.builder("download.wrong.bytes")
            .description("Reads in which the store gave other bytes than it was given")
            .register(meters);
  }

  /// What goes wrong before the first byte is a problem; after it, only cutting the connection is honest.
  void send(Upload upload, HttpServletResponse response, Sending sending) throws IOException {
    try {
      try {
        counted(upload, sending);
      } catch (WrongBytesException e) {
        if (response.isCommitted()) {
          throw e;
        }
        response.resetBuffer();
        counted(upload, sending);
      }
    } catch (IOException e) {
      if (response.isCommitted()) {
        throw e;
      }
      response.reset();
      throw ProblemException.storageUnavailable(e);
    }
  }

  private void counted(Upload upload, Sending sending) throws IOException {
    try {
      sending.run();
    } catch (WrongBytesException e) {
      wrong.increment();
      ChunkPlan plan = upload.plan();
      LOG.atError()
          .addKeyValue("upload_id", upload.id())
          .addKeyValue("offset", e.offset())
          .addKeyValue("length_bytes", e.lengthBytes())
          .addKeyValue("first_chunk_index", e.offset() / plan.chunkSizeBytes())
          .addKeyValue(
              "last_chunk_index", (e.offset() + e.lengthBytes() - 1) / plan.chunkSizeBytes())
          .log("the store gave wrong bytes");
      throw e;
    }
  }
}
