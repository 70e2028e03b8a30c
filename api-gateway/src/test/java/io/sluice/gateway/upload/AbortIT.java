package io.sluice.gateway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.TestUpload;
import io.sluice.gateway.testing.Worker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// How uploads are given up.
class AbortIT {

  private final GatewayUnderTest gateway = GatewayUnderTest.shared();
  private final Client client = gateway.as(GatewayUnderTest.ANN);

  private List<String> history(TestUpload upload) {
    return gateway
        .database()
        .sql("select to_status from upload_events where upload_id = :id order by id")
        .param("id", upload.id())
        .query((row, number) -> row.getString(1))
        .list();
  }

  @Test
  void anAbortedUploadStaysSoAndWaitsToBePurged() {
    TestUpload upload = TestUpload.begin(client, 250, 100);
    upload.send(0);
    Answer first = client.delete(upload.path());
    Answer again = client.delete(upload.path());
    assertThat(List.of(first.status(), again.status())).containsExactly(204, 204);
    assertThat(first.bytes()).isEmpty();
    assertThat(history(upload)).containsExactly("INITIATED", "IN_PROGRESS", "ABORTED");
    Map<String, ?> row =
        gateway
            .database()
            .sql("select * from uploads where id = :id")
            .param("id", upload.id())
            .query()
            .singleRow();
    assertThat(row.get("purged_at")).isNull();
    assertThat(row.get("enqueued_at")).isNotNull();
    assertThat(upload.status().json().path("failure").path("code").stringValue())
        .isEqualTo("aborted_by_client");
  }

  @Test
  void noChunkIsTakenAfterAnAbort() {
    TestUpload upload = TestUpload.begin(client, 250, 100);
    upload.send(0);
    client.delete(upload.path());
    for (int index = 0; index < 2; index++) {
      Answer answer = upload.send(index);
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.errorCode()).isEqualTo("upload_not_active");
      assertThat(answer.text("upload_id")).isEqualTo(upload.id().toString());
    }
    assertThat(gateway.stagedFiles(upload.id().toString())).hasSize(1);
  }

  @Test
  void aFileIsNotAborted() {
    TestUpload upload = TestUpload.begin(client, 250, 100).sendAll();
    new Worker(gateway).finish(upload.id());
    Answer answer = client.delete(upload.path());
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.errorCode()).isEqualTo("upload_already_completed");
    assertThat(upload.statusWord()).isEqualTo("COMPLETED");
  }

  @Test
  void anUploadThatIsBecomingAFileIsNotAborted() {
    TestUpload upload = TestUpload.begin(client, 250, 100).sendAll();
    client.post(upload.path() + "/complete", "", "Prefer", "respond-async");
    Answer answer = client.delete(upload.path());
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.errorCode()).isEqualTo("upload_not_active");
    assertThat(upload.statusWord()).isEqualTo("COMPLETING");
  }

  @RepeatedTest(8)
  void ofAbortAndCompleteAtOnceExactlyOneWins() {
    TestUpload upload = TestUpload.begin(client, 250, 100).sendAll();
    CompletableFuture<Answer> completing =
        CompletableFuture.supplyAsync(
            () -> client.post(upload.path() + "/complete", "", "Prefer", "respond-async"));
    CompletableFuture<Answer> aborting =
        CompletableFuture.supplyAsync(() -> client.delete(upload.path()));
    int completed = completing.join().status();
    int aborted = aborting.join().status();
    assertThat(List.of(completed, aborted)).isIn(List.of(202, 409), List.of(409, 204));
    assertThat(upload.statusWord()).isEqualTo(completed == 202 ? "COMPLETING" : "ABORTED");
  }

  @RepeatedTest(5)
  void noChunkIsAcknowledgedThatAnAbortDidNotSee() throws Exception {
    TestUpload upload = TestUpload.begin(client, 2000, 100);
    List<CompletableFuture<Answer>> sending =
        IntStream.range(0, 8)
            .mapToObj(index -> CompletableFuture.supplyAsync(() -> upload.send(index)))
            .toList();
    Answer abort = client.delete(upload.path());
    assertThat(abort.status()).isEqualTo(204);
    int acknowledged = 0;
    for (CompletableFuture<Answer> one : sending) {
      Answer answer = one.get();
      assertThat(answer.status()).isIn(202, 409);
      acknowledged += answer.status() == 202 ? 1 : 0;
    }
    int rows =
        gateway
            .database()
            .sql("select count(*) from chunks where upload_id = :id")
            .param("id", upload.id())
            .query(Integer.class)
            .single();
    assertThat(rows).isEqualTo(acknowledged);
    assertThat(gateway.stagedFiles(upload.id().toString())).hasSize(acknowledged);
  }
}
