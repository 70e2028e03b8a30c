package io.sluice.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The list of an owner with very many files: every page comes out of an index and touches a bounded number of
/// blocks. How long that takes depends on the machine and is printed; `-Dsluice.files=1000000` makes it a million.
class MillionFilesIT {

  private static final int FILES = Integer.getInteger("sluice.files", 100_000);
  private static final int ROUNDS = 200;

  private static GatewayUnderTest gateway;
  private static Client ann;

  /// Ids in the order of time, names of three kinds: `rare-` once in twenty thousand, `old-` for the
  /// first fifteen thousand, `photo-` for the rest. The history of a million births says nothing here.
  private static final String SEED =
      """
      insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes, total_chunks,
          chunks_per_part, status, origin, content_type, storage_element, object_key, expires_at,
          completed_at, listed_at, etag, sha256)
      select cast(lpad(to_hex(n), 12, '0') || '70008000000000000000' as uuid),
          case when n % 10 = 0 then 'bob' else 'ann' end,
          case when n % 20000 = 1 then 'rare-' when n <= 15000 then 'old-' else 'photo-' end || n,
          1000, 1000, 1, 1, 'COMPLETED', 'ONE_REQUEST', 'image/png', 'default', 'seed/' || n, now(),
          now(), now(), '"t"', repeat('ab', 32)
      from generate_series(:from, :to) n
      """;

  @BeforeAll
  static void seed() {
    gateway = GatewayUnderTest.start();
    ann = gateway.as(GatewayUnderTest.ANN);
    gateway.database().sql("alter table uploads disable trigger user").update();
    // Every tenth is another's. In steps, as the database ends what takes too long.
    int step = FILES / 9;
    for (int from = 1; from <= 10 * step; from += step) {
      gateway.database().sql(SEED).param("from", from).param("to", from + step - 1).update();
    }
    gateway.database().sql("alter table uploads enable trigger user").update();
    gateway.database().sql("vacuum analyze uploads").update();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "the newest, ''",
    "half way down and further, 'cursor'",
    "a name that few have, 'name_prefix=rare-'",
    "a name that nearly all have, 'name_prefix=photo-'",
    "a name that only old ones have, 'name_prefix=old-'",
    "a name that nobody has, 'name_prefix=none-'"
  })
  void aPageIsQuick(String which, String query) {
    long[] nanos = new long[ROUNDS];
    for (int round = -20; round < ROUNDS; round++) {
      String cursor =
          "cursor=" + FileCursor.write(id(FILES / 2 - FILES / 500 * Math.max(0, round)));
      long began = System.nanoTime();
      Answer page = ann.get("/v1/files?limit=100&" + (query.equals("cursor") ? cursor : query));
      if (round >= 0) {
        nanos[round] = System.nanoTime() - began;
      }
      assertThat(page.status()).isEqualTo(200);
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%d files, %s: median %.1f ms, p99 %.1f ms%n",
        FILES, which, nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS * 99 / 100] / 1e6);
  }

  /// More match than are found by name, and none of the newest: pages come short, and none is lost.
  @Test
  void aWalkByCursorFindsEachFileOnce() {
    Set<String> found = new HashSet<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page = ann.get("/v1/files?limit=1000&name_prefix=old-" + cursor).json();
      for (JsonNode item : page.path("items")) {
        assertThat(item.path("filename").asString()).startsWith("old-");
        assertThat(found.add(item.path("file_id").asString())).isTrue();
      }
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asString();
      pages++;
    } while (!cursor.isEmpty());

    long expected =
        gateway
            .database()
            .sql("select count(*) from uploads where owner_id = 'ann' and file_name like 'old-%'")
            .query(Long.class)
            .single();
    assertThat(expected).isGreaterThan(FileListing.FEW);
    assertThat(found).hasSize((int) expected);
    assertThat(pages).isGreaterThan((int) (expected / 1000) + 1);
  }

  @Test
  void everyPageComesOutOfAnIndex() {
    for (String question :
        List.of(
            FileListing.NEWEST,
            FileListing.COUNT_NAMED,
            FileListing.BY_NAME,
            FileListing.FARTHEST,
            FileListing.BY_TIME)) {
      String plan = explain(question);
      assertThat(plan).contains("Index").doesNotContain("Seq Scan");
      assertThat(blocks(plan)).as(plan).isLessThan(2 * FileListing.LOOKED_AT);
    }
    assertThat(blocks(explain(FileListing.NEWEST))).isLessThan(200);
  }

  private static String explain(String question) {
    return gateway
        .database()
        .sql("explain (analyze, buffers, format json) " + question)
        .param("ownerId", "ann")
        .param("before", id(FILES / 2))
        .param("limit", 101)
        .param("few", FileListing.FEW)
        .param("lookedAt", FileListing.LOOKED_AT)
        .param("farthest", id(FILES / 2 - FileListing.LOOKED_AT))
        .param("prefix", "photo-")
        .param("prefixEnd", "photo-" + Character.toString(Character.MAX_CODE_POINT))
        .query(String.class)
        .single();
  }

  private static int blocks(String plan) {
    JsonNode top = JsonMapper.shared().readTree(plan).path(0).path("Plan");
    return top.path("Shared Hit Blocks").asInt() + top.path("Shared Read Blocks").asInt();
  }

  private static UUID id(int number) {
    return new UUID(((long) number << 16) | 0x7000, 0x8000000000000000L);
  }
}
