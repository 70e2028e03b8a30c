package io.sluice.gateway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.TestUpload;
import io.sluice.gateway.testing.Worker;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Status, missing chunks and lists.
class UploadReadingIT {

  private final GatewayUnderTest gateway = GatewayUnderTest.shared();
  private final Client client = gateway.asNewOwner();

  @Test
  void theStatusTellsHowFarTheUploadIs() {
    TestUpload upload = TestUpload.begin(client, 250, 100);
    upload.send(2);
    new Worker(gateway).store(upload.id());
    upload.send(0);
    JsonNode status = upload.status().json();
    assertThat(status.propertyNames())
        .containsExactly(
            "upload_id",
            "file_name",
            "status",
            "file_size",
            "chunk_size",
            "total_chunks",
            "staged_chunks",
            "stored_chunks",
            "bytes_received",
            "bytes_stored",
            "progress",
            "created_at",
            "updated_at",
            "expires_at");
    assertThat(status.path("status").stringValue()).isEqualTo("IN_PROGRESS");
    assertThat(status.path("staged_chunks").intValue()).isEqualTo(1);
    assertThat(status.path("stored_chunks").intValue()).isEqualTo(1);
    assertThat(status.path("bytes_received").longValue()).isEqualTo(150);
    assertThat(status.path("bytes_stored").longValue()).isEqualTo(50);
    assertThat(status.path("progress").doubleValue()).isEqualTo(0.6);
  }

  @Test
  void aFinishedUploadIsAllThere() {
    TestUpload upload = TestUpload.begin(client, 250, 100).sendAll();
    new Worker(gateway).finish(upload.id());
    JsonNode status = upload.status().json();
    assertThat(status.path("status").stringValue()).isEqualTo("COMPLETED");
    assertThat(status.path("bytes_stored").longValue()).isEqualTo(250);
    assertThat(status.path("progress").doubleValue()).isEqualTo(1.0);
  }

  @Test
  void aFailureIsExplained() {
    TestUpload upload = TestUpload.begin(client, 250, 100);
    new Worker(gateway).fail(upload.id(), "unsupported_media_type");
    JsonNode failure = upload.status().json().path("failure");
    assertThat(failure.path("code").stringValue()).isEqualTo("unsupported_media_type");
    assertThat(failure.path("detail").stringValue()).isEqualTo("It is lost.");
  }

