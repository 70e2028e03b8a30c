package io.sluice.runtime.health;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// PostgreSQL answers.
@Component
final class DatabaseReadiness implements ReadinessCheck {

  private final JdbcClient jdbc;

  DatabaseReadiness(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public void check() {
    jdbc.sql("select 1").query(Integer.class).single();
  }
}
