package io.sluice.metadata.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.metadata.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class DatabaseClockIT {

  private static final MigratedDatabase DATABASE = new MigratedDatabase();

  private final AtomicLong nanos = new AtomicLong(1);
  private final DatabaseClock clock = new DatabaseClock(DATABASE.jdbc(), nanos::get);

  @Test
  void aReadingIsTheDatabasesTime() {
    Instant before = databaseNow();
    Instant read = clock.now();

    assertThat(read).isBetween(before, databaseNow());
  }

  @Test
  void betweenQuestionsTheMonotonicClockCarriesItForward() {
    Instant first = clock.now();

    nanos.addAndGet(Duration.ofSeconds(29).toNanos());

    assertThat(clock.now()).isEqualTo(first.plusSeconds(29));
  }

  @Test
  void anOldSampleIsRenewed() {
    clock.now();

    nanos.addAndGet(Duration.ofSeconds(31).toNanos());

    assertThat(clock.now()).isBeforeOrEqualTo(databaseNow());
  }

  /// The time is compared with ages that must not be underestimated: bytes sealed at a time that was
  /// read too late would be committed after the sweeper took them. So a process that is frozen while it
  /// asks must not come out ahead of the database.
  @ParameterizedTest
  @ValueSource(longs = {1, 29, 31, 7200})
  void aFreezeWhileAskingNeverPutsItAheadOfTheDatabase(long seconds) {
    DatabaseClock frozen = clockThatFreezes(seconds, Integer.MAX_VALUE);

    assertThat(frozen.now()).isBeforeOrEqualTo(databaseNow());
    assertThat(frozen.now()).isBeforeOrEqualTo(databaseNow());
  }

  @Test
  void anAnswerThatTookLongIsNotUsedIfTheNextIsQuick() {
    DatabaseClock frozen = clockThatFreezes(7200, 1);
    Instant before = databaseNow();

    assertThat(frozen.now()).isBetween(before, databaseNow());
  }

  private DatabaseClock clockThatFreezes(long seconds, int times) {
    AtomicInteger left = new AtomicInteger(times);
    DataSource freezing =
        new DelegatingDataSource(new DriverManagerDataSource(DATABASE.url())) {
          @Override
          public Connection getConnection() throws SQLException {
            if (left.getAndDecrement() > 0) {
              nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
            }
            return super.getConnection();
          }
        };
    return new DatabaseClock(JdbcClient.create(freezing), nanos::get);
  }

  private static Instant databaseNow() {
    return DATABASE
        .jdbc()
        .sql("select clock_timestamp()")
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }
}
