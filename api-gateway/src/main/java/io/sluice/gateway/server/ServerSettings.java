package io.sluice.gateway.server;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The HTTP server's sizes and times.
///
/// @param readBufferBytes what is read from a socket at once; a small one costs most of the throughput
/// @param writeBufferBytes what is written to a socket at once
/// @param maxConnections open connections; each may hold both buffers
/// @param silenceMillis a client that sends nothing for so long, in the middle of a request, is cut off
/// @param keepAliveMillis an idle connection is kept for so long
/// @param headerBytes all headers of a request together
/// @param swallowBytes of a refused body: read and thrown away, so that a client that sends before it
///     reads gets the answer and keeps its connection
@ConfigurationProperties("sluice.server")
record ServerSettings(
    @DefaultValue("262144") int readBufferBytes,
    @DefaultValue("65536") int writeBufferBytes,
    @DefaultValue("4096") int maxConnections,
    @DefaultValue("20000") int silenceMillis,
    @DefaultValue("60000") int keepAliveMillis,
    @DefaultValue("16384") int headerBytes,
    @DefaultValue("67108864") int swallowBytes) {

  ServerSettings {
    check("read-buffer-bytes", readBufferBytes, 4096, 16 << 20);
    check("write-buffer-bytes", writeBufferBytes, 4096, 16 << 20);
    check("max-connections", maxConnections, 16, 1 << 20);
    check("silence-millis", silenceMillis, 100, 3_600_000);
    check("keep-alive-millis", keepAliveMillis, 1, 3_600_000);
    check("header-bytes", headerBytes, 4096, 1 << 20);
    check("swallow-bytes", swallowBytes, 0, Integer.MAX_VALUE);
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "sluice.server.%s is %d, must be %d to %d".formatted(name, value, least, most));
    }
  }
}
