package io.sluice.bench.server;

import io.sluice.embedded.process.ChildCommand;
import io.sluice.embedded.process.ChildProcess;
import io.sluice.embedded.process.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// nginx on a directory: PUT by its WebDAV module, which does not fsync, and GET by `sendfile`.
public final class NginxServer extends ChildServer {

  private static final String CONFIGURATION =
      """
      daemon off;
      USER
      master_process on;
      worker_processes auto;
      pid DIRECTORY/nginx.pid;
      error_log stderr warn;
      events { worker_connections 512; }
      http {
        access_log off;
        sendfile on;
        tcp_nopush on;
        keepalive_requests 1000000;
        client_max_body_size 0;
        client_body_buffer_size 256k;
        client_body_temp_path DIRECTORY/incoming;
        proxy_temp_path DIRECTORY/proxy;
        fastcgi_temp_path DIRECTORY/fastcgi;
        uwsgi_temp_path DIRECTORY/uwsgi;
        scgi_temp_path DIRECTORY/scgi;
        server {
          listen 127.0.0.1:PORT;
          root DIRECTORY/files;
          location / {
            dav_methods PUT DELETE;
            create_full_put_path on;
          }
        }
      }
      """;

  private final Path directory;

  private NginxServer(Path directory, int port, ChildProcess process) {
    super(process, port);
    this.directory = directory;
  }

  /// Whether there is one on this machine.
  public static boolean isInstalled() {
    return program().isPresent();
  }

  private static Optional<Path> program() {
    return ChildProcess.onPath("nginx")
        .or(() -> Optional.of(Path.of("/usr/sbin/nginx")).filter(Files::isExecutable));
  }

  /// Starts one whose files are all in this directory.
  public static NginxServer start(Path directory) throws IOException {
    Files.createDirectories(directory.resolve("files"));
    int port = FreePort.pick();
    Path configuration = directory.resolve("nginx.conf");
    Files.writeString(
        configuration,
        CONFIGURATION
            .replace("USER", user())
            .replace("DIRECTORY", directory.toString())
            .replace("PORT", Integer.toString(port)));
    Path nginx = program().orElseThrow(() -> new IOException("nginx is not installed"));
    ChildProcess process =
        listening(
            ChildCommand.of(
                "nginx",
                directory,
                List.of(
                    nginx.toString(), "-p", directory.toString(), "-c", configuration.toString())),
            port,
            Duration.ofSeconds(20));
    return new NginxServer(directory, port, process);
  }

  /// Started by root its workers would change to a user who may not write here; anybody else may not choose.
  private static String user() {
    return System.getProperty("user.name").equals("root") ? "user root;" : "";
  }

  /// Puts a file where it is served.
  public void offer(Path file, String name) throws IOException {
    Files.copy(file, directory.resolve("files").resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public String name() {
    return "nginx";
  }
}
