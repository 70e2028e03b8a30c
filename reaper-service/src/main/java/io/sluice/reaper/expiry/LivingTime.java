package io.sluice.reaper.expiry;

import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Gives uploads back the time in which nobody was there to be sent anything. From a row alone it cannot
/// be told whether its client was silent or we were away, nor whether the database's clock was put forward
/// in between. So each look is written down, and a pause that is too long is added to the time of every
/// open upload.
@Component
final class LivingTime {

  private static final Logger LOG = LoggerFactory.getLogger(LivingTime.class);

  /// The lock lets one reaper after the other judge: the second one finds the first one's look.
  private static final String LAST =
      """
      select now() as looked_at, expiry_seen_at, expiry_seen_at is null as first,
        now() - expiry_seen_at > make_interval(secs => cast(:longestSeconds as int)) as away
      from deployment for update
      """;

  private static final String LOOKED = "update deployment set expiry_seen_at = now()";

  /// By id, as everybody does who locks several: no two wait for each other in a circle. Does not keep
  /// chunks from being committed.
  private static final String LOCK =
      """
      select count(*) from (
        select id from uploads where status in ('INITIATED', 'IN_PROGRESS') order by id for no key update
      ) open
      """;

  private static final String ADD =
      """
      update uploads set expires_at = expires_at + (now() - cast(:lastLook as timestamptz))
      where status in ('INITIATED', 'IN_PROGRESS')
      """;

  /// Nobody knows since when nobody looked.
  private static final String GRANT =
      """
      update uploads set expires_at = now() + interval '1 hour'
      where status in ('INITIATED', 'IN_PROGRESS') and expires_at <= now()
      """;

  private record Look(
      OffsetDateTime at, @Nullable OffsetDateTime last, boolean first, boolean away) {}

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final int longestSeconds;

  LivingTime(JdbcClient jdbc, PlatformTransactionManager transactions, ExpirySettings settings) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.longestSeconds = Math.toIntExact(settings.longestBetweenLooks().toSeconds());
  }

  /// Looks at the clock.
  ///
  /// @return the time at which uploads whose time was over by then may be judged so; empty if time was
  ///     given back, and nothing is to be judged before the next look
  Optional<OffsetDateTime> look() {
    return transaction.execute(status -> lookLocked());
  }

  private Optional<OffsetDateTime> lookLocked() {
    // As many rows as there are open uploads; all of them, or the clock goes on as if nobody had
    // looked.
    jdbc.sql("set local transaction_timeout = 0").update();
    Look look =
        jdbc.sql(LAST)
            .param("longestSeconds", longestSeconds)
            .query((row, number) ->
                new Look(
                    row.getObject("looked_at", OffsetDateTime.class),
                    row.getObject("expiry_seen_at", OffsetDateTime.class),
                    row.getBoolean("first"),
                    row.getBoolean("away")))
            .single();
    if (look.first()) {
      grant();
    } else if (look.away()) {
      add(look.last());
    }
    jdbc.sql(LOOKED).update();
    return look.first() || look.away() ? Optional.empty() : Optional.of(look.at());
  }

  private void grant() {
    lock();
    int uploads = jdbc.sql(GRANT).update();
    if (uploads > 0) {
      LOG.atWarn()
          .addKeyValue("uploads", uploads)
          .log("first look: nobody knows who was away, what is over has one hour more");
    }
  }

  private void add(@Nullable OffsetDateTime last) {
    lock();
    int uploads = jdbc.sql(ADD).param("lastLook", last).update();
    LOG.atWarn()
        .addKeyValue("last_look", last)
        .addKeyValue("uploads", uploads)
        .log("away for a while, or the clock was put forward: open uploads get that time back");
  }

  private void lock() {
    jdbc.sql(LOCK).query(Long.class).single();
  }
}
