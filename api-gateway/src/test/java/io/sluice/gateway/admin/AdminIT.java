package io.sluice.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.TestUpload;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What administrators see and do, all but replaying.
class AdminIT {

  private static final GatewayUnderTest GATEWAY = GatewayUnderTest.start();

  private final Client admin = GATEWAY.as(GatewayUnderTest.ADMIN);
  private final Client ann = GATEWAY.as(GatewayUnderTest.ANN);

  @AfterAll
  static void stop() {
    GATEWAY.close();
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/v1/admin/cleanup",
    "GET,/v1/admin/queue",
    "GET,/v1/admin/dead-letters",
    "POST,/v1/admin/dead-letters/0199aaaa-0000-7000-8000-000000000000/replay"
  })
  void onlyAnAdministratorMay(String method, String path) {
    for (String slash : List.of("", "/")) {
      Answer stranger = GATEWAY.asStranger().send(method, path + slash, BodyPublishers.noBody());
      assertThat(stranger.status()).isEqualTo(401);
      assertThat(stranger.errorCode()).isEqualTo("unauthenticated");
      Answer user = ann.send(method, path + slash, BodyPublishers.noBody());
      assertThat(user.status()).isEqualTo(403);
      assertThat(user.errorCode()).isEqualTo("forbidden");
    }
  }

  @Test
  void aCleanupPutsRightWhatItFindsAndSaysWhat() {
    admin.post("/v1/admin/cleanup", "");
    TestUpload abandoned = TestUpload.begin(ann, 250, 100);
    abandoned.send(0);
    update("update uploads set expires_at = now() - interval '1 hour' where id = :id", abandoned);
    TestUpload alive = TestUpload.begin(ann, 250, 100);
    alive.send(0);
    update(
        """
        update chunks set enqueued_at = null, next_attempt_at = now() - interval '1 second'
        where upload_id = :id
        """,
        alive);
    GATEWAY
        .database()
        .sql(
            """
            insert into idempotency_keys (owner_id, scope, key, request_hash, expires_at)
            values ('ann', 'x', 'y', '\\x00', now() - interval '1 second')
            """)
        .update();

    Answer answer = admin.post("/v1/admin/cleanup", "");

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text())
        .isEqualTo(
            "{\"status\":\"ok\",\"requested_by\":\"root\",\"expired_uploads\":1,"
                + "\"deleted_idempotency_keys\":1,\"purged_uploads\":1,\"requeued_jobs\":1}");
    assertThat(abandoned.statusWord()).isEqualTo("ABORTED");
    assertThat(alive.statusWord()).isEqualTo("IN_PROGRESS");
    assertThat(count("select count(*) from idempotency_keys where scope = 'x'")).isZero();
    assertThat(count("select count(*) from chunks where enqueued_at is null")).isZero();
  }

  @Test
  void theQueueShowsWhatWaitsAndForHowLong() {
    JsonNode before = admin.get("/v1/admin/queue").json();
    TestUpload.begin(ann, 250, 100).sendAll();
    DeadLetter.of(GATEWAY, "UNREADABLE", null, null);

    Answer answer = admin.get("/v1/admin/queue");

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode queue = answer.json();
    assertThat(queue.propertyNames())
        .containsExactly(
            "lanes",
            "waiting_chunks",
            "retrying_chunks",
            "dead_letters",
            "parked",
            "damaged_chunks",
            "drain_seconds",
            "workers_seen",
            "recommended_replicas");
    JsonNode heavy = queue.path("lanes").path(0);
    assertThat(heavy.propertyNames())
        .containsExactly(
            "lane",
            "lag_records",
            "lag_seconds",
            "arrivals_per_second",
            "done_per_second",
            "slots");
    assertThat(heavy.path("lane").stringValue()).isEqualTo("heavy");
    assertThat(queue.path("lanes").path(1).path("lane").stringValue()).isEqualTo("light");
    assertThat(lag(queue) - lag(before)).isEqualTo(3);
    assertThat(heavy.path("lag_seconds").doubleValue()).isGreaterThanOrEqualTo(0);
    assertThat(heavy.path("slots").intValue()).isZero();
    assertThat(queue.path("workers_seen").intValue()).isZero();
    assertThat(queue.path("dead_letters").intValue())
        .isEqualTo(before.path("dead_letters").intValue() + 1);
    assertThat(queue.path("parked").findValuesAsString("cause")).contains("store_refused");
    assertThat(queue.path("parked").findValuesAsString("latest")).contains("AccessDenied");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(admin.get("/v1/admin/queue").json().path("recommended_replicas").asInt(-1))
                .isEqualTo(1));
  }

  @Test
  void withoutKafkaTheQueueShowsWhatTheDatabaseKnows() {
    try (GatewayUnderTest alone =
        GatewayUnderTest.start(
            Map.of(
                "sluice.kafka.bootstrap-servers", "127.0.0.1:1",
                "sluice.kafka.admin-timeout", "300ms"))) {
      Answer answer = alone.as(GatewayUnderTest.ADMIN).get("/v1/admin/queue");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().path("lanes").path(0).path("lag_records").isNull()).isTrue();
      assertThat(answer.json().path("workers_seen").isNull()).isTrue();
      assertThat(answer.json().path("dead_letters").intValue()).isZero();
    }
  }

  @Test
  void deadLettersAreListedLastFailedFirstInPages() {
    GATEWAY.database().sql("delete from dead_letters").update();
    List<String> written = new ArrayList<>();
    for (int part = 0; part < 5; part++) {
      written.add(DeadLetter.of(GATEWAY, "STORE_PART", UUID.randomUUID(), part).id().toString());
    }
    // Two that failed at the same moment have an order too.
    GATEWAY
        .database()
        .sql(
            """
            update dead_letters set last_failed_at = (select min(last_failed_at) from dead_letters)
            where part = 1
            """)
        .update();
    List<String> listed = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page = admin.get("/v1/admin/dead-letters?limit=2" + cursor).json();
      page.path("items").forEach(item -> listed.add(item.path("id").stringValue()));
      cursor =
          page.path("next_cursor").isNull()
              ? ""
              : "&cursor=" + page.path("next_cursor").stringValue();
      pages++;
    } while (!cursor.isEmpty());

    assertThat(pages).isEqualTo(3);
    Collections.reverse(written);
    assertThat(listed).containsExactlyInAnyOrderElementsOf(written);
    assertThat(listed.subList(0, 3)).isEqualTo(written.subList(0, 3));
  }

  @Test
  void aDeadLetterSaysWhatFailedAndWhy() {
    GATEWAY.database().sql("delete from dead_letters").update();
    DeadLetter unreadable = DeadLetter.of(GATEWAY, "UNREADABLE", null, null);
    TestUpload upload = TestUpload.begin(ann, 250, 100).sendAll();
    DeadLetter chunk = DeadLetter.ofChunk(GATEWAY, upload, 2);
    admin.post(chunk.path(), "");

    JsonNode open = admin.get("/v1/admin/dead-letters?replayed=false").json().path("items");
    JsonNode done = admin.get("/v1/admin/dead-letters/?replayed=true").json().path("items");

    assertThat(open.size()).isEqualTo(1);
    assertThat(open.path(0).path("id").stringValue()).isEqualTo(unreadable.id().toString());
    assertThat(open.path(0).path("payload_base64").stringValue()).isEqualTo("ew==");
    assertThat(open.path(0).path("replayed_at").isNull()).isTrue();
    assertThat(done.size()).isEqualTo(1);
    JsonNode item = done.path(0);
    assertThat(item.propertyNames())
        .containsExactly(
            "id",
            "job_type",
            "upload_id",
            "part",
            "cause",
            "detail",
            "attempts",
            "payload_base64",
            "first_failed_at",
            "last_failed_at",
            "replayed_at",
            "resolved_at");
    assertThat(item.path("job_type").stringValue()).isEqualTo("STORE_PART");
    assertThat(item.path("upload_id").stringValue()).isEqualTo(upload.id().toString());
    assertThat(item.path("part").intValue()).isEqualTo(2);
    assertThat(item.path("cause").stringValue()).isEqualTo("store_refused");
    assertThat(item.path("attempts").intValue()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "limit,limit=0",
    "limit,limit=1001",
    "limit,limit=99999999999999999999",
    "replayed,replayed=maybe",
    "replayed,replayed=",
    "cursor,cursor=abc",
    "cursor,cursor=%20",
    // As long as a cursor is, and no time that there is.
    "cursor,cursor=f_________8AAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "cursor,cursor=__________8AAAAAAAAAAAAAAAAAAAAAAAAAAA"
  })
  void aQueryValueThatBreaksARuleIsNamed(String field, String query) {
    Answer answer = admin.get("/v1/admin/dead-letters?" + query);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text("field")).isEqualTo(field);
  }

  private static long lag(JsonNode queue) {
    return queue.path("lanes").path(0).path("lag_records").longValue();
  }

  private static long count(String sql) {
    return GATEWAY.database().sql(sql).query(Long.class).single();
  }

  private static void update(String sql, TestUpload upload) {
    GATEWAY.database().sql(sql).param("id", upload.id()).update();
  }
}
