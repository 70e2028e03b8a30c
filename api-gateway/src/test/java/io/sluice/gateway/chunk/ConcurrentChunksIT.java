package io.sluice.gateway.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.TestUpload;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// Many chunks at once.
class ConcurrentChunksIT {

  private final GatewayUnderTest gateway = GatewayUnderTest.shared();

  private static List<Answer> atOnce(int requests, IntFunction<Answer> request) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Answer>> all =
          IntStream.range(0, requests)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> request.apply(i), threads))
              .toList();
      return all.stream().map(CompletableFuture::join).toList();
    }
  }

  @Test
  void twentyFourAtOnceOnOneUploadAreAllTaken() {
    TestUpload upload =
        TestUpload.begin(gateway.as(GatewayUnderTest.ANN), 24 * 1_000_000, 1_000_000);
    List<Answer> answers = atOnce(24, upload::send);
    assertThat(answers).allMatch(answer -> answer.status() == 202);
    assertThat(upload.status().json().path("bytes_received").longValue()).isEqualTo(24_000_000);
    assertThat(gateway.stagedFiles(upload.id().toString())).hasSize(24);
    List<String> history =
        gateway
            .database()
            .sql("select to_status from upload_events where upload_id = :id order by id")
            .param("id", upload.id())
            .query((row, number) -> row.getString(1))
            .list();
    assertThat(history).containsExactly("INITIATED", "IN_PROGRESS");
  }

  @Test
  void noMoreJobsOfOneUploadThanItsWindowAreEnqueued() {
    TestUpload upload = TestUpload.begin(gateway.as(GatewayUnderTest.ANN), 2400, 100);
    assertThat(atOnce(24, upload::send)).allMatch(answer -> answer.status() == 202);
    int enqueued =
        gateway
            .database()
            .sql("select count(*) from chunks where upload_id = :id and enqueued_at is not null")
            .param("id", upload.id())
            .query(Integer.class)
            .single();
    assertThat(enqueued).isEqualTo(8);
  }

  @RepeatedTest(5)
  void theSameChunkManyTimesAtOnceIsKeptOnce() {
    TestUpload upload = TestUpload.begin(gateway.as(GatewayUnderTest.ANN), 300_000, 300_000);
    List<Answer> answers = atOnce(6, i -> upload.send(0));
    assertThat(answers).allMatch(answer -> answer.status() == 202);
    assertThat(gateway.stagedFiles(upload.id().toString())).hasSize(1);
  }

  @RepeatedTest(5)
  void ofDifferentBytesForOneChunkAtOnceExactlyOneIsAcknowledged() {
    TestUpload upload = TestUpload.begin(gateway.as(GatewayUnderTest.ANN), 300_000, 300_000);
    List<Answer> answers =
        atOnce(
            6,
            i -> {
              byte[] bytes = upload.bytes(0);
              bytes[0] = (byte) i;
              return upload.client().put(upload.chunkPath(0), bytes);
            });
    assertThat(answers.stream().filter(answer -> answer.status() == 202)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.errorCode().equals("chunk_conflict")))
        .hasSize(5);
    assertThat(gateway.stagedFiles(upload.id().toString())).hasSize(1);
  }

  @Test
  void anUploadWithPartsOfSeveralChunksIsEnqueuedPartByPart() {
    TestUpload upload = TestUpload.begin(gateway.as(GatewayUnderTest.ANN), 1000, 100);
    gateway
        .database()
        .sql("update uploads set chunks_per_part = 4 where id = :id")
        .param("id", upload.id())
        .update();
    int[] order = {0, 1, 3, 9, 2, 8};
    int[] enqueued = {0, 0, 0, 0, 4, 6};
    for (int i = 0; i < order.length; i++) {
      assertThat(upload.send(order[i]).status()).isEqualTo(202);
      assertThat(
              gateway
                  .database()
                  .sql("select count(enqueued_at) from chunks where upload_id = :id")
                  .param("id", upload.id())
                  .query(Integer.class)
                  .single())
          .as("after chunk " + order[i])
          .isEqualTo(enqueued[i]);
    }
  }
}
