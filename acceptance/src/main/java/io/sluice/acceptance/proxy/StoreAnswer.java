package io.sluice.acceptance.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// An answer that did not come from the store's good will: its own refusal, or that of whatever stands in front of it.
///
/// @param status of HTTP, 300 to 599
/// @param contentType of the body; nothing is said of one that is empty
/// @param body in ASCII
/// @param location of a redirect, if it names one
public record StoreAnswer(int status, String contentType, String body, Optional<String> location) {

  private static final String XML = "application/xml";
  private static final String HTML = "text/html";

  public StoreAnswer {
    if (status < 300 || status > 599) {
      throw new IllegalArgumentException("no refusal has the status " + status);
    }
  }

  /// As S3 writes it.
  public static StoreAnswer xml(int status, String code) {
    String body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>injected</Message></Error>"
            .formatted(code);
    return new StoreAnswer(status, XML, body, Optional.empty());
  }

  /// As a web server or an ingress writes it.
  public static StoreAnswer html(int status, String title) {
    String body =
        "<html>\r\n<head><title>%1$d %2$s</title></head>\r\n<body>\r\n<center><h1>%1$d %2$s</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
            .formatted(status, title);
    return new StoreAnswer(status, HTML, body, Optional.empty());
  }

  /// A status and nothing else.
  public static StoreAnswer empty(int status) {
    return new StoreAnswer(status, "", "", Optional.empty());
  }

  /// A redirect to somewhere, with nothing to read.
  public static StoreAnswer redirect(int status, String location) {
    return new StoreAnswer(status, "", "", Optional.of(location));
  }

  /// As it goes over the wire, on a connection that ends with it.
  ///
  /// @param withBody whether the request may be answered with one: HEAD may not
  byte[] bytes(boolean withBody) {
    return wire(status, contentType, body, location, withBody);
  }

  /// An error as S3 writes it, under a status that says there was none.
  static byte[] insideSuccess(String code) {
    return wire(200, XML, xml(500, code).body(), Optional.empty(), true);
  }

  private static byte[] wire(
      int status, String contentType, String body, Optional<String> location, boolean withBody) {
    StringBuilder message = new StringBuilder("HTTP/1.1 %d Injected\r\n".formatted(status));
    if (!body.isEmpty()) {
      message.append("Content-Type: ").append(contentType).append("\r\n");
    }
    location.ifPresent(where -> message.append("Location: ").append(where).append("\r\n"));
    message.append("Content-Length: %d\r\nConnection: close\r\n\r\n".formatted(body.length()));
    return message.append(withBody ? body : "").toString().getBytes(StandardCharsets.US_ASCII);
  }

  /// In a table: the status, and what the body is or says.
  @Override
  public String toString() {
    int code = body.indexOf("<Code>");
    String says =
        code >= 0
            ? body.substring(code + "<Code>".length(), body.indexOf("</Code>"))
            : location.map(where -> "to " + where).orElse(body.isEmpty() ? "empty" : "HTML");
    return status + " " + says;
  }
}
