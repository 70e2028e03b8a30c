package io.sluice.gateway.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.RawExchange;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One effect for each key.
class IdempotencyIT {

  private static final String BODY =
      "{\"file_name\":\"a\",\"file_size\":7,\"metadata\":{\"x\":\"y\"}}";

  private final GatewayUnderTest gateway = GatewayUnderTest.shared();
  private final Client client = gateway.asNewOwner();

  private static Answer begin(Client client, String body, String key) {
    return client.post("/v1/uploads/init", body, "Idempotency-Key", key);
  }

  private static int uploads(Client client) {
    return client.get("/v1/uploads").json().path("items").size();
  }

  @Test
  void theSameKeyAndBodyGetTheSameAnswer() {
    Answer first = begin(client, BODY, "k1");
    Answer again = begin(client, BODY.replace(",", " , "), "k1");
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(uploads(client)).isEqualTo(1);
  }

  @Test
  void theSameKeyWithAnotherBodyIsAConflict() {
    begin(client, BODY, "k1");
    Answer other = begin(client, BODY.replace("7", "8"), "k1");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.errorCode()).isEqualTo("idempotency_conflict");
    assertThat(uploads(client)).isEqualTo(1);
  }

  @Test
  void keysBelongToTheirOwner() {
    Client other = gateway.asNewOwner();
    String mine = begin(client, BODY, "k1").text("upload_id");
    Answer theirs = begin(other, BODY.replace("7", "9"), "k1");
    assertThat(theirs.status()).isEqualTo(201);
    assertThat(theirs.text("upload_id")).isNotEqualTo(mine);
  }

  @Test
  void aKeyWhoseTimeIsOverCanBeUsedAgain() {
    String first = begin(client, BODY, "k-old").text("upload_id");
    gateway
        .database()
        .sql("update idempotency_keys set expires_at = now() where key = 'k-old'")
        .update();
    Answer again = begin(client, BODY.replace("7", "9"), "k-old");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text("upload_id")).isNotEqualTo(first);
  }

  @Test
  void aRefusedRequestLeavesItsKeyFree() {
    assertThat(begin(client, "{\"file_name\":\"\",\"file_size\":7}", "k1").status()).isEqualTo(422);
    assertThat(begin(client, BODY, "k1").status()).isEqualTo(201);
  }

  @Test
  void atOnceTheSameKeyHasOneEffect() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Answer>> all =
          IntStream.range(0, 12)
              .mapToObj(
                  i -> CompletableFuture.supplyAsync(() -> begin(client, BODY, "k1"), threads))
              .toList();
      Set<String> ids = new HashSet<>();
      for (CompletableFuture<Answer> one : all) {
        Answer answer = one.join();
        if (answer.status() == 201) {
          ids.add(answer.text("upload_id"));
        } else {
          assertThat(answer.errorCode()).isEqualTo("idempotency_in_progress");
          assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
      }
      assertThat(ids).hasSize(1);
    }
    assertThat(uploads(client)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "ключ"})
  void aKeyThatIsNoneIsMalformed(String key) {
    try (var raw = new RawExchange(gateway.port())) {
      String response =
          raw.send(
                  ("POST /v1/uploads/init HTTP/1.1\nHost: x\nX-API-Key: ann-key\n"
                      + "Content-Type: application/json\nContent-Length: 2\nIdempotency-Key: "
                      + new String(
                          key.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                      + "\n\n{}"))
              .response();
      assertThat(response).startsWith("HTTP/1.1 4");
      assertThat(response).doesNotContain("internal_error");
    }
  }
}
