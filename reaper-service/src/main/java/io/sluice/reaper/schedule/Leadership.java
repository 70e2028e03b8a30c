package io.sluice.reaper.schedule;

import com.zaxxer.hikari.HikariDataSource;
import io.sluice.reaper.run.StepName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// Which loops of the fleet are this process's: those whose advisory lock its own session holds.
///
/// The locks live on one connection that does nothing else. Every question goes through it, so a lost
/// connection is lost leadership, noticed at the next question. PostgreSQL ends the session itself when it
/// hears nothing for [#SILENCE_SECONDS]: a process that is frozen, or whose host is gone without a word,
/// makes room for another. What such a process still does when it thaws is done by guarded statements.
///
/// Needs a connection that stays with its session: no pooler between that hands sessions around.
@Component
final class Leadership implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  /// The first half of the locks' key, of no meaning but to be nobody else's.
  static final int LOCK_SPACE = 0x5245_4150;

  static final int SILENCE_SECONDS = 20;

  private static final String TAKE = "select pg_try_advisory_lock(?, ?)";

  /// The lock manager's own word, not our memory of it.
  private static final String HELD =
      """
      select exists (select 1 from pg_locks
        where locktype = 'advisory' and pid = pg_backend_pid() and granted
          and database = (select oid from pg_database where datname = current_database())
          and classid = cast(? as int)::oid and objid = cast(? as int)::oid and objsubid = 2)
      """;

  private final DataSource dataSource;
  private final Set<StepName> held = EnumSet.noneOf(StepName.class);
  private @Nullable Connection session;
  private boolean closed;

  Leadership(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// Whether a loop is this process's now. Takes it if it is nobody's.
  synchronized boolean lead(StepName loop) {
    try {
      if (held.contains(loop)) {
        if (ask(HELD, loop)) {
          return true;
        }
        held.remove(loop);
      }
      if (closed || !ask(TAKE, loop)) {
        return false;
      }
    } catch (SQLException e) {
      LOG.atWarn().addKeyValue("loop", loop.wire()).setCause(e).log("leadership lost");
      drop();
      return false;
    }
    held.add(loop);
    LOG.atInfo().addKeyValue("loop", loop.wire()).log("leading");
    return true;
  }

  /// Whether a loop that was led is led still. Never takes it.
  synchronized boolean stillLeads(StepName loop) {
    try {
      return held.contains(loop) && ask(HELD, loop);
    } catch (SQLException e) {
      LOG.atWarn().addKeyValue("loop", loop.wire()).setCause(e).log("leadership lost");
      drop();
      return false;
    }
  }

  /// Whether this process believes that it leads a loop; for the gauge.
  synchronized boolean believesToLead(StepName loop) {
    return held.contains(loop);
  }

  private boolean ask(String sql, StepName loop) throws SQLException {
    try (PreparedStatement statement = session().prepareStatement(sql)) {
      statement.setInt(1, LOCK_SPACE);
      statement.setInt(2, loop.name().hashCode());
      try (ResultSet answer = statement.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  private Connection session() throws SQLException {
    Connection known = session;
    if (known == null) {
      known = dataSource.getConnection();
      session = known;
      try (Statement statement = known.createStatement()) {
        statement.execute("set idle_session_timeout = '" + SILENCE_SECONDS + "s'");
      }
    }
    return known;
  }

  /// Never gives the connection back to others: whatever is wrong with it, its locks must go with it.
  private void drop() {
    Connection known = session;
    session = null;
    held.clear();
    if (known == null) {
      return;
    }
    try {
      if (dataSource.isWrapperFor(HikariDataSource.class)) {
        dataSource.unwrap(HikariDataSource.class).evictConnection(known);
      } else {
        known.abort(Runnable::run);
      }
    } catch (SQLException e) {
      LOG.debug("the session was gone already", e);
    }
  }

  /// Hands every loop to whoever asks next.
  @Override
  public synchronized void destroy() {
    closed = true;
    drop();
  }
}
