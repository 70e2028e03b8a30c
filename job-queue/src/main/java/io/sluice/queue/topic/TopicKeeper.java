package io.sluice.queue.topic;

import io.sluice.queue.client.KafkaClients;
import io.sluice.queue.client.ProduceCircuit;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Keeps the topics and group settings in existence for as long as the process runs, whatever happens to
/// Kafka in between: it may come later than this process, go away, lose a topic, or come back empty.
///
/// Looks every half minute, and at once and then every second when something is wrong.
///
/// **Invariant**: a topic is created only after the settings of the groups have been made.
public final class TopicKeeper implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(TopicKeeper.class);

  private static final Duration CALM = Duration.ofSeconds(30);
  private static final Duration ALARMED = Duration.ofSeconds(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(2);
  private static final Duration BETWEEN_CHECKS = Duration.ofMillis(100);

  private final KafkaClients clients;
  private final TopicPlan plan;
  private final GroupSettings groups;
  private final TopicSettings topics;
  private final ShareState shareState;
  private final ProduceCircuit circuit;
  private final Semaphore alarms = new Semaphore(0);
  private volatile @Nullable Thread thread;
  private volatile boolean seenWell;
  private @Nullable String lastProblem;

  public TopicKeeper(KafkaClients clients, TopicPlan plan, ProduceCircuit circuit) {
    this.clients = clients;
    this.plan = plan;
    this.groups = new GroupSettings(clients, plan);
    this.topics = new TopicSettings(clients, plan);
    this.shareState = new ShareState(clients, plan);
    this.circuit = circuit;
    circuit.whenOpened(alarms::release);
  }

  @Override
  public void start() {
    // Set before it runs: it looks whether it is to go on.
    Thread keeping = Thread.ofVirtual().name("topic-keeper").unstarted(this::run);
    thread = keeping;
    keeping.start();
  }

  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    if (running == null) {
      return;
    }
    running.interrupt();
    try {
      running.join(LONGEST_STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  /// Whether everything was in order at least once.
  public boolean seenWell() {
    return seenWell;
  }

  /// Early: others want to find the topics when they start.
  @Override
  public int getPhase() {
    return 0;
  }

  private void run() {
    try {
      while (Thread.currentThread().equals(thread)) {
        boolean well = check();
        Thread.sleep(BETWEEN_CHECKS);
        if (alarms.tryAcquire((well ? CALM : ALARMED).toMillis(), TimeUnit.MILLISECONDS)) {
          alarms.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("stopped");
    }
  }

  private boolean check() throws InterruptedException {
    try {
      groups.ensure();
      shareState.begin(topics.ensure());
      // Warms the shared producer up, and shows that it sees the topics too.
      plan.topics().all().forEach(topic -> clients.producer().partitionsFor(topic));
    } catch (InterruptException e) {
      throw new InterruptedException(e.getMessage());
    } catch (KafkaException e) {
      complain(e);
      return false;
    }
    circuit.brokerAnswered();
    seenWell = true;
    if (lastProblem != null) {
      LOG.info("topics are well again");
      lastProblem = null;
    }
    return true;
  }

  /// Once for each new problem: a Kafka that is away for an hour is one line, not thousands.
  private void complain(Throwable failure) {
    String problem = failure.getClass().getSimpleName();
    if (!problem.equals(lastProblem)) {
      LOG.warn("topics cannot be checked: {}: {}", problem, failure.getMessage());
      lastProblem = problem;
    }
  }
}
