package io.sluice.gateway.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.TestUpload;
import io.sluice.gateway.testing.Worker;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// How uploads end.
class CompleteIT {

  private static final String SHA = "ab".repeat(32);

  private final GatewayUnderTest gateway = GatewayUnderTest.shared();
  private final Client client = gateway.as(GatewayUnderTest.ANN);
  private final Worker worker = new Worker(gateway);

  private Answer complete(TestUpload upload, String body, String... headers) {
    return client.post(upload.path() + "/complete", body, headers);
  }

  @Test
  @Timeout(value = 9, unit = TimeUnit.SECONDS)
  void theClientWaitsUntilItIsAFile() {
    TestUpload upload =
        TestUpload.begin(client, 250, 100, ",\"file_checksum_sha256\":\"" + SHA + "\"").sendAll();
    CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> complete(upload, "{}"));
    await().until(() -> upload.statusWord().equals("COMPLETING"));
    worker.store(upload.id()).complete(upload.id());
    Answer answer = waiting.join();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .isEqualTo(
            ("{\"upload_id\":\"%1$s\",\"status\":\"COMPLETED\",\"file_id\":\"%1$s\",\"size\":250,"
                    + "\"sha256\":\"%2$s\",\"etag\":\"\\\"tag\\\"\"}")
                .formatted(upload.id(), SHA));
    Answer again = complete(upload, "");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text()).isEqualTo(answer.text());
  }

  @Test
  @Timeout(value = 9, unit = TimeUnit.SECONDS)
  void aSignalThatIsLostCostsALittleTimeOnly() {
    TestUpload upload = TestUpload.begin(client, 250, 100).sendAll();
    CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> complete(upload, ""));
    await().until(() -> upload.statusWord().equals("COMPLETING"));
    gateway
        .database()
        .sql(
            """
            update uploads set status = 'COMPLETED', completed_at = now(), listed_at = now(),
                etag = '"tag"' where id = :id
            """)
        .param("id", upload.id())
        .update();
    Answer answer = waiting.join();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().has("sha256")).isFalse();
  }

  @Test
  void whoWillNotWaitIsToldWhereToLook() {
    TestUpload upload = TestUpload.begin(client, 250, 100).sendAll();
    for (String preference : new String[] {"respond-async", "wait=0", "foo=bar, Respond-Async"}) {
      long began = System.nanoTime();
      Answer answer = complete(upload, "", "Prefer", preference);
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.text())
          .isEqualTo("{\"upload_id\":\"%s\",\"status\":\"COMPLETING\"}".formatted(upload.id()));
      assertThat(answer.header("Location")).isEqualTo(upload.path());
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void patienceIsTheClients() {
    TestUpload upload = TestUpload.begin(client, 250, 100).sendAll();
    long began = System.nanoTime();
    assertThat(complete(upload, "", "Prefer", "wait=1").status()).isEqualTo(202);
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
  }

  @Test
  void missingChunksAreNamed() {
    TestUpload upload = TestUpload.begin(client, 50_000, 100);
    upload.send(3);
    Answer answer = complete(upload, "{}");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.errorCode()).isEqualTo("missing_chunks");
    JsonNode problem = answer.json();
    assertThat(problem.path("missing_count").intValue()).isEqualTo(499);
    assertThat(problem.path("missing_chunk_indexes").size()).isEqualTo(100);
    assertThat(problem.path("missing_chunk_indexes").path(3).intValue()).isEqualTo(4);
    assertThat(upload.statusWord()).isEqualTo("IN_PROGRESS");
    assertThat(upload.send(5).status()).isEqualTo(202);
  }

  @Test
  void withoutAnyChunkItIsNotComplete() {
    TestUpload upload = TestUpload.begin(client, 250, 100);
    assertThat(complete(upload, "").errorCode()).isEqualTo("missing_chunks");
    assertThat(upload.statusWord()).isEqualTo("INITIATED");
  }

  @Test
  void aChunkThatWasDamagedIsMissing() {
    TestUpload upload = TestUpload.begin(client, 250, 100).sendAll();
    gateway
        .database()
        .sql("update chunks set status = 'DAMAGED' where upload_id = :id and chunk_index = 1")
        .param("id", upload.id())
        .update();
    assertThat(complete(upload, "").json().path("missing_chunk_indexes").toString())
        .isEqualTo("[1]");
  }

  @Test
  void anEmptyFileIsCompleteAtOnce() {
    TestUpload upload = TestUpload.begin(client, 0, 100);
    assertThat(complete(upload, "", "Prefer", "respond-async").status()).isEqualTo(202);
    Map<String, ?> row = row(upload);
    assertThat(row.get("status")).isEqualTo("COMPLETING");
    assertThat(row.get("enqueued_at")).isNotNull();
  }

  private Map<String, ?> row(TestUpload upload) {
    return gateway
        .database()
        .sql("select * from uploads where id = :id")
        .param("id", upload.id())
        .query()
        .singleRow();
  }

  @Test
  void whereAllIsStoredTheGatewayAsksForTheEnd() {
    TestUpload upload = TestUpload.begin(client, 250, 100).sendAll();
    worker.store(upload.id());
    complete(upload, "", "Prefer", "respond-async");
    assertThat(row(upload).get("enqueued_at")).isNotNull();
  }

  @Test
  void whereChunksAreStillOnTheirWayTheLastOfThemAsksForTheEnd() {
    TestUpload upload = TestUpload.begin(client, 250, 100).sendAll();
    complete(upload, "", "Prefer", "respond-async");
    assertThat(row(upload).get("enqueued_at")).isNull();
  }

  @Test
  void aFileWithAnotherChecksumHasFailed() {
    TestUpload upload = TestUpload.begin(client, 250, 100).sendAll();
    CompletableFuture<Answer> waiting =
        CompletableFuture.supplyAsync(
            () -> complete(upload, "{\"file_checksum_sha256\":\"" + SHA + "\"}"));
    await().until(() -> upload.statusWord().equals("COMPLETING"));
    assertThat(row(upload).get("declared_sha256")).isEqualTo(SHA);
    worker.fail(upload.id(), "file_checksum_mismatch");
    Answer answer = waiting.join();
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.errorCode()).isEqualTo("file_checksum_mismatch");
    assertThat(complete(upload, "").errorCode()).isEqualTo("file_checksum_mismatch");
    assertThat(upload.statusWord()).isEqualTo("FAILED");
  }

  @Test
  void anUploadThatFailedOtherwiseSaysWhy() {
    TestUpload upload = TestUpload.begin(client, 250, 100).sendAll();
    worker.fail(upload.id(), "unsupported_media_type");
    Answer answer = complete(upload, "");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.errorCode()).isEqualTo("upload_not_active");
    assertThat(answer.json().path("failure").path("code").stringValue())
        .isEqualTo("unsupported_media_type");
  }

  @Test
  void anAbortedUploadIsNotCompleted() {
    TestUpload upload = TestUpload.begin(client, 250, 100).sendAll();
    client.delete(upload.path());
    assertThat(complete(upload, "").errorCode()).isEqualTo("upload_not_active");
  }

  @Test
  void aChecksumThatContradictsInitChangesNothing() {
    TestUpload upload =
        TestUpload.begin(client, 250, 100, ",\"file_checksum_sha256\":\"" + SHA + "\"").sendAll();
    String other = "{\"file_checksum_sha256\":\"" + "cd".repeat(32) + "\"}";
    Answer answer = complete(upload, other);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text("field")).isEqualTo("file_checksum_sha256");
    assertThat(upload.statusWord()).isEqualTo("IN_PROGRESS");
    worker.finish(upload.id());
    assertThat(complete(upload, other).errorCode()).isEqualTo("file_checksum_mismatch");
    assertThat(upload.statusWord()).isEqualTo("COMPLETED");
  }

  @Test
  void aChecksumThatCannotBeComparedAnyMoreIsNotCalledRight() {
    TestUpload upload = TestUpload.begin(client, 250, 100).sendAll();
    worker.finish(upload.id());
    Answer answer = complete(upload, "{\"file_checksum_sha256\":\"" + SHA + "\"}");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.errorCode()).isEqualTo("upload_already_completed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"file_checksum_sha256\":\"x\"}",
        "{\"file_checksum_sha256\":5}",
        "{\"other\":1}",
        "[]"
      })
  void aBodyThatBreaksARuleCompletesNothing(String body) {
    TestUpload upload = TestUpload.begin(client, 250, 100).sendAll();
    assertThat(complete(upload, body).errorCode()).isEqualTo("validation_failed");
    assertThat(upload.statusWord()).isEqualTo("IN_PROGRESS");
  }

  @Test
  void noBodyNeedsNoType() {
    TestUpload upload = TestUpload.begin(client, 250, 100).sendAll();
    String path = upload.path() + "/complete";
    Answer form =
        client.send(
            "POST",
            path,
            BodyPublishers.noBody(),
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Prefer",
            "respond-async");
    assertThat(form.status()).isEqualTo(202);
    Answer none = client.send("POST", path, BodyPublishers.noBody(), "Prefer", "respond-async");
    assertThat(none.status()).isEqualTo(202);
    Answer text = client.send("POST", path, BodyPublishers.ofString("x"), "Content-Type", "a/b");
    assertThat(text.status()).isEqualTo(415);
    assertThat(complete(upload, "{").status()).isEqualTo(400);
  }
}
