package io.sluice.reaper.plan;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// Collects the plan of every prepared statement that goes through the data source, as PostgreSQL's
/// `auto_explain` tells it along with the answer.
final class ExplainedStatements implements BeanPostProcessor {

  private static final Queue<String> PLANS = new ConcurrentLinkedQueue<>();

  /// What was told since the last call.
  static List<String> take() {
    List<String> plans = List.copyOf(PLANS);
    PLANS.clear();
    return plans;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    return bean instanceof DataSource dataSource ? listening(dataSource) : bean;
  }

  private static DataSource listening(DataSource dataSource) {
    return new DelegatingDataSource(dataSource) {
      @Override
      public Connection getConnection() throws SQLException {
        return listening(Connection.class, super.getConnection());
      }
    };
  }

  private static <T> T listening(Class<T> type, T target) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          Object result;
          try {
            result = method.invoke(target, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
          if (result instanceof PreparedStatement statement) {
            return listening(PreparedStatement.class, statement);
          }
          if (target instanceof PreparedStatement statement
              && method.getName().startsWith("execute")) {
            collect(statement.getWarnings());
          }
          return result;
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static void collect(@Nullable SQLWarning first) {
    for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
      String message = String.valueOf(warning.getMessage());
      if (message.contains("plan:")) {
        PLANS.add(message);
      }
    }
  }
}
