package io.sluice.gateway.download;

import io.sluice.metadata.upload.Upload;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file as HTTP sees it: its validators and the headers every answer with its bytes carries.
///
/// @param upload the file
/// @param etag strong and quoted
/// @param lastModified whole seconds, since when it can be read
record Representation(Upload upload, String etag, Instant lastModified) {

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /// Types that a browser shows without ever running anything; everything else is sent as bytes.
  private static final Set<String> SAFE_TYPES =
      Set.of(
          "application/gzip",
          "application/json",
          "application/pdf",
          "application/zip",
          "audio/aac",
          "audio/flac",
          "audio/mpeg",
          "audio/ogg",
          "audio/wav",
          "audio/webm",
          "image/avif",
          "image/bmp",
          "image/gif",
          "image/jpeg",
          "image/png",
          "image/tiff",
          "image/webp",
          "text/csv",
          "text/plain",
          "video/mp4",
          "video/mpeg",
          "video/ogg",
          "video/quicktime",
          "video/webm");

  static Representation of(Upload upload) {
    String etag = Objects.requireNonNull(upload.etag(), "a file has an etag");
    Instant since = Objects.requireNonNull(upload.listedAt(), "a file has a date");
    return new Representation(
        upload,
        etag.startsWith("\"") ? etag : '"' + etag + '"',
        since.truncatedTo(ChronoUnit.SECONDS));
  }

  long sizeBytes() {
    return upload.plan().fileSizeBytes();
  }

  String contentType() {
    String stored = upload.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return SAFE_TYPES.contains(stored) ? stored : "application/octet-stream";
  }

  /// Whether a range may be cut from this representation, RFC 9110 section 13.1.5: a strong tag or the
  /// exact date.
  boolean satisfiesIfRange(@Nullable String ifRange) {
    return ifRange == null
        || ifRange.equals(etag)
        || ifRange.equals(HTTP_DATE.format(lastModified));
  }

  /// Headers of every answer with bytes, or with none because of HEAD.
  void describe(HttpServletResponse response) {
    response.setHeader("Accept-Ranges", "bytes");
    response.setHeader("ETag", etag);
    response.setHeader("Last-Modified", HTTP_DATE.format(lastModified));
    response.setHeader("Content-Disposition", AttachmentHeader.of(upload.fileName()));
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
    response.setHeader("Cache-Control", "private, no-cache");
    String sha256 = upload.sha256();
    if (sha256 != null) {
      String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
      response.setHeader("Repr-Digest", "sha-256=:" + base64 + ":");
    }
  }
}
