package io.sluice.gateway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.storage.object.ObjectKeys;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How uploads begin.
class InitIT {

  private static final String PATH = "/v1/uploads/init";

  private final GatewayUnderTest gateway = GatewayUnderTest.shared();
  private final Client client = gateway.asNewOwner();

  private int uploads() {
    return client.get("/v1/uploads").json().path("items").size();
  }

  @Test
  void theAnswerSaysHowTheFileIsCut() {
    Answer answer = client.post(PATH, "{\"file_name\":\"a.bin\",\"file_size\":10485761}");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().propertyNames())
        .containsExactly("upload_id", "chunk_size", "total_chunks", "status", "expires_at");
    assertThat(answer.json().path("chunk_size").longValue()).isEqualTo(5 << 20);
    assertThat(answer.json().path("total_chunks").intValue()).isEqualTo(3);
    assertThat(answer.text("status")).isEqualTo("INITIATED");
    assertThat(answer.header("Location")).isEqualTo("/v1/uploads/" + answer.text("upload_id"));
    assertThat(Instant.parse(answer.text("expires_at"))).isNotNull();
    assertThat(UUID.fromString(answer.text("upload_id")).version()).isEqualTo(7);
  }

  @Test
  void everythingIsKeptInTheRow() {
    String sha256 = "AB".repeat(32);
    Answer answer =
        client.post(
            PATH,
            """
            {"file_name": "Отчёт \\"q\\".pdf", "file_size": 7, "chunk_size": 3,
             "file_checksum_sha256": "%s", "content_type": "application/pdf",
             "metadata": {"b": "2", "a": "ä"}, "auto_complete": true}
            """
                .formatted(sha256));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    UUID id = UUID.fromString(answer.text("upload_id"));
    Map<String, ?> row =
        gateway
            .database()
            .sql("select *, metadata->>'a' as a from uploads where id = :id")
            .param("id", id)
            .query()
            .singleRow();
    assertThat(row.get("file_name")).isEqualTo("Отчёт \"q\".pdf");
    assertThat(row.get("file_size_bytes")).isEqualTo(7L);
    assertThat(row.get("chunk_size_bytes")).isEqualTo(3L);
    assertThat(row.get("total_chunks")).isEqualTo(3);
    assertThat(row.get("declared_sha256")).isEqualTo(sha256.toLowerCase(Locale.ROOT));
    assertThat(row.get("content_type"))
        .as("not what its client says: the first chunk tells")
        .isEqualTo("application/octet-stream");
    assertThat(row.get("a")).isEqualTo("ä");
    assertThat(row.get("auto_complete")).isEqualTo(true);
    assertThat(row.get("status")).isEqualTo("INITIATED");
    assertThat(row.get("object_key")).isEqualTo(ObjectKeys.forUpload(id));
  }

  @Test
  void aChunkSizeThatMakesTooManyChunksIsRaised() {
    Answer answer =
        client.post(PATH, "{\"file_name\":\"a\",\"file_size\":1000000000000,\"chunk_size\":1}");
    assertThat(answer.json().path("chunk_size").longValue()).isEqualTo(10_000_000);
    assertThat(answer.json().path("total_chunks").intValue()).isEqualTo(100_000);
  }

  @Test
  void anEmptyFileHasNoChunks() {
    Answer answer = client.post(PATH, "{\"file_name\":\"a\",\"file_size\":0}");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("total_chunks").intValue()).isZero();
    assertThat(answer.text("status")).isEqualTo("INITIATED");
  }

  @Test
  void anEmptyFileThatCompletesByItselfDoesSoAtOnce() {
    Answer answer =
        client.post(PATH, "{\"file_name\":\"a\",\"file_size\":0,\"auto_complete\":true}");
    assertThat(answer.text("status")).isEqualTo("COMPLETING");
    assertThat(client.get("/v1/uploads/" + answer.text("upload_id")).text("status"))
        .isEqualTo("COMPLETING");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file_name | {'file_size':1}",
        "file_name | {'file_name':null,'file_size':1}",
        "file_name | {'file_name':'','file_size':1}",
        "file_name | {'file_name':7,'file_size':1}",
        "file_name | {'file_name':['a'],'file_size':1}",
        "file_name | {'file_name':'a\\u0000b','file_size':1}",
        "file_name | {'file_name':'a\\nb','file_size':1}",
        "file_name | {'file_name':'a\\ud800b','file_size':1}",
        "file_size | {'file_name':'a'}",
        "file_size | {'file_name':'a','file_size':-1}",
        "file_size | {'file_name':'a','file_size':1.5}",
        "file_size | {'file_name':'a','file_size':'1'}",
        "file_size | {'file_name':'a','file_size':true}",
        "file_size | {'file_name':'a','file_size':{}}",
        "file_size | {'file_name':'a','file_size':99999999999999}",
        "file_size | {'file_name':'a','file_size':99999999999999999999999}",
        "chunk_size | {'file_name':'a','file_size':1,'chunk_size':0}",
        "chunk_size | {'file_name':'a','file_size':1,'chunk_size':-5}",
        "chunk_size | {'file_name':'a','file_size':1,'chunk_size':99999999999}",
        "file_checksum_sha256 | {'file_name':'a','file_size':1,'file_checksum_sha256':'abc'}",
        "content_type | {'file_name':'a','file_size':1,'content_type':'nonsense'}",
        "content_type | {'file_name':'a','file_size':1,'content_type':'text/*'}",
        "content_type | {'file_name':'a','file_size':1,'content_type':''}",
        "metadata | {'file_name':'a','file_size':1,'metadata':'x'}",
        "metadata.n | {'file_name':'a','file_size':1,'metadata':{'n':1}}",
        "metadata.n | {'file_name':'a','file_size':1,'metadata':{'n':null}}",
        "metadata.n | {'file_name':'a','file_size':1,'metadata':{'n':{'deep':'x'}}}",
        "metadata | {'file_name':'a','file_size':1,'metadata':{'n':'\\u0000'}}",
        "auto_complete | {'file_name':'a','file_size':1,'auto_complete':'yes'}",
        "unknown | {'file_name':'a','file_size':1,'unknown':1}"
      })
  void aValueThatBreaksARuleIsNamed(String field, String body) {
    Answer answer = client.post(PATH, body.replace('\'', '"'));
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.errorCode()).isEqualTo("validation_failed");
    assertThat(answer.text("field")).isEqualTo(field);
    assertThat(answer.text("detail"))
        .startsWith(field)
        .doesNotContain("java", "jackson", "sluice.");
    assertThat(uploads()).isZero();
  }

  @Test
  void limitsOfLengthAreKeptToTheCharacterAndTheByte() {
    String most = "ж".repeat(1024);
    assertThat(init("{\"file_name\":\"" + most + "\",\"file_size\":1}").status()).isEqualTo(201);
    Answer longer = init("{\"file_name\":\"" + most + "x\",\"file_size\":1}");
    assertThat(longer.text("field")).isEqualTo("file_name");
    String value = "v".repeat(4096 - "{\"k\":\"\"}".length());
    String metadata = "{\"file_name\":\"a\",\"file_size\":1,\"metadata\":{\"k\":\"%s\"}}";
    assertThat(init(metadata.formatted(value)).status()).isEqualTo(201);
    assertThat(init(metadata.formatted(value + "v")).text("field")).isEqualTo("metadata");
  }

  private Answer init(String body) {
    return client.post(PATH, body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "nonsense",
        "{\"file_name\":\"a\",\"file_size\":1}}",
        "{\"file_name\":\"a\",\"file_name\":\"b\",\"file_size\":1}",
        "{\"file_name\":\"a\" \"file_size\":1}"
      })
  void whatIsNotJsonIsMalformed(String body) {
    Answer answer = init(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("malformed_request");
    assertThat(uploads()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"text\"", "7"})
  void jsonThatIsNoObjectBreaksARule(String body) {
    assertThat(init(body).errorCode()).isEqualTo("validation_failed");
  }

  @Test
  void aBodyOverAMebibyteIsTooLarge() {
    String padding = " ".repeat(1 << 20);
    Answer answer = init("{\"file_name\":\"a\",\"file_size\":1" + padding + "}");
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.errorCode()).isEqualTo("payload_too_large");
  }

  @Test
  void aBodyOverAMebibyteIsTooLargeWithoutALengthToo() {
    byte[] body =
        ("{\"file_name\":\"a\",\"file_size\":1" + " ".repeat(2 << 20) + "}")
            .getBytes(StandardCharsets.UTF_8);
    Answer answer =
        client.send(
            "POST",
            PATH,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
            "Content-Type",
            "application/json");
    assertThat(answer.status()).isEqualTo(413);
  }

  @Test
  void anotherTypeThanJsonIsRefused() {
    Answer answer =
        client.send("POST", PATH, BodyPublishers.ofString("<a/>"), "Content-Type", "text/xml");
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.errorCode()).isEqualTo("unsupported_media_type");
  }

  @Test
  void whoAcceptsNoJsonIsToldSoAndNothingBegins() {
    Answer answer =
        client.post(PATH, "{\"file_name\":\"a\",\"file_size\":1}", "Accept", "text/html");
    assertThat(answer.status()).isEqualTo(406);
    assertThat(answer.errorCode()).isEqualTo("not_acceptable");
    assertThat(uploads()).isZero();
  }
}
