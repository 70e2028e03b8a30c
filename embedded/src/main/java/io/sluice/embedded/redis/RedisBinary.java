package io.sluice.embedded.redis;

import io.sluice.embedded.process.BinaryCache;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The Redis program for this machine, unpacked from the artifact on the first start.
final class RedisBinary {

  private RedisBinary() {}

  /// The first that runs here. The usual one for amd64 needs the system's OpenSSL 3; the 32-bit one needs nothing.
  static Path unpacked() throws IOException {
    String architecture = System.getProperty("os.arch");
    List<String> candidates =
        switch (architecture) {
          case "amd64", "x86_64" ->
              List.of("redis-server-6.2.6-v5-linux-amd64", "redis-server-6.2.7-linux-386");
          case "aarch64", "arm64" -> List.of("redis-server-6.2.7-linux-arm64");
          default -> throw new IOException("no embedded Redis for " + architecture);
        };
    for (String candidate : candidates) {
      Path program =
          BinaryCache.ofUser()
              .directory(candidate, into -> unpack(candidate, into))
              .resolve("redis-server");
      if (runs(program)) {
        return program;
      }
    }
    throw new IOException("no embedded Redis runs on this machine: tried " + candidates);
  }

  private static void unpack(String resource, Path into) throws IOException {
    try (InputStream content = RedisBinary.class.getResourceAsStream("/" + resource)) {
      if (content == null) {
        throw new FileNotFoundException("not on the class path: " + resource);
      }
      Path program = into.resolve("redis-server");
      Files.copy(content, program);
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static boolean runs(Path program) throws IOException {
    try {
      return new ProcessBuilder(program.toString(), "--version")
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(interrupted);
    } catch (IOException cannotExecute) {
      return false;
    }
  }
}
