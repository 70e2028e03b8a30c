package io.sluice.gateway.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.StoredFile;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Downloads that go to the store by a link, followed to their end on a real S3 service.
class RedirectIT {

  private static final GatewayUnderTest GATEWAY = GatewayUnderTest.start(s3(false));
  private static final byte[] PNG =
      Arrays.copyOf(
          HexFormat.of()
              .parseHex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"),
          100_000);

  private final Client ann = GATEWAY.as(GatewayUnderTest.ANN);

  private static Map<String, Object> s3(boolean redirect) {
    Map<String, Object> settings = GatewayUnderTest.s3("redirect-" + redirect + "/");
    settings.put("sluice.download.redirect", redirect);
    return settings;
  }

  @AfterAll
  static void stop() {
    GATEWAY.close();
  }

  private static Answer create(Client client, String name, byte[] bytes) {
    Answer created =
        client.send(
            "POST",
            "/v1/files?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8),
            BodyPublishers.ofByteArray(bytes));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    return created;
  }

  /// As a client does that follows it: with the range, without our credentials.
  private static HttpResponse<byte[]> follow(Answer redirect, String... headers) throws Exception {
    assertThat(redirect.status()).as(redirect.text()).isEqualTo(307);
    assertThat(redirect.header("Cache-Control")).isEqualTo("no-store");
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(redirect.header("Location")));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    }
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void theLinkGivesTheSameBytesUnderTheSameNameAndType() throws Exception {
    Answer created = create(ann, "кот \"1\".png", PNG);
    String file = created.header("Location");
    StoredFile.store(GATEWAY, created.text("id"));
    Answer direct = ann.get(file);
    assertThat(direct.status()).as("not asked for, not redirected").isEqualTo(200);

    for (String path : new String[] {file, "/v1/uploads/" + created.text("id") + "/download"}) {
      HttpResponse<byte[]> followed = follow(ann.get(path + "?redirect=true"));

      assertThat(followed.statusCode()).isEqualTo(200);
      assertThat(followed.body()).isEqualTo(PNG).isEqualTo(direct.bytes());
      assertThat(header(followed, "Content-Type"))
          .isEqualTo("image/png")
          .isEqualTo(direct.header("Content-Type"));
      assertThat(header(followed, "Content-Disposition"))
          .isEqualTo(direct.header("Content-Disposition"));
    }
    HttpResponse<byte[]> range =
        follow(ann.get(file + "?redirect=true"), "Range", "bytes=1000-1999");
    assertThat(range.statusCode()).isEqualTo(206);
    assertThat(range.body()).isEqualTo(Arrays.copyOfRange(PNG, 1000, 2000));
  }

  @Test
  void aPageIsNoPageBehindTheLinkEither() throws Exception {
    byte[] page =
        "<!DOCTYPE html><html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);
    Answer created = create(ann, "page.html", page);
    StoredFile.store(GATEWAY, created.text("id"));

    HttpResponse<byte[]> followed = follow(ann.get(created.header("Location") + "?redirect=true"));

    assertThat(followed.body()).isEqualTo(page);
    assertThat(header(followed, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(followed, "Content-Disposition")).startsWith("attachment;");
  }

  @Test
  void whatIsNotInTheStoreYetOrDidNotChangeIsNotRedirected() throws Exception {
    Answer created = create(ann, "staged", PNG);
    String file = created.header("Location") + "?redirect=true";

    Answer staged = ann.get(file);
    assertThat(staged.status()).isEqualTo(200);
    assertThat(staged.bytes()).isEqualTo(PNG);

    StoredFile.store(GATEWAY, created.text("id"));
    assertThat(ann.get(file, "If-None-Match", staged.header("ETag")).status()).isEqualTo(304);
    assertThat(ann.get(file, "If-Match", "\"other\"").status()).isEqualTo(412);
    Answer head = ann.send("HEAD", file, BodyPublishers.noBody());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo("100000");
    assertThat(ann.get(created.header("Location") + "?redirect=maybe").status()).isEqualTo(422);
    assertThat(GATEWAY.as(GatewayUnderTest.BOB).get(file).status()).isEqualTo(404);
  }

  @Test
  void aStoreThatIsADirectoryAnswersItself() throws Exception {
    GatewayUnderTest local = GatewayUnderTest.shared();
    Client client = local.as(GatewayUnderTest.ANN);
    Answer created = create(client, "local", PNG);
    StoredFile.store(local, created.text("id"));

    Answer answer = client.get(created.header("Location") + "?redirect=true");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.bytes()).isEqualTo(PNG);
  }

  @Test
  void theOperatorMayWantItForAllWhoDoNotSayOtherwise() throws Exception {
    try (GatewayUnderTest redirecting = GatewayUnderTest.start(s3(true))) {
      Client client = redirecting.as(GatewayUnderTest.ANN);
      Answer created = create(client, "usual", PNG);
      StoredFile.store(redirecting, created.text("id"));

      assertThat(follow(client.get(created.header("Location"))).body()).isEqualTo(PNG);
      assertThat(client.get(created.header("Location") + "?redirect=false").bytes()).isEqualTo(PNG);
    }
  }
}
