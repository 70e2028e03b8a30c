package io.sluice.gateway.idempotency;

import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.gateway.request.WireJson;
import io.sluice.model.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Gives a request with an idempotency key one effect.
///
/// The effect and the row that remembers its answer are one transaction, under an advisory lock for the
/// key: either both are there or neither, and a process that dies leaves no lock behind.
@Component
public final class OnceOnly {

  private static final String LOCK = "select pg_try_advisory_xact_lock(hashtextextended(:name, 0))";

  private static final String FIND =
      """
      select encode(request_hash, 'hex') as request_hash, response::text as response
      from idempotency_keys
      where owner_id = :ownerId and scope = :scope and key = :key and expires_at > now()
      """;

  /// A row that is there has expired, or it would have been found.
  private static final String REMEMBER =
      """
      insert into idempotency_keys (owner_id, scope, key, request_hash, response, expires_at)
      values (:ownerId, :scope, :key, decode(:hash, 'hex'), cast(:response as jsonb),
          now() + make_interval(secs => :ttlSeconds))
      on conflict (owner_id, scope, key) do update set request_hash = excluded.request_hash,
          response = excluded.response, created_at = now(), expires_at = excluded.expires_at
      """;

  private record Remembered(String requestHash, @Nullable String response) {}

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final IdempotencySettings settings;

  OnceOnly(JdbcClient jdbc, PlatformTransactionManager transactions, IdempotencySettings settings) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.settings = settings;
  }

  /// Runs an effect, in a transaction, unless it was run before.
  ///
  /// @param fingerprint equal for requests that ask for the same
  /// @param answerType what the effect answers; is kept as JSON
  /// @return the answer of the first run
  /// @throws ProblemException 409: the key was used for something else, or the first run goes on still
  public <T> T run(
      IdempotencyKey key, String fingerprint, Class<T> answerType, Supplier<T> effect) {
    String hash = sha256(fingerprint);
    return transaction.execute(status -> runLocked(key, hash, answerType, effect));
  }

  private <T> T runLocked(
      IdempotencyKey key, String hash, Class<T> answerType, Supplier<T> effect) {
    if (!lock(key)) {
      throw inProgress();
    }
    Optional<Remembered> before = find(key);
    if (before.isPresent()) {
      if (!hash.equals(before.get().requestHash())) {
        throw new ProblemException(
            ProblemCode.IDEMPOTENCY_CONFLICT, "This key was sent with another request before.");
      }
      String response = before.get().response();
      if (response == null) {
        throw inProgress();
      }
      return WireJson.MAPPER.readValue(response, answerType);
    }
    T answer = effect.get();
    remember(key, hash, WireJson.MAPPER.writeValueAsString(answer));
    return answer;
  }

  private boolean lock(IdempotencyKey key) {
    String name = String.join("\n", key.ownerId(), key.scope(), key.key());
    return jdbc.sql(LOCK).param("name", name).query(Boolean.class).single();
  }

  private Optional<Remembered> find(IdempotencyKey key) {
    return jdbc.sql(FIND)
        .param("ownerId", key.ownerId())
        .param("scope", key.scope())
        .param("key", key.key())
        .query((row, number) ->
            new Remembered(row.getString("request_hash"), row.getString("response")))
        .optional();
  }

  private void remember(IdempotencyKey key, String hash, String response) {
    jdbc.sql(REMEMBER)
        .param("ownerId", key.ownerId())
        .param("scope", key.scope())
        .param("key", key.key())
        .param("hash", hash)
        .param("response", response)
        .param("ttlSeconds", settings.idempotencyTtlSeconds())
        .update();
  }

  private static ProblemException inProgress() {
    return new ProblemException(
        new Problem(
                ProblemCode.IDEMPOTENCY_IN_PROGRESS,
                "The first request with this key is still being answered.")
            .retryAfter(Duration.ofSeconds(1)));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
