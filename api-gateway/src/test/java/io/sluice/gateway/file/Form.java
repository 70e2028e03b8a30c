package io.sluice.gateway.file;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/// A form, written by hand as a browser would.
final class Form {

  private static final String BOUNDARY = "----boundary7MA4";
  static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Form value(String field, String value) throws Exception {
    text(
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
            .formatted(BOUNDARY, field, value));
    return this;
  }

  Form file(String field, String name, byte[] content) throws Exception {
    text(
        """
        --%s
        Content-Disposition: form-data; name="%s"; filename="%s"
        Content-Type: application/octet-stream

        """
            .formatted(BOUNDARY, field, name)
            .replace("\n", "\r\n"));
    bytes.write(content);
    text("\r\n");
    return this;
  }

  Answer post(Client client, String path) throws Exception {
    return client.send("POST", path, BodyPublishers.ofByteArray(end()), "Content-Type", TYPE);
  }

  /// Its bytes so far, ended.
  byte[] end() throws Exception {
    text("--" + BOUNDARY + "--\r\n");
    return bytes.toByteArray();
  }

  private void text(String text) throws Exception {
    bytes.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
