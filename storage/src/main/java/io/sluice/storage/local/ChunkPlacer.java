package io.sluice.storage.local;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.sluice.failpoint.Failpoint;
import io.sluice.storage.buffer.DirectBuffers;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.checksum.RunningDigest;
import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagedBytesDamagedException;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.storage.staging.StagingStore;
import io.sluice.storage.staging.VerifiedBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// Gives staged bytes, once verified, their name in the object store.
///
/// The name is a hard link: unlike a rename it never replaces what is there, so a worker that wakes up
/// late cannot put old bytes over new ones, and the staged name stays until the caller's row says
/// STORED, so a reader finds the bytes in one place or the other at any moment. Where there are no links
/// it is a rename, where staging is on another file system or not in files a copy made durable under
/// another name first. The caller makes the directory durable.
final class ChunkPlacer {

  private final StagingStore staging;
  private final DirectBuffers buffers = DirectBuffers.shared();

  ChunkPlacer(StagingStore staging) {
    this.staging = staging;
  }

  /// Puts a chunk at its place. Success if it is there already, whatever has become of staging.
  ///
  /// @param copy an unused name on the file system of `target`
  /// @throws StagedBytesMissingException the chunk is neither staged nor at its place
  /// @throws StagedBytesDamagedException the staged bytes are not the chunk's, and it is not at its place
  /// @throws StoreRefusedException other bytes of the same length are at its place
  void place(StagedBytes chunk, Path target, Path copy) throws IOException {
    try {
      Optional<Path> file = staging.file(chunk.stagingKey());
      if (file.isPresent() && onSameDevice(file.get(), target)) {
        verify(chunk, file.get());
        link(file.get(), target, copy, chunk);
      } else {
        copy(chunk, target, copy);
      }
    } catch (StagedBytesMissingException | StagedBytesDamagedException e) {
      if (!holds(target, chunk.digest())) {
        throw e;
      }
    }
    Failpoint.hit("local.chunk-placed");
  }

  /// Makes the file of an empty object.
  void placeEmpty(Path target) throws IOException {
    try (FileChannel file = FileChannel.open(target, CREATE_NEW, WRITE)) {
      file.force(true);
    } catch (FileAlreadyExistsException e) {
      if (Files.size(target) != 0) {
        throw new StoreRefusedException("an empty object has bytes already", e);
      }
    }
  }

  private static boolean onSameDevice(Path file, Path target) throws IOException {
    Object device;
    try {
      device = Files.getAttribute(file, "unix:dev");
    } catch (NoSuchFileException e) {
      return true; // opening it tells better what is missing
    }
    return device.equals(Files.getAttribute(target.resolveSibling("."), "unix:dev"));
  }

  private void verify(StagedBytes chunk, Path file) throws IOException {
    try (VerifiedBytes bytes = VerifiedBytes.open(staging, chunk);
        DirectBuffers.Lease lease = buffers.lend()) {
      if (Files.size(file) != chunk.digest().sizeBytes()) {
        throw new StagedBytesDamagedException(
            "the staged file has another length: " + chunk.stagingKey());
      }
      // The reading is the verifying.
      int count = 0;
      while (count >= 0) {
        count = bytes.read(lease.buffer().clear());
      }
    }
  }

  private void link(Path file, Path target, Path copy, StagedBytes chunk) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (FileAlreadyExistsException e) {
      settle(file, target, copy, chunk.digest());
    } catch (NoSuchFileException e) {
      VerifiedBytes.open(staging, chunk).close(); // says so if it is the staged file that is gone
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      move(file, target, copy, chunk);
    }
  }

  /// Without links. Another delivery of the same job may do the same at the same time: same bytes.
  private void move(Path file, Path target, Path copy, StagedBytes chunk) throws IOException {
    if (Files.exists(target)) {
      settle(file, target, copy, chunk.digest());
      return;
    }
    try {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      copy(chunk, target, copy); // one device mounted twice
    } catch (NoSuchFileException e) {
      VerifiedBytes.open(staging, chunk).close(); // says so if it is the staged file that is gone
      throw e;
    }
  }

  /// Makes the directory of copies, which a restored place lacks, and nothing else: where the target's directory
  /// is missing, a volume may not be mounted.
  private static void makeRoom(Path copy, Path target) throws IOException {
    Path directory = Entries.directoryOf(copy);
    if (Files.isDirectory(directory) || !Files.isDirectory(Entries.directoryOf(target))) {
      return;
    }
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      return; // somebody else was first
    }
  }

  private void copy(StagedBytes chunk, Path target, Path copy) throws IOException {
    makeRoom(copy, target);
    try {
      try (FileChannel file = FileChannel.open(copy, CREATE_NEW, WRITE);
          VerifiedBytes bytes = VerifiedBytes.open(staging, chunk);
          DirectBuffers.Lease lease = buffers.lend()) {
        ByteBuffer buffer = lease.buffer();
        while (bytes.read(buffer.clear()) >= 0) {
          buffer.flip();
          while (buffer.hasRemaining()) {
            file.write(buffer);
          }
        }
        file.force(false);
      }
      Failpoint.hit("local.chunk-copied");
      settleOrMove(copy, target, chunk.digest());
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private void settleOrMove(Path copy, Path target, ByteDigest digest) throws IOException {
    try {
      Files.createLink(target, copy);
    } catch (FileAlreadyExistsException e) {
      settle(copy, target, copy, digest);
    } catch (FileSystemException | UnsupportedOperationException e) {
      if (Files.exists(target)) {
        settle(copy, target, copy, digest);
      } else {
        Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /// The name is taken. By the same bytes: an earlier delivery got so far. By a file of another length:
  /// a damaged one, since nothing gets a name here before all of it is durable; it is replaced.
  private void settle(Path verified, Path target, Path copy, ByteDigest digest) throws IOException {
    if (Files.isSameFile(verified, target) || holds(target, digest)) {
      return;
    }
    if (Files.size(target) == digest.sizeBytes()) {
      throw new StoreRefusedException("other bytes are stored under this name already");
    }
    if (!verified.equals(copy)) {
      makeRoom(copy, target);
      Files.createLink(copy, verified);
    }
    Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private boolean holds(Path target, ByteDigest digest) throws IOException {
    try {
      if (Files.size(target) != digest.sizeBytes()) {
        return false;
      }
      RunningDigest found = new RunningDigest(false);
      try (ReadableByteChannel bytes = FileSlice.open(target, 0, digest.sizeBytes());
          DirectBuffers.Lease lease = buffers.lend()) {
        ByteBuffer buffer = lease.buffer();
        while (bytes.read(buffer.clear()) >= 0) {
          found.update(buffer.flip());
        }
      }
      return found.finish().matches(digest);
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
