package io.sluice.embedded.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The server's settings, given on its command line at every start so that no file can differ from them.
final class PostgresSettings {

  private PostgresSettings() {}

  static List<String> arguments(int port) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("port", Integer.toString(port));
    settings.put("listen_addresses", "127.0.0.1");
    // A socket's path may have no more than 107 characters, and data directories are longer.
    settings.put("unix_socket_directories", "");

    // What was acknowledged survives a power failure.
    settings.put("fsync", "on");
    settings.put("synchronous_commit", "on");
    settings.put("full_page_writes", "on");

    // One server without replicas needs no more in its log than its own recovery does.
    settings.put("wal_level", "minimal");
    settings.put("max_wal_senders", "0");
    settings.put("max_wal_size", "1GB");

    settings.put("max_connections", "200");
    settings.put("shared_buffers", "128MB");
    // Short statements on a machine that others share: compiling them or spreading them over cores
    // costs more.
    settings.put("jit", "off");
    settings.put("max_parallel_workers_per_gather", "0");
    // The queue-like tables turn over fast.
    settings.put("autovacuum_naptime", "15s");
    settings.put("timezone", "UTC");
    settings.put("log_timezone", "UTC");

    List<String> arguments = new ArrayList<>();
    settings.forEach((name, value) -> {
      arguments.add("-c");
      arguments.add(name + "=" + value);
    });
    return arguments;
  }
}
