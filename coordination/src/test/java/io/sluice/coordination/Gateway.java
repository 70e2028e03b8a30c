package io.sluice.coordination;

import static org.awaitility.Awaitility.await;

import io.sluice.coordination.inflight.InflightCounters;
import io.sluice.coordination.link.Keys;
import io.sluice.coordination.link.RedisLink;
import io.sluice.coordination.rate.RateLimit;
import io.sluice.coordination.signal.UploadSignals;
import io.sluice.coordination.window.FleetSlots;
import io.sluice.coordination.window.UploadWindow;
import io.sluice.coordination.window.WindowSize;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/// Coordination as one process has it: the beans of [CoordinationConfiguration] on a real Redis.
public final class Gateway implements AutoCloseable {

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  private Gateway(Map<String, Object> properties) {
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", properties));
    context.register(CoordinationConfiguration.class);
    context.refresh();
  }

  /// A prefix that no other test uses.
  public static String freshPrefix() {
    return "t-" + UUID.randomUUID();
  }

  /// A process that has found its Redis.
  public static Gateway on(String url, String prefix, String... more) {
    Gateway gateway = notWaiting(url, prefix, more);
    await().atMost(Duration.ofSeconds(30)).until(gateway.link()::up);
    return gateway;
  }

  /// A process that may not have found it yet.
  public static Gateway notWaiting(String url, String prefix, String... more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("sluice.redis.url", url);
    properties.put("sluice.redis.key-prefix", prefix);
    // The tests' machines are busy; what a dead Redis costs is measured where it is the subject.
    properties.put("sluice.redis.command-timeout", "2s");
    for (String property : more) {
      int at = property.indexOf('=');
      properties.put(property.substring(0, at), property.substring(at + 1));
    }
    return new Gateway(properties);
  }

  public RedisLink link() {
    return context.getBean(RedisLink.class);
  }

  public Keys keys() {
    return context.getBean(Keys.class);
  }

  public InflightCounters inflight() {
    return context.getBean(InflightCounters.class);
  }

  public UploadWindow window() {
    return context.getBean(UploadWindow.class);
  }

  public FleetSlots fleet() {
    return context.getBean(FleetSlots.class);
  }

  public WindowSize windowSize() {
    return context.getBean(WindowSize.class);
  }

  public RateLimit rateLimit() {
    return context.getBean(RateLimit.class);
  }

  public UploadSignals signals() {
    return context.getBean(UploadSignals.class);
  }

  /// Ends at once. Nothing that it holds in Redis is given back.
  @Override
  public void close() {
    context.close();
  }
}
