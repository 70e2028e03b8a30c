package io.sluice.worker.finalize;

import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.checksum.RunningDigest;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.worker.circuit.StoreCircuit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.springframework.stereotype.Component;

/// The SHA-256 of a file that came in many chunks: it can only be taken of the whole, by reading it.
@Component
final class WholeFileDigest {

  private static final int BUFFER_BYTES = 1 << 20;

  private final ObjectStore store;
  private final StoreCircuit circuit;

  WholeFileDigest(ObjectStore store, StoreCircuit circuit) {
    this.store = store;
    this.circuit = circuit;
  }

  /// Reads an object once.
  ///
  /// @param expected what the file is known to be. Bytes that do not agree with it were spoilt on their
  ///     way here: that says something of the reading, and nothing of the client's word
  /// @throws StoreUnavailableException they did not agree
  String read(ObjectRef object, ByteDigest expected) throws IOException, InterruptedException {
    RunningDigest digest = new RunningDigest(true);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (ReadableByteChannel bytes =
        circuit.call(() -> store.read(object, 0, expected.sizeBytes()))) {
      while (bytes.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
    ByteDigest found = digest.finish();
    String sha256 = found.sha256();
    if (sha256 == null || !found.matches(expected)) {
      throw new StoreUnavailableException("read back other bytes than were stored");
    }
    return sha256;
  }
}
