package io.sluice.gateway.download;

import java.nio.charset.StandardCharsets;

/// `Content-Disposition: attachment` for any file name, RFC 6266 with RFC 8187: a plain ASCII name for
/// old clients and the real one in UTF-8.
final class AttachmentHeader {

  /// attr-char of RFC 8187 section 3.2.1, besides letters and digits.
  private static final String ATTR_CHARS = "!#$&+-.^_`|~";

  private AttachmentHeader() {}

  /// One header value, without line breaks whatever the name holds.
  static String of(String fileName) {
    return "attachment; filename=\"" + ascii(fileName) + "\"; filename*=UTF-8''" + utf8(fileName);
  }

  /// Quotes, backslashes, separators and everything outside printable ASCII become `_`. A `%` does too:
  /// some browsers decode it in the plain parameter.
  private static String ascii(String fileName) {
    StringBuilder plain = new StringBuilder();
    fileName
        .codePoints()
        .forEach(c -> {
          boolean kept = c >= 0x20 && c < 0x7f && "\"\\/%;".indexOf(c) < 0;
          plain.append(kept ? (char) c : '_');
        });
    return plain.toString();
  }

  private static String utf8(String fileName) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : fileName.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean letterOrDigit =
          (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (letterOrDigit || ATTR_CHARS.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append("%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }
}
