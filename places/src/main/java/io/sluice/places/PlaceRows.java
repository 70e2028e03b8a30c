package io.sluice.places;

import io.sluice.storage.place.Mark;
import io.sluice.storage.place.PlaceAddress;
import io.sluice.storage.place.PlaceKind;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the database knows of the deployment and its places.
final class PlaceRows {

  /// Whose database this is, and where it says that a place is.
  record Known(UUID deploymentId, Optional<PlaceRow> row) {}

  private static final String READ =
      """
      select d.id, p.place_id, p.backend, p.location, p.generation
      from deployment d left join places p on p.kind = :kind
      """;

  /// Each answered by an index of its own. A chunk is of this place while its upload lives. Whoever downloads
  /// what was sent in one request reads it here until it is joined, although all of it is STORED.
  private static final String STAGED_BYTES_EXPECTED =
      """
      select
        exists (select 1 from chunks c join uploads u on u.id = c.upload_id
          where c.status = 'STAGED' and c.enqueued_at is not null
            and u.status in ('INITIATED', 'IN_PROGRESS', 'COMPLETING'))
        or exists (select 1 from chunks c join uploads u on u.id = c.upload_id
          where c.status = 'STAGED' and c.enqueued_at is null and c.next_attempt_at is null
            and u.status in ('INITIATED', 'IN_PROGRESS', 'COMPLETING'))
        or exists (select 1 from chunks c join uploads u on u.id = c.upload_id
          where c.status in ('STAGED', 'DAMAGED') and c.next_attempt_at is not null
            and u.status in ('INITIATED', 'IN_PROGRESS', 'COMPLETING'))
        or exists (select 1 from chunks c join uploads u on u.id = c.upload_id
          where c.status = 'DAMAGED' and u.status in ('INITIATED', 'IN_PROGRESS', 'COMPLETING'))
        or exists (select 1 from uploads where status = 'COMPLETING' and origin = 'ONE_REQUEST')
      """;

  private static final String OBJECT_BYTES_EXPECTED =
      """
      select
        exists (select 1 from uploads where status = 'COMPLETED' and listed_at is not null)
        or exists (select 1 from uploads
          where status in ('INITIATED', 'IN_PROGRESS') and stored_chunks > 0)
        or exists (select 1 from uploads where status = 'COMPLETING' and stored_chunks > 0)
      """;

  private static final String IS_ONE_KNOWN =
      "select exists (select 1 from uploads where id = any(:ids))";

  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('sluice.places.' || :kind, 0))";

  /// 0 rows: somebody was first, although whoever claims holds the lock.
  private static final String INSERT =
      """
      insert into places (kind, place_id, backend, location, generation)
      values (:kind, :placeId, :backend, :location, :generation)
      on conflict do nothing
      """;

  private static final String REPLACE =
      """
      update places set place_id = :placeId, backend = :backend, location = :location,
        generation = :generation, claimed_at = now()
      where kind = :kind
      """;

  /// 0 rows: it was claimed anew meanwhile, which is as good.
  private static final String RELOCATE =
      """
      update places set backend = :backend, location = :location
      where kind = :kind and place_id = :placeId
      """;

  /// 0 rows: another process was first. 1: ours to write to the mark.
  private static final String MOVE =
      """
      update places set generation = generation + 1
      where kind = :kind and place_id = :placeId and generation = :seen
      """;

  private static final String HELD_UNTIL =
      "select removals_held_until from deployment where removals_held_until > now()";

  /// Whoever was cut off by the restore gets the time again that the upload had at its start. All are locked in
  /// the order that everybody else locks several of them in, so that nobody waits in a circle.
  private static final String RENEW =
      """
      with open as (
        select id from uploads where status in ('INITIATED', 'IN_PROGRESS')
        order by id for no key update
      )
      update uploads u set expires_at = greatest(u.expires_at, now() + (u.expires_at - u.created_at))
      from open where u.id = open.id
      """;

  private final JdbcClient jdbc;

  PlaceRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Known read(PlaceKind kind) {
    return jdbc.sql(READ)
        .param("kind", kind.name())
        .query((row, number) -> {
          UUID placeId = row.getObject("place_id", UUID.class);
          return new Known(
              row.getObject("id", UUID.class),
              placeId == null
                  ? Optional.empty()
                  : Optional.of(
                      new PlaceRow(
                          placeId,
                          row.getString("backend"),
                          row.getString("location"),
                          row.getLong("generation"))));
        })
        .single();
  }

  /// Whether a row needs bytes at a place.
  boolean bytesExpected(PlaceKind kind) {
    return jdbc.sql(
            switch (kind) {
              case STAGING -> STAGED_BYTES_EXPECTED;
              case OBJECTS -> OBJECT_BYTES_EXPECTED;
            })
        .query(Boolean.class)
        .single();
  }

  boolean isOneKnown(Set<UUID> uploads) {
    return !uploads.isEmpty()
        && jdbc.sql(IS_ONE_KNOWN)
            .param("ids", uploads.toArray(UUID[]::new))
            .query(Boolean.class)
            .single();
  }

  /// Keeps all others from claiming a place until the end of the transaction.
  void lock(PlaceKind kind) {
    jdbc.sql(LOCK).param("kind", kind.name()).query((row, number) -> true).single();
  }

  void insert(Mark mark, PlaceAddress address) {
    expectOne(write(INSERT, mark, address));
  }

  void replace(Mark mark, PlaceAddress address) {
    expectOne(write(REPLACE, mark, address));
  }

  private int write(String sql, Mark mark, PlaceAddress address) {
    return jdbc.sql(sql)
        .param("kind", mark.kind().name())
        .param("placeId", mark.placeId())
        .param("backend", address.backend())
        .param("location", address.location())
        .param("generation", mark.generation())
        .update();
  }

  private static void expectOne(int rows) {
    if (rows != 1) {
      throw new IllegalStateException("a place has " + rows + " rows");
    }
  }

  void relocate(PlaceRow row, PlaceAddress address) {
    jdbc.sql(RELOCATE)
        .param("kind", address.kind().name())
        .param("placeId", row.placeId())
        .param("backend", address.backend())
        .param("location", address.location())
        .update();
  }

  /// Moves the generation from the one that was seen.
  ///
  /// @return whether it was us
  boolean move(PlaceKind kind, PlaceRow seen) {
    return jdbc.sql(MOVE)
            .param("kind", kind.name())
            .param("placeId", seen.placeId())
            .param("seen", seen.generation())
            .update()
        == 1;
  }

  /// Until when nothing may be removed; empty if that is over, or nobody asked for it.
  Optional<Instant> heldUntil() {
    return jdbc.sql(HELD_UNTIL)
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }

  /// Lets no open upload end before its client had the time to come back.
  int renewOpenUploads() {
    return jdbc.sql(RENEW).update();
  }
}