  @Test
  void somebodyElsesUploadIsNotThere() {
    TestUpload upload = TestUpload.begin(client, 250, 100);
    Client bob = gateway.as(GatewayUnderTest.BOB);
    String body = "{}";
    List<Answer> answers =
        List.of(
            bob.get(upload.path()),
            bob.get(upload.path() + "/missing-chunks"),
            bob.put(upload.chunkPath(0), upload.bytes(0)),
            bob.post(upload.path() + "/complete", body),
            bob.delete(upload.path()));
    Answer unknown = bob.get("/v1/uploads/0199aaaa-0000-7000-8000-000000000000");
    for (Answer answer : answers) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.errorCode()).isEqualTo("not_found");
      assertThat(answer.text("detail")).isEqualTo(unknown.text("detail"));
    }
    assertThat(bob.get("/v1/uploads").text()).doesNotContain(upload.id().toString());
    assertThat(upload.statusWord()).isEqualTo("INITIATED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1-1-1-1-1", "0199aaaa00007000800000000000000a", "null", "' or 1=1"})
  void anIdThatIsNoneIsNotThere(String id) {
    Answer answer = client.get("/v1/uploads/" + id.replace(" ", "%20"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.errorCode()).isEqualTo("not_found");
  }

  @Test
  void missingChunksAreThoseNotAcknowledged() {
    TestUpload upload = TestUpload.begin(client, 500, 100);
    upload.send(1);
    upload.send(3);
    Answer answer = client.get(upload.path() + "/missing-chunks");
    assertThat(answer.text())
        .isEqualTo(
            ("{\"upload_id\":\"%s\",\"status\":\"IN_PROGRESS\","
                    + "\"missing_chunk_indexes\":[0,2,4],\"missing_count\":3}")
                .formatted(upload.id()));
    gateway
        .database()
        .sql("update chunks set status = 'DAMAGED' where upload_id = :id and chunk_index = 1")
        .param("id", upload.id())
        .update();
    Answer damaged = client.get(upload.path() + "/missing-chunks");
    assertThat(indexes(damaged)).containsExactly(0, 1, 2, 4);
    assertThat(damaged.json().path("damaged_chunk_indexes").toString()).isEqualTo("[1]");
    Answer status = client.get(upload.path());
    assertThat(status.json().path("damaged_chunks").intValue()).isEqualTo(1);
    assertThat(status.json().path("damaged_chunk_indexes").toString()).isEqualTo("[1]");
    assertThat(indexes(client.get(upload.path() + "/missing-chunks?from=2"))).containsExactly(2, 4);
    assertThat(indexes(client.get(upload.path() + "/missing-chunks?from=99"))).isEmpty();
  }

  @Test
  void missingChunksComeInPages() {
    TestUpload upload = TestUpload.begin(client, 25_000, 1);
    upload.send(5);
    List<Integer> all = new ArrayList<>();
    int from = 0;
    int pages = 0;
    while (from >= 0) {
      Answer page = client.get(upload.path() + "/missing-chunks?from=" + from);
      assertThat(page.json().path("missing_count").intValue()).isEqualTo(24_999);
      assertThat(indexes(page)).hasSizeLessThanOrEqualTo(10_000);
      all.addAll(indexes(page));
      from = page.json().path("next_from").asInt(-1);
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(all).hasSize(24_999).doesNotContain(5).isSorted();
  }

  @Test
  void ofAnUploadThatTakesNoChunksNothingIsMissing() {
    TestUpload upload = TestUpload.begin(client, 500, 100);
    client.delete(upload.path());
    JsonNode answer = client.get(upload.path() + "/missing-chunks").json();
    assertThat(answer.path("status").stringValue()).isEqualTo("ABORTED");
    assertThat(answer.path("missing_count").intValue()).isZero();
  }

  private static List<Integer> indexes(Answer answer) {
    List<Integer> indexes = new ArrayList<>();
    answer.json().path("missing_chunk_indexes").forEach(index -> indexes.add(index.intValue()));
    return indexes;
  }

  @Test
  void theListIsNewestFirstAndInPages() {
    List<String> begun = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      begun.add(TestUpload.begin(client, 10, 10).id().toString());
    }
    Collections.reverse(begun);
    List<String> listed = new ArrayList<>();
    String cursor = "";
    while (true) {
      Answer page = client.get("/v1/uploads?limit=3" + cursor);
      page.json().path("items").forEach(item -> listed.add(item.path("upload_id").stringValue()));
      // One that comes in while somebody turns pages must not move the others.
      TestUpload.begin(client, 10, 10);
      if (page.json().path("next_cursor").isNull()) {
        break;
      }
      cursor = "&cursor=" + page.text("next_cursor");
    }
    assertThat(listed).isEqualTo(begun);
  }

  @Test
  void theListCanBeOfOneStatus() {
    TestUpload.begin(client, 10, 10);
    TestUpload aborted = TestUpload.begin(client, 10, 10);
    client.delete(aborted.path());
    JsonNode items = client.get("/v1/uploads?status=ABORTED").json().path("items");
    assertThat(items.size()).isEqualTo(1);
    assertThat(items.path(0).path("upload_id").stringValue()).isEqualTo(aborted.id().toString());
  }

  @Test
  void anEmptyListHasNoNextPage() {
    assertThat(client.get("/v1/uploads").text()).isEqualTo("{\"items\":[],\"next_cursor\":null}");
  }

  @ParameterizedTest
  @CsvSource({
    "limit,limit=0",
    "limit,limit=1001",
    "limit,limit=x",
    "limit,limit=",
    "status,status=NOPE",
    "status,status=",
    "cursor,cursor=abc",
    "cursor,cursor=%20",
    "cursor,cursor=%D1%8F"
  })
  void aQueryValueThatBreaksARuleIsNamed(String field, String query) {
    Answer answer = client.get("/v1/uploads?" + query);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text("field")).isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/missing-chunks"})
  void everyPathAnswersWithASlashToo(String suffix) {
    TestUpload upload = TestUpload.begin(client, 10, 10);
    Answer without = client.get(upload.path() + suffix);
    Answer with = client.get(upload.path() + suffix + "/");
    assertThat(with.status()).isEqualTo(200);
    assertThat(with.text()).isEqualTo(without.text());
    assertThat(client.get("/v1/uploads/").status()).isEqualTo(200);
    assertThat(client.put(upload.chunkPath(0) + "/", upload.bytes(0)).status()).isEqualTo(202);
    assertThat(client.delete(upload.path() + "/").status()).isEqualTo(204);
  }

  @Test
  void headAndOptionsAreSane() {
    TestUpload upload = TestUpload.begin(client, 10, 10);
    Answer head = client.send("HEAD", upload.path(), BodyPublishers.noBody());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.bytes()).isEmpty();
    Answer options = client.send("OPTIONS", upload.path(), BodyPublishers.noBody());
    assertThat(options.status()).isEqualTo(200);
    assertThat(options.header("Allow")).contains("GET").contains("DELETE");
    Answer missing =
        client.send(
            "HEAD", "/v1/uploads/0199aaaa-0000-7000-8000-000000000000", BodyPublishers.noBody());
    assertThat(missing.status()).isEqualTo(404);
  }
}
