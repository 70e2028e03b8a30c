package io.sluice.reaper.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.upload.UploadStatus;
import io.sluice.reaper.ReaperFixture;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.StepName;
import io.sluice.storage.staging.StageRequest;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// No statement of the reaper reads a large table from end to end. The statements are not listed here:
/// they are those that PostgreSQL saw while every step ran with work to do.
class PlansIT {

  private static final Pattern WHOLE_TABLE =
      Pattern.compile("Seq Scan on (uploads|chunks|idempotency_keys|upload_events)\\b");

  /// The sweeps see everything for the first time.
  private static final Set<StepName> WORKING = EnumSet.range(StepName.DISPATCH, StepName.PRUNE);

  private final ReaperFixture reaper =
      ReaperFixture.local("sluice.reaper.chunk-row-retention-seconds=864000");

  @BeforeEach
  void fill() throws Exception {
    reaper.sql("set session_replication_role = replica", LargeTables.FILL, "analyze");
    UUID open = reaper.rows().upload(UploadStatus.IN_PROGRESS, 1000);
    for (int index = 0; index < 600; index++) {
      reaper
          .staging()
          .stage(
              StageRequest.exactly(open, index, 1, false),
              Channels.newChannel(new ByteArrayInputStream(new byte[1])));
    }
    String database = reaper.jdbc().sql("select current_database()").query(String.class).single();
    for (String setting :
        List.of(
            "session_preload_libraries = 'auto_explain'",
            "auto_explain.log_min_duration = 0",
            "client_min_messages = 'log'")) {
      reaper.sql("alter database " + database + " set " + setting);
    }
    ExplainedStatements.take();
  }

  @AfterEach
  void stop() {
    reaper.close();
  }

  @Test
  void noStatementReadsALargeTableWhole() throws Exception {
    assertNoneReadsWhole(plansOfEveryStep());
  }

  @Test
  void norDoesItOnceThePlanIsMadeForAnyParameters() throws Exception {
    assertNoneReadsWhole(
        plansOfEveryStep(
            "spring.datasource.hikari.connection-init-sql=set plan_cache_mode = force_generic_plan"));
  }

  private static void assertNoneReadsWhole(List<String> plans) {
    assertThat(plans)
        .as("only the last one, which shows that the others would be seen")
        .filteredOn(plan -> WHOLE_TABLE.matcher(plan).find())
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("crc32");
    assertThat(plans.stream().map(PlansIT::statement).distinct()).hasSizeGreaterThan(18);
  }

  private List<String> plansOfEveryStep(String... properties) throws Exception {
    try (ReaperFixture process = reaper.another(ExplainedStatements.class, properties)) {
      // As if nobody had looked for an hour, which every open upload gets back, and then as if they
      // had.
      reaper.sql("update deployment set expiry_seen_at = now() - interval '1 hour'");
      process.run(StepName.EXPIRY);
      reaper.sql(
          "set session_replication_role = replica",
          "update uploads set expires_at = expires_at - interval '1 hour'"
              + " where status in ('INITIATED', 'IN_PROGRESS')",
          "vacuum analyze uploads");
      for (StepName step : StepName.values()) {
        Run run = process.run(step);
        if (WORKING.contains(step)) {
          assertThat(run.counts()).as("work of " + step).isNotEmpty();
        }
      }
      process
          .jdbc()
          .sql("select count(*) from chunks where crc32 = :crc")
          .param("crc", 9)
          .query(Long.class)
          .single();
      return ExplainedStatements.take();
    }
  }

  private static String statement(String plan) {
    return plan.lines()
        .skip(1)
        .takeWhile(line -> !line.startsWith("Query Parameters:") && !line.contains("(cost="))
        .collect(Collectors.joining(" "));
  }
}
