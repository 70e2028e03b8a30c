package io.sluice.gateway.download;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/// Several ranges in one answer: `multipart/byteranges`, RFC 9110 section 14.6, with its exact length.
record MultipartRanges(Representation file, List<ByteRange> ranges, String boundary) {

  static MultipartRanges of(Representation file, List<ByteRange> ranges) {
    return new MultipartRanges(file, List.copyOf(ranges), UUID.randomUUID().toString());
  }

  void send(HttpServletResponse response, BodyWriter body) throws IOException {
    response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
    response.setContentType("multipart/byteranges; boundary=" + boundary);
    response.setContentLengthLong(lengthBytes());
    ServletOutputStream out = response.getOutputStream();
    for (ByteRange range : ranges) {
      out.write(head(range));
      body.send(out, file.upload(), range);
    }
    out.write(tail());
  }

  private long lengthBytes() {
    long length = tail().length;
    for (ByteRange range : ranges) {
      length += head(range).length + range.lengthBytes();
    }
    return length;
  }

  private byte[] head(ByteRange range) {
    return "\r\n--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n"
        .formatted(boundary, file.contentType(), range.contentRange(file.sizeBytes()))
        .getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] tail() {
    return ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
