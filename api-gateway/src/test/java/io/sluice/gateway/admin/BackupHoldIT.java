package io.sluice.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The hold under which backups are taken.
class BackupHoldIT {

  private static final String PATH = "/v1/admin/removals/hold";
  private static final GatewayUnderTest GATEWAY = GatewayUnderTest.start();

  private final Client admin = GATEWAY.as(GatewayUnderTest.ADMIN);

  @AfterAll
  static void stop() {
    GATEWAY.close();
  }

  @BeforeEach
  void nothingIsHeld() {
    admin.delete(PATH);
  }

  @Test
  void aHoldIsInTheDatabaseUntilItIsEnded() {
    Answer held = admin.post(PATH, "{\"seconds\": 600}");

    assertThat(held.status()).as(held.text()).isEqualTo(200);
    assertThat(held.json().propertyNames())
        .containsExactly("held_until", "was_held", "effective_after_seconds");
    assertThat(held.json().path("was_held").booleanValue()).isFalse();
    assertThat(held.json().path("effective_after_seconds").intValue()).isEqualTo(5);
    assertThat(inDatabase("removals_held_until - now() between '590 s' and '600 s'")).isTrue();
    Answer ended = admin.delete(PATH);
    assertThat(ended.json().path("was_held").booleanValue()).isTrue();
    assertThat(ended.json().path("held_until").isNull()).isTrue();
    assertThat(inDatabase("removals_held_until is null")).isTrue();
    assertThat(admin.delete(PATH).json().path("was_held").booleanValue()).isFalse();
  }

  /// Two who take backups at once do not end each other's time.
  @Test
  void holdingAgainNeverMakesItShorter() {
    Instant longer = until(admin.post(PATH, "{\"seconds\": 600}"));

    Answer shorter = admin.post(PATH, "{\"seconds\": 1}");
    Answer prolonged = admin.post(PATH, "{\"seconds\": 1200}");

    assertThat(until(shorter)).isEqualTo(longer);
    assertThat(shorter.json().path("was_held").booleanValue()).isTrue();
    assertThat(Duration.between(longer, until(prolonged))).isGreaterThan(Duration.ofMinutes(9));
  }

  /// Who renews too late learns that bytes may have gone in between.
  @Test
  void aHoldThatHadRunOutIsSaidToHaveBeenNone() {
    GATEWAY
        .database()
        .sql("update deployment set removals_held_until = now() - interval '1 second'")
        .update();

    Answer again = admin.post(PATH, "{\"seconds\": 60}");

    assertThat(again.json().path("was_held").booleanValue()).isFalse();
    assertThat(inDatabase("removals_held_until > now()")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"seconds\": 0}", "{\"seconds\": -5}", "{\"seconds\": 86401}"})
  void aTimeThatBreaksTheRuleIsRefused(String body) {
    Answer answer = admin.post(PATH, body);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text("field")).isEqualTo("seconds");
    assertThat(inDatabase("removals_held_until is null")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"POST", "DELETE"})
  void onlyAnAdministratorMay(String method) {
    Client user = GATEWAY.as(GatewayUnderTest.ANN);

    Answer answer =
        method.equals("POST") ? user.post(PATH, "{\"seconds\": 60}") : user.delete(PATH);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(inDatabase("removals_held_until is null")).isTrue();
  }

  private static Instant until(Answer answer) {
    return OffsetDateTime.parse(answer.text("held_until")).toInstant();
  }

  private static boolean inDatabase(String condition) {
    return GATEWAY
        .database()
        .sql("select coalesce((select " + condition + " from deployment), false)")
        .query(Boolean.class)
        .single();
  }
}
