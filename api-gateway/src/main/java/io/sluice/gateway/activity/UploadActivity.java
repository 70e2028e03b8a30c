package io.sluice.gateway.activity;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Puts off the expiry of uploads on which something happens: one UPDATE now and then for all of them,
/// instead of one for each chunk.
@Component
public final class UploadActivity implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(UploadActivity.class);

  private static final int MOST_AT_ONCE = 1000;

  /// Locked in the order of their ids, as everyone locks several uploads.
  private static final String EXTEND =
      """
      update uploads set expires_at = now() + make_interval(secs => :ttlSeconds), updated_at = now()
      where id in (select id from uploads
          where id = any(:ids) and status in ('INITIATED', 'IN_PROGRESS')
          order by id for no key update)
      """;

  private final JdbcClient jdbc;
  private final ActivitySettings settings;
  private final Set<UUID> moving = ConcurrentHashMap.newKeySet();
  private @Nullable Thread loop;

  UploadActivity(JdbcClient jdbc, ActivitySettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /// Something happened on an upload.
  public void touch(UUID uploadId) {
    moving.add(uploadId);
  }

  /// Puts off the expiry of all that moved since the last time.
  void extend() {
    List<UUID> ids = moving.stream().limit(MOST_AT_ONCE).toList();
    while (!ids.isEmpty()) {
      jdbc.sql(EXTEND)
          .param("ids", ids.toArray(UUID[]::new))
          .param("ttlSeconds", settings.staleTtlSeconds())
          .update();
      ids.forEach(moving::remove);
      ids = moving.stream().limit(MOST_AT_ONCE).toList();
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(settings.interval());
        tryToExtend();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryToExtend() {
    try {
      extend();
    } catch (DataAccessException | TransactionException e) {
      LOG.atWarn().setCause(e).log("expiry was not put off");
    }
  }

  @Override
  public synchronized void start() {
    loop = Thread.ofVirtual().name("upload-activity").start(this::run);
  }

  @Override
  public synchronized void stop() {
    if (loop != null) {
      loop.interrupt();
      loop = null;
      tryToExtend();
    }
  }

  /// After the web server has answered its last request.
  @Override
  public int getPhase() {
    return 0;
  }

  @Override
  public synchronized boolean isRunning() {
    return loop != null;
  }
}
