package io.sluice.worker.retry;

import io.sluice.worker.circuit.CircuitListener;
import io.sluice.worker.circuit.StoreCircuit;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Brings parked jobs forward when there is reason to think that they can be done now: a probe that writes
/// succeeds again, or one of them was done. By themselves they come back slowly, up to a quarter of an hour
/// apart.
@Component
public class ParkedJobs implements CircuitListener {

  private static final Logger LOG = LoggerFactory.getLogger(ParkedJobs.class);

  /// Over so long, lest all come back at one moment.
  private static final Duration SPREAD = Duration.ofSeconds(3);

  /// What waits for less is left alone: it may be a lease, and somebody at it.
  private static final Duration LONGER_THAN_LEASES = Duration.ofSeconds(45);

  /// So many at a time, those first that have waited longest for their try; the next that is done brings on
  /// more. What somebody holds is being looked after.
  private static final String RELEASE =
      """
      with parked as (
        select job_type, upload_id, part from dead_letters
        where cause = any(cast(:causes as text[])) and replayed_at is null and resolved_at is null
        order by last_failed_at limit 1000
      ), waiting as (
        select c.upload_id, c.chunk_index
        from parked p join uploads u on u.id = p.upload_id
          join chunks c on c.upload_id = u.id
            and c.chunk_index between p.part * u.chunks_per_part
                                  and (p.part + 1) * u.chunks_per_part - 1
        where p.job_type = 'STORE_PART' and c.status in ('STAGED', 'DAMAGED')
          and c.next_attempt_at > now() + make_interval(secs => :longerThanLeases)
        for update of c skip locked
      ), chunk as (
        update chunks c set next_attempt_at = now() + random() * make_interval(secs => :spread)
        from waiting w where c.upload_id = w.upload_id and c.chunk_index = w.chunk_index
        returning 1
      ), idle as (
        select u.id from parked p join uploads u on u.id = p.upload_id
        where p.job_type <> 'STORE_PART'
          and u.next_attempt_at > now() + make_interval(secs => :longerThanLeases)
          and u.status in ('COMPLETING', 'FAILED', 'ABORTED', 'DELETED') and u.purged_at is null
        for update of u skip locked
      ), upload as (
        update uploads u set next_attempt_at = now() + random() * make_interval(secs => :spread)
        from idle i where u.id = i.id
        returning 1
      )
      select (select count(*) from chunk) + (select count(*) from upload)
      """;

  private final Map<String, Long> lastReleased = new ConcurrentHashMap<>();
  private final JdbcClient jdbc;

  ParkedJobs(JdbcClient jdbc, StoreCircuit circuit) {
    this.jdbc = jdbc;
    circuit.addListener(this);
  }

  @Override
  public void opened() {}

  /// The store takes bytes again, whatever it was that kept it.
  @Override
  public void closed() {
    Thread.ofVirtual().name("release-parked").start(this::releaseOfTheStore);
  }

  /// Brings forward what the object store kept from being done.
  void releaseOfTheStore() {
    release(
        Arrays.stream(ParkCause.values())
            .filter(ParkCause::isOfTheStore)
            .map(ParkCause::wire)
            .toList());
  }

  /// One job with this cause was done; the others may be too. Asked by every job that is done, so it does not
  /// make them wait, and does not ask the database each time.
  public void release(String cause) {
    long now = System.nanoTime();
    Long before = lastReleased.get(cause);
    boolean soon = before != null && now - before < SPREAD.toNanos();
    if (!soon
        && lastReleased.compute(cause, (key, last) -> same(last, before) ? now : last) == now) {
      Thread.ofVirtual().name("release-parked").start(() -> release(List.of(cause)));
    }
  }

  private static boolean same(@Nullable Long one, @Nullable Long other) {
    return Objects.equals(one, other);
  }

  private void release(Collection<String> causes) {
    try {
      long released =
          jdbc.sql(RELEASE)
              .param("causes", causes.toArray(String[]::new))
              .param("spread", SPREAD.toMillis() / 1e3)
              .param("longerThanLeases", LONGER_THAN_LEASES.toSeconds())
              .query(Long.class)
              .single();
      if (released > 0) {
        LOG.atInfo()
            .addKeyValue("causes", causes)
            .addKeyValue("rows", released)
            .log("parked jobs brought forward");
      }
    } catch (RuntimeException e) {
      // They come back by themselves.
      LOG.atWarn().setCause(e).log("parked jobs not brought forward");
    }
  }
}
