package io.sluice.standalone.instance;

import io.sluice.embedded.process.DirectoryLock;
import io.sluice.embedded.process.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The sole right of this process to run on a data directory, and the state that others read there.
public final class Instance implements AutoCloseable {

  private final DataDirectory directory;
  private final DirectoryLock lock;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final InstanceState blank;
  private boolean ready;
  private boolean closed;

  private Instance(DataDirectory directory, DirectoryLock lock, InstanceState blank) {
    this.directory = directory;
    this.lock = lock;
    this.blank = blank;
  }

  /// Takes the directory, which must not be in use, and ends what a killed instance left running.
  ///
  /// @throws io.sluice.embedded.process.DirectoryInUseException if another instance runs on it
  public static Instance take(DataDirectory directory, String url, boolean separate, String storage)
      throws IOException {
    DirectoryLock lock = DirectoryLock.take(directory.run());
    try {
      Files.createDirectories(directory.logs());
      Files.createDirectories(directory.storage());
      new LeftOvers(directory).stop();
      ProcessIdentity self =
          ProcessIdentity.of(ProcessHandle.current().pid())
              .orElseThrow(() -> new IOException("this process does not find itself"));
      InstanceState blank =
          new InstanceState(self.pid(), url, false, separate, storage, new ArrayList<>());
      blank.write(directory.state());
      directory.mainPid().write(self);
      return new Instance(directory, lock, blank);
    } catch (IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  /// Makes a member, as it is now, known to others.
  public synchronized void put(Member member) {
    members.put(member.name(), member);
    write();
  }

  /// Everything is started.
  public synchronized void ready() {
    ready = true;
    write();
  }

  private void write() {
    if (closed) {
      // Another instance may have the directory by now.
      return;
    }
    try {
      new InstanceState(
              blank.pid(),
              blank.url(),
              ready,
              blank.separate(),
              blank.storage(),
              new ArrayList<>(members.values()))
          .write(directory.state());
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write " + directory.state(), failed);
    }
  }

  /// Its services and servers.
  public synchronized List<Member> members() {
    return List.copyOf(members.values());
  }

  /// Where its files are.
  public DataDirectory directory() {
    return directory;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    try {
      directory.mainPid().delete();
    } finally {
      lock.close();
    }
  }
}
