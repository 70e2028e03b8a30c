package io.sluice.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What administrators see of the sweeps, and how they let one go on.
class SweepsIT {

  private static final GatewayUnderTest GATEWAY = GatewayUnderTest.start();

  private final Client admin = GATEWAY.as(GatewayUnderTest.ADMIN);

  @AfterAll
  static void stop() {
    GATEWAY.close();
  }

  @BeforeEach
  void clear() {
    sql("truncate orphan_sightings, sweep_brakes");
  }

  private static void sql(String statement) {
    GATEWAY.database().sql(statement).update();
  }

  private static void brake(long wouldRemove) {
    sql(
        "insert into sweep_brakes (place, would_remove, seen) values ('OBJECT', %d, 5000)"
            .formatted(wouldRemove));
  }

  private Answer confirm(String place, String body) {
    return admin.post("/v1/admin/sweeps/" + place + "/confirm", body);
  }

  @Test
  void whatHasNoOwnerIsListedWithTheTimeAtWhichItMayGo() {
    sql(
        """
        insert into orphan_sightings
          (place, key, size_bytes, unknown, grace_seconds, first_seen_at, last_seen_at)
        values ('OBJECT', 'ab/1', 0, true, 604800, '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'),
          ('STAGING', 'c/2', 77, false, 3600, '2026-01-01T00:00:00Z', '2026-01-01T00:30:00Z')
        """);

    Answer answer = admin.get("/v1/admin/unowned");

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode object = answer.json().path("items").path(0);
    assertThat(object.propertyNames())
        .containsExactly(
            "place",
            "key",
            "size_bytes",
            "unknown",
            "first_seen_at",
            "last_seen_at",
            "removable_at");
    assertThat(object.path("place").stringValue()).isEqualTo("object");
    assertThat(object.path("key").stringValue()).isEqualTo("ab/1");
    assertThat(object.path("size_bytes").isNull()).isTrue();
    assertThat(object.path("unknown").booleanValue()).isTrue();
    assertThat(Instant.parse(object.path("removable_at").stringValue()))
        .isEqualTo("2026-01-08T00:00:00Z");
    JsonNode staged = answer.json().path("items").path(1);
    assertThat(staged.path("size_bytes").intValue()).isEqualTo(77);
    assertThat(staged.path("unknown").booleanValue()).isFalse();
    assertThat(Instant.parse(staged.path("removable_at").stringValue()))
        .isEqualTo("2026-01-01T01:00:00Z");
  }

  @Test
  void theListComesInPagesAndOfOnePlaceIfThatIsAskedFor() {
    sql(
        """
        insert into orphan_sightings (place, key, size_bytes)
        select place, 'kéy?' || n, 0 from unnest(array['STAGING', 'MULTIPART', 'OBJECT']) place,
          generate_series(1, 5) n
        """);

    assertThat(keys("?limit=4")).hasSize(15).doesNotHaveDuplicates();
    assertThat(keys("?limit=2&place=multipart"))
        .containsExactly(
            "multipart kéy?1",
            "multipart kéy?2",
            "multipart kéy?3",
            "multipart kéy?4",
            "multipart kéy?5");
  }

  private List<String> keys(String query) {
    List<String> keys = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = admin.get("/v1/admin/unowned" + query + cursor).json();
      page.path("items")
          .forEach(item ->
              keys.add(item.path("place").stringValue() + " " + item.path("key").stringValue()));
      cursor =
          page.path("next_cursor").isNull()
              ? ""
              : "&cursor=" + page.path("next_cursor").stringValue();
    } while (!cursor.isEmpty());
    return keys;
  }

  @ParameterizedTest
  @CsvSource({
    "place,place=bucket",
    "place,place=OBJECT",
    "limit,limit=0",
    "cursor,cursor=%20",
    "cursor,cursor=b2JqZWN0",
    // A place that there is not, no UTF-8, and a character that is in no text.
    "cursor,cursor=YnVja2V0OmE",
    "cursor,cursor=b2JqZWN0Ov8",
    "cursor,cursor=b2JqZWN0OmEAYg"
  })
  void aQueryValueThatBreaksARuleIsNamed(String field, String query) {
    Answer answer = admin.get("/v1/admin/unowned?" + query);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text("field")).isEqualTo(field);
  }

  @Test
  void aSweepThatIsStoppedIsShownAndConfirmedByItsNumber() {
    brake(812);
    JsonNode shown = admin.get("/v1/admin/sweeps").json().path("items").path(0);
    assertThat(shown.propertyNames())
        .containsExactly("place", "would_remove", "seen", "since", "confirmed_at", "confirmed_by");
    assertThat(shown.path("place").stringValue()).isEqualTo("object");
    assertThat(shown.path("would_remove").intValue()).isEqualTo(812);
    assertThat(shown.path("seen").intValue()).isEqualTo(5000);
    assertThat(shown.path("confirmed_at").isNull()).isTrue();

    Answer answer = confirm("object", "{\"would_remove\": 812}");

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text("confirmed_by")).isEqualTo("root");
    JsonNode again = admin.get("/v1/admin/sweeps").json().path("items").path(0);
    assertThat(again.path("confirmed_at").stringValue()).isEqualTo(answer.text("confirmed_at"));
    assertThat(confirm("object", "{\"would_remove\": 812}").text()).isEqualTo(answer.text());
  }

  @Test
  void whatWasConfirmedTooLongAgoIsConfirmedAnew() {
    brake(812);
    sql(
        """
        update sweep_brakes set confirmed_at = now() - interval '2 hours', confirmed_by = 'ann'
        """);
    String before =
        admin
            .get("/v1/admin/sweeps")
            .json()
            .path("items")
            .path(0)
            .path("confirmed_at")
            .stringValue();

    Answer answer = confirm("object", "{\"would_remove\": 812}");

    assertThat(answer.text("confirmed_by")).isEqualTo("root");
    assertThat(answer.text("confirmed_at")).isGreaterThan(before);
  }

  /// Between looking and confirming a pass counted more.
  @Test
  void anotherNumberThanThePresentOneIsRefused() {
    brake(900);

    Answer answer = confirm("object", "{\"would_remove\": 812}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.errorCode()).isEqualTo("sweep_changed");
    assertThat(answer.text("detail")).contains("900");
    assertThat(
            GATEWAY
                .database()
                .sql("select count(*) from sweep_brakes where confirmed_at is not null")
                .query(Long.class)
                .single())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"staging", "OBJECT", "bucket"})
  void whatIsNotStoppedCannotBeConfirmed(String place) {
    brake(812);

    Answer answer = confirm(place, "{\"would_remove\": 812}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.errorCode()).isEqualTo("not_found");
  }

  @Test
  void aConfirmationWithoutANumberIsNone() {
    brake(812);

    Answer answer = confirm("object", "{}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text("field")).isEqualTo("would_remove");
    assertThat(confirm("object", "").status()).isEqualTo(400);
  }
}
