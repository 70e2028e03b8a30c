package io.sluice.gateway.download;

import static io.sluice.gateway.testing.GatewayUnderTest.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DownloadIT {

  private static final String TEXT = "0123456789abcdefghijklmnopqrstuvwxyz";

  private static GatewayUnderTest gateway;
  private static Client ann;
  private static String file;
  private static String etag;
  private static String date;

  @BeforeAll
  static void start() {
    gateway = GatewayUnderTest.start();
    ann = gateway.as(ANN);
    file =
        ann.send("POST", "/v1/files?name=t.txt", BodyPublishers.ofString(TEXT)).header("Location");
    Answer whole = ann.get(file);
    etag = whole.header("ETag");
    date = whole.header("Last-Modified");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void aWholeFileCarriesEveryHeader() {
    Answer whole = ann.get(file);

    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.text()).isEqualTo(TEXT);
    assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(whole.header("Content-Length")).isEqualTo("36");
    assertThat(etag).startsWith("\"").endsWith("\"");
    assertThat(date).endsWith(" GMT");
    assertThat(whole.header("Content-Type")).startsWith("text/plain");
    assertThat(whole.response().headers().allValues("Content-Disposition")).hasSize(1);
  }

  @Test
  void headIsGetWithoutTheBytes() {
    Answer head = ann.send("HEAD", file, BodyPublishers.noBody());

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo("36");
    assertThat(head.header("ETag")).isEqualTo(etag);
    assertThat(head.bytes()).isEmpty();
  }

  @Test
  void aRangeIsCutOut() {
    Answer range = ann.get(file, "Range", "bytes=-3");

    assertThat(range.status()).isEqualTo(206);
    assertThat(range.header("Content-Range")).isEqualTo("bytes 33-35/36");
    assertThat(range.text()).isEqualTo("xyz");
  }

  @Test
  void severalRangesAreAMultipartOfTheAnnouncedLength() {
    Answer ranges = ann.get(file, "Range", "bytes=0-1,10-12");

    assertThat(ranges.status()).isEqualTo(206);
    String type = ranges.header("Content-Type");
    assertThat(type).startsWith("multipart/byteranges; boundary=");
    String boundary = type.substring(type.indexOf('=') + 1);
    assertThat(ranges.text())
        .contains("Content-Range: bytes 0-1/36\r\n\r\n01\r\n--" + boundary)
        .contains("Content-Range: bytes 10-12/36\r\n\r\nabc\r\n--" + boundary + "--");
    assertThat(ranges.header("Content-Length")).isEqualTo(Integer.toString(ranges.bytes().length));
  }

  @Test
  void aRangeOutsideIsRefusedWithTheSize() {
    Answer refused = ann.get(file, "Range", "bytes=36-");

    assertThat(refused.status()).isEqualTo(416);
    assertThat(refused.header("Content-Range")).isEqualTo("bytes */36");
    assertThat(refused.errorCode()).isEqualTo("range_not_satisfiable");
  }

  @Test
  void aMalformedRangeIsIgnored() {
    assertThat(ann.get(file, "Range", "bytes=z").status()).isEqualTo(200);
  }

  @Test
  void whatDidNotChangeIsNotSentAgain() {
    Answer byTag = ann.get(file, "If-None-Match", etag);
    assertThat(byTag.status()).isEqualTo(304);
    assertThat(byTag.bytes()).isEmpty();
    assertThat(byTag.header("ETag")).isEqualTo(etag);
    assertThat(ann.get(file, "If-Modified-Since", date).status()).isEqualTo(304);
    assertThat(ann.get(file, "If-None-Match", "\"other\"").status()).isEqualTo(200);
  }

  @Test
  void aPreconditionThatDoesNotHoldIsAProblem() {
    Answer refused = ann.get(file, "If-Match", "\"other\"");

    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.errorCode()).isEqualTo("precondition_failed");
    assertThat(ann.get(file, "If-Match", etag).status()).isEqualTo(200);
  }

  @Test
  void aRangeOfAnotherRepresentationIsNotCut() {
    assertThat(ann.get(file, "Range", "bytes=0-1", "If-Range", etag).status()).isEqualTo(206);
    assertThat(ann.get(file, "Range", "bytes=0-1", "If-Range", date).status()).isEqualTo(206);
    assertThat(ann.get(file, "Range", "bytes=0-1", "If-Range", "\"other\"").status())
        .isEqualTo(200);
    assertThat(ann.get(file, "Range", "bytes=0-1", "If-Range", "W/" + etag).status())
        .isEqualTo(200);
  }

  @Test
  void bytesThatAreGoneAreAProblemAndNoEmptyFile() throws Exception {
    Answer created = ann.send("POST", "/v1/files?name=lost", BodyPublishers.ofString("lost bytes"));
    loseStagedBytesOf(created.text("id"));

    Answer refused = ann.get(created.header("Location"));

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.errorCode()).isEqualTo("storage_unavailable");
    assertThat(refused.header("Retry-After")).isNotEmpty();
    assertThat(new String(refused.bytes(), StandardCharsets.UTF_8)).doesNotContain("/tmp");
  }

  private static void loseStagedBytesOf(String uploadId) throws IOException {
    try (Stream<Path> files = Files.walk(gateway.storageRoot())) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith(uploadId)).toList()) {
        Files.delete(file);
      }
    }
  }
}
