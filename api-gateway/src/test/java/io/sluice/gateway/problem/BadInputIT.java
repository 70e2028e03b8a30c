package io.sluice.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.RawExchange;
import io.sluice.gateway.testing.Stock;
import io.sluice.gateway.testing.TestUpload;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bad input anywhere: its named refusal, nothing stored, and never a 5xx.
class BadInputIT {

  private static final GatewayUnderTest GATEWAY =
      GatewayUnderTest.start(Map.of("sluice.admission.wait-millis", 0));

  private static final TestUpload UPLOAD =
      TestUpload.begin(GATEWAY.as(GatewayUnderTest.ANN), 250, 100);

  private final Client ann = GATEWAY.as(GatewayUnderTest.ANN);
  private final Client admin = GATEWAY.as(GatewayUnderTest.ADMIN);
  private final Stock before = Stock.of(GATEWAY);

  @AfterEach
  void nothingWasStored() {
    assertThat(Stock.of(GATEWAY)).isEqualTo(before);
  }

  @AfterAll
  static void stop() {
    GATEWAY.close();
  }

  private static void assertRefused(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.errorCode()).isEqualTo(code);
    assertThat(answer.text("request_id")).isEqualTo(answer.header("X-Request-ID")).isNotEmpty();
    assertThat(answer.text("detail")).doesNotContain("java", "Exception", "select ", "/tmp");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Lists
        "GET | /v1/uploads?limit=-1 | 422 | validation_failed",
        "GET | /v1/uploads?limit=99999999999999999999 | 422 | validation_failed",
        "GET | /v1/uploads?status=completed | 422 | validation_failed",
        "GET | /v1/uploads?cursor=AAAA | 422 | validation_failed",
        "GET | /v1/files?limit=x | 422 | validation_failed",
        "GET | /v1/files?limit= | 422 | validation_failed",
        "GET | /v1/files?limit=-1 | 422 | validation_failed",
        "GET | /v1/files?limit=1001 | 422 | validation_failed",
        "GET | /v1/files?limit=99999999999999999999 | 422 | validation_failed",
        "GET | /v1/files?cursor=AAAA | 422 | validation_failed",
        "GET | /v1/files?name_prefix=%00 | 422 | validation_failed",
        // Ids
        "GET | /v1/uploads/1-1-1-1-1 | 404 | not_found",
        "GET | /v1/uploads/1-1-1-1-1/download | 404 | not_found",
        "GET | /v1/uploads/1-1-1-1-1/missing-chunks | 404 | not_found",
        "DELETE | /v1/uploads/-1 | 404 | not_found",
        "POST | /v1/uploads/%F0%9F%92%A9/complete | 404 | not_found",
        "GET | /v1/files/0 | 404 | not_found",
        "GET | /v1/files/0/metadata | 404 | not_found",
        "GET | /v1/files/1-1-1-1-1 | 404 | not_found",
        "DELETE | /v1/files/null | 404 | not_found",
        // Addresses
        "GET | / | 404 | not_found",
        "GET | /v1 | 404 | not_found",
        "GET | /v2/uploads | 404 | not_found",
        "POST | /v1/uploads/a/b/c | 404 | not_found",
        "PUT | /v1/files/a/metadata/b | 404 | not_found",
        "GET | /V1/uploads | 404 | not_found",
        "GET | /v1/uploads.json | 404 | not_found",
        // Files
        "POST | /v1/files | 400 | file_name_missing",
        "POST | /v1/files?name= | 400 | file_name_missing",
        "POST | /v1/files?name=%00 | 422 | validation_failed",
        "POST | /v1/files/batch | 415 | unsupported_media_type",
      })
  void anAddressOrAValueInIt(String method, String path, int status, String code) {
    assertRefused(ann.send(method, path, BodyPublishers.noBody()), status, code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-99999999999999999999", "2147483648", "x", "0.0", "1e3", "٣"})
  void anIndex(String index) {
    String encoded = URLEncoder.encode(index, StandardCharsets.UTF_8);
    assertRefused(
        ann.put(UPLOAD.path() + "/chunks/" + encoded, UPLOAD.bytes(0)),
        400,
        "chunk_index_out_of_bounds");
    Answer from = ann.get(UPLOAD.path() + "/missing-chunks?from=" + encoded);
    assertRefused(from, 422, "validation_failed");
    assertThat(from.text("field")).isEqualTo("from");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file_size | {\"file_name\":\"a\",\"file_size\":-1}",
        "file_size | {\"file_name\":\"a\",\"file_size\":9223372036854775808}",
        "file_size | {\"file_name\":\"a\",\"file_size\":1e400}",
        "file_size | {\"file_name\":\"a\",\"file_size\":1.5}",
        "file_size | {\"file_name\":\"a\",\"file_size\":\"1\"}",
        "chunk_size | {\"file_name\":\"a\",\"file_size\":1,\"chunk_size\":-9223372036854775808}",
        "chunk_size | {\"file_name\":\"a\",\"file_size\":1,\"chunk_size\":0}",
        "file_name | {\"file_name\":\"\",\"file_size\":1}",
        "file_name | {\"file_name\":\"a\\u0000b\",\"file_size\":1}",
        "file_name | {\"file_name\":\"\\ud800\",\"file_size\":1}",
        "file_name | {\"file_size\":1}",
        "auto_complete | {\"file_name\":\"a\",\"file_size\":1,\"auto_complete\":\"yes\"}",
        "owner | {\"file_name\":\"a\",\"file_size\":1,\"owner\":\"root\"}",
        "metadata.a | {\"file_name\":\"a\",\"file_size\":1,\"metadata\":{\"a\":{}}}",
        "file_checksum_sha256 | {\"file_name\":\"a\",\"file_size\":1,\"file_checksum_sha256\":\"0\"}",
        "content_type | {\"file_name\":\"a\",\"file_size\":1,\"content_type\":\"a/b\\r\\nX: y\"}",
      })
  void aFieldOfInit(String field, String body) {
    Answer answer = ann.post("/v1/uploads/init", body);
    assertRefused(answer, 422, "validation_failed");
    assertThat(answer.text("field")).isEqualTo(field);
  }

  @Test
  void jsonThatIsNone() {
    List<byte[]> bodies =
        new ArrayList<>(
            List.of(
                new byte[0],
                new byte[] {(byte) 0xff, (byte) 0xfe, 0},
                "{\"file_name\":\"\u00e4\",\"file_size\":1}"
                    .getBytes(StandardCharsets.ISO_8859_1)));
    for (String text :
        List.of(
            "{",
            "{\"file_name\":\"a\",\"file_size\":1}}",
            "{\"file_name\":\"a\",\"file_name\":\"b\",\"file_size\":1}",
            "{\"file_name\":\"a\",\"file_size\":1,}",
            "{'file_name':'a','file_size':1}",
            "{\"file_name\":\"a\",\"file_size\":01}",
            "{\"file_name\":\"a\",\"file_size\":NaN}",
            "{\"file_name\":\"a\",\"file_size\":1 ")) {
      bodies.add(text.getBytes(StandardCharsets.UTF_8));
    }
    for (byte[] body : bodies) {
      BodyPublisher publisher = BodyPublishers.ofByteArray(body);
      assertRefused(
          ann.send("POST", "/v1/uploads/init", publisher, "Content-Type", "application/json"),
          400,
          "malformed_request");
      if (body.length == 1) {
        assertRefused(
            ann.send(
                "POST",
                UPLOAD.path() + "/complete",
                BodyPublishers.ofByteArray(body),
                "Content-Type",
                "application/json"),
            400,
            "malformed_request");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"metadata\":{\"a\":", "{\"file_name\":"})
  void nestingWithoutEnd(String opening) {
    Answer answer = ann.post("/v1/uploads/init", opening + "[".repeat(100_000));
    assertThat(answer.status()).isIn(400, 422);
    assertThat(answer.errorCode()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/xml", "multipart/form-data; boundary=x", "x", ""})
  void aBodyOfAnotherType(String type) {
    String[] header = type.isEmpty() ? new String[0] : new String[] {"Content-Type", type};
    for (String path : List.of("/v1/uploads/init", UPLOAD.path() + "/complete")) {
      assertRefused(
          ann.send("POST", path, BodyPublishers.ofString("{}"), header),
          415,
          "unsupported_media_type");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "ä"})
  void anIdempotencyKey(String key) {
    String body = "{\"file_name\":\"a\",\"file_size\":1}";
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      String response =
          raw.send(
                  """
                  POST /v1/uploads/init HTTP/1.1
                  Host: x
                  X-API-Key: ann-key
                  Content-Type: application/json
                  Idempotency-Key: %s
                  Content-Length: %d

                  %s\
                  """
                      .formatted(key, body.length(), body))
              .response();
      assertThat(response).startsWith("HTTP/1.1 400 ").contains("malformed_request");
    }
    assertRefused(
        ann.post("/v1/uploads/init", body, "Idempotency-Key", "k".repeat(256)),
        400,
        "malformed_request");
  }

  @ParameterizedTest
  @CsvSource({"5000,404,not_found", "20000,400,malformed_request"})
  void anIdWithoutEnd(int length, int status, String code) {
    String id = "0".repeat(length);
    for (String path :
        List.of("/v1/uploads/" + id, "/v1/files/" + id, "/v1/admin/dead-letters/" + id)) {
      Answer answer = admin.get(path);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.errorCode()).isEqualTo(code);
    }
  }

  /// Every operation of the contract, with each method it does not know.
  @Test
  void aMethodThatAPathDoesNotKnow() {
    contract()
        .forEach((path, methods) -> {
          for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "BREW")) {
            boolean known = methods.contains(method);
            // What comes after uploads/ or files/ may be an id.
            boolean isAnId = path.equals("/v1/uploads/init") || path.equals("/v1/files/batch");
            if (!known && !isAnId) {
              Answer answer = admin.send(method, path, BodyPublishers.noBody());
              assertRefused(answer, 405, "method_not_allowed");
              assertThat(answer.header("Allow")).as(method + path).isNotEmpty();
            }
          }
        });
  }

  /// Every operation of the contract, asked for what is not there or without what it needs.
  @Test
  void aSlashAtTheEndChangesNothing() {
    contract()
        .forEach((path, methods) -> {
          for (String method : methods) {
            if (path.equals("/metrics")) {
              continue;
            }
            Answer without = admin.send(method, path, BodyPublishers.noBody());
            Answer with = admin.send(method, path + "/", BodyPublishers.noBody());
            assertThat(with.status()).as(method + path).isEqualTo(without.status());
            assertThat(with.errorCode()).as(method + path).isEqualTo(without.errorCode());
            assertThat(with.status()).as(method + path).isLessThan(500);
            assertThat(with.status() / 100).as(method + path).isNotEqualTo(3);
          }
        });
  }

  /// Paths, with ids that nobody has, and their methods.
  private static Map<String, List<String>> contract() {
    Map<String, List<String>> paths = new TreeMap<>();
    GATEWAY
        .asStranger()
        .get("/v3/api-docs")
        .json()
        .path("paths")
        .properties()
        .forEach(path ->
            paths.put(
                path.getKey().replaceAll("\\{[a-z_]+}", "0199aaaa-0000-7000-8000-000000000000"),
                path.getValue().propertyNames().stream()
                    .map(method -> method.toUpperCase(Locale.ROOT))
                    .toList()));
    assertThat(paths).hasSizeGreaterThan(15);
    return paths;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 100\nTransfer-Encoding: chunked",
        "Content-Length: 100\nContent-Length: 50",
        "Content-Length: 100, 50",
        "Content-Length: x",
        "Content-Length: 99999999999999999999",
        "Content-Length: +100",
        "Transfer-Encoding: gzip, x",
        "Transfer-Encoding: chunked, chunked",
        "Content-Length: 100\nX-Chunk-SHA256: \u0001",
        "Content-Length: 100\nBad Name: x",
        "Content-Length: 100\n: x",
      })
  void headersThatContradictThemselvesOrAreNone(String headers) {
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(
          "PUT %s HTTP/1.1\nHost: x\nX-API-Key: ann-key\n%s\n\n"
              .formatted(UPLOAD.chunkPath(0), headers));
      raw.send(UPLOAD.bytes(0));
      assertThat(raw.response())
          .startsWith("HTTP/1.1 400 ")
          .contains("application/problem+json")
          .contains("malformed_request");
    }
  }

  /// What goes on past its length is not the chunk's, and is not taken for a request of its own either.
  @Test
  void aBodyThatGoesOnPastItsLength() {
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(
          "PUT %s HTTP/1.1\nHost: x\nX-API-Key: ann-key\nContent-Length: 50\n\n"
              .formatted(UPLOAD.chunkPath(0)));
      raw.send(UPLOAD.bytes(0));
      assertThat(raw.response()).startsWith("HTTP/1.1 400").contains("chunk_length_mismatch");
      // The connection ends, or the rest is refused.
      assertThat(raw.response()).doesNotContain("HTTP/1.1 2", "HTTP/1.1 5");
    }
  }

  @Test
  void aRefusalThatCanBeKnownGetsNoContinue() {
    for (String path :
        List.of(
            UPLOAD.path() + "/chunks/-1",
            UPLOAD.path() + "/chunks/3",
            "/v1/uploads/0199aaaa-0000-7000-8000-000000000000/chunks/0",
            "/v1/nowhere")) {
      try (RawExchange raw = new RawExchange(GATEWAY.port())) {
        raw.send(
            "PUT %s HTTP/1.1\nHost: x\nX-API-Key: ann-key\nContent-Length: 100\nExpect: 100-continue\n\n"
                .formatted(path));
        assertThat(raw.response()).startsWith("HTTP/1.1 4").contains("application/problem+json");
      }
    }
  }
}
