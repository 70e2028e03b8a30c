package io.sluice.runtime.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseUrlTest {

  @Test
  void theUsualFormIsTakenApart() {
    assertThat(DatabaseUrl.properties("postgres://ann:p%40ss+word@db:5433/sluice?sslmode=require"))
        .isEqualTo(
            Map.of(
                "spring.datasource.url", "jdbc:postgresql://db:5433/sluice?sslmode=require",
                "spring.datasource.username", "ann",
                "spring.datasource.password", "p@ss+word"));
  }

  @Test
  void aJdbcUrlIsKept() {
    assertThat(DatabaseUrl.properties("jdbc:postgresql://db/sluice?user=x"))
        .containsExactly(Map.entry("spring.datasource.url", "jdbc:postgresql://db/sluice?user=x"));
  }

  @Test
  void anythingElseIsRefusedWithoutRepeatingThePassword() {
    assertThatThrownBy(() -> DatabaseUrl.properties("mysql://root:secret@db/x"))
        .hasMessageContaining("DATABASE_URL")
        .hasMessageNotContaining("secret");
  }
}
