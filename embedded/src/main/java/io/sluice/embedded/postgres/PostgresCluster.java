package io.sluice.embedded.postgres;

import io.sluice.embedded.process.ChildProcess;
import io.sluice.embedded.process.DirectoryTree;
import io.sluice.embedded.process.DurableFile;
import io.sluice.embedded.process.SecretFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The files of one PostgreSQL server: `data` (the cluster), `password`, and the logs beside them.
record PostgresCluster(Path directory, PostgresBinaries binaries) {

  static final String USER = "sluice";

  Path data() {
    return directory.resolve("data");
  }

  String password() throws IOException {
    return passwordFile().get();
  }

  private SecretFile passwordFile() {
    return passwordFile(directory);
  }

  static SecretFile passwordFile(Path directory) {
    return new SecretFile(directory.resolve("password"));
  }

  /// Makes the cluster if there is none. It is made aside and renamed, so one that exists is whole.
  void ensureInitialised() throws IOException {
    if (Files.isDirectory(data())) {
      return;
    }
    Path draft = directory.resolve("data.draft");
    DirectoryTree.delete(draft);
    // The file stays, so that a later start on these data knows the password.
    passwordFile().get();
    initialise(draft, passwordFile().path());
    DurableFile.rename(draft, data());
  }

  private void initialise(Path draft, Path password) throws IOException {
    Path log = directory.resolve("initdb.log");
    List<String> command = new ArrayList<>(notAsRoot());
    command.addAll(
        List.of(
            binaries.program("initdb").toString(),
            "--pgdata=" + draft,
            "--username=" + USER,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8"));
    Process initdb =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    try {
      if (initdb.waitFor() != 0) {
        String hint =
            notAsRoot().isEmpty()
                ? ""
                : " (PostgreSQL refuses to run as root; where root gets no user namespace, as in some"
                    + " containers, start Sluice as an ordinary user)";
        throw new IOException("initdb failed" + hint + ":\n" + Files.readString(log));
      }
    } catch (InterruptedException interrupted) {
      initdb.destroyForcibly();
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(interrupted);
    }
  }

  /// PostgreSQL refuses to run as root. In a user namespace of its own it is nobody, yet its files stay root's.
  static List<String> notAsRoot() throws IOException {
    boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    if (!root) {
      return List.of();
    }
    Path unshare =
        ChildProcess.onPath("unshare")
            .orElseThrow(
                () -> new IOException("PostgreSQL does not run as root: use an ordinary user"));
    return List.of(unshare.toString(), "--user");
  }
}
