package io.sluice.metadata.commit;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/// Tells trouble with PostgreSQL itself from trouble with what it was asked.
public final class DatabaseOutage {

  private DatabaseOutage() {}

  /// Whether an exception means that PostgreSQL could not be asked, or could not finish.
  public static boolean explains(Throwable met) {
    if (met instanceof DataAccessResourceFailureException
        || met instanceof TransientDataAccessException
        || met instanceof RecoverableDataAccessException
        || met instanceof TransactionException) {
      return true;
    }
    for (Throwable cause = met; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientException
          || (cause instanceof SQLException sql && meansAway(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  /// PostgreSQL manual, appendix A: 08 connection, 53 resources, 57 operator (shutdown, starting up),
  /// 58 system; 25006 a read-only stand-in; 40 deadlock or serialisation, gone when tried again.
  private static boolean meansAway(@Nullable String sqlState) {
    return sqlState != null
        && (sqlState.startsWith("08")
            || sqlState.startsWith("53")
            || sqlState.startsWith("57")
            || sqlState.startsWith("58")
            || sqlState.startsWith("40")
            || sqlState.equals("25006"));
  }
}
