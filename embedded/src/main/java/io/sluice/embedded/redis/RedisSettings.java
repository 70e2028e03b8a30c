package io.sluice.embedded.redis;

import io.sluice.embedded.process.SecretFile;
import java.io.IOException;
import java.nio.file.Path;

/// The server's settings. They are a file, since everyone on a machine can read a command line.
final class RedisSettings {

  private RedisSettings() {}

  /// Writes them anew for this start.
  static Path write(Path home, int port, String password) throws IOException {
    Path file = home.resolve("redis.conf");
    SecretFile.replace(
        file,
        """
        bind 127.0.0.1
        port %d
        # Without one, any user of the machine could have Redis write files as this user.
        requirepass %s
        daemonize no
        maxmemory 256mb
        # A full disk must not stop it: nothing in it needs to last.
        stop-writes-on-bgsave-error no
        """
            .formatted(port, password));
    return file;
  }
}
