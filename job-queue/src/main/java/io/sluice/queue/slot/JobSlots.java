package io.sluice.queue.slot;

import io.sluice.model.job.Lane;
import org.springframework.context.SmartLifecycle;

/// The slots of one worker process. Make it a bean: it starts when the context has started and drains
/// first when the context stops.
///
/// Nothing of Kafka's makes a call here fail or block: a slot whose consumer breaks opens another with
/// back-off, for as long as it takes.
public interface JobSlots extends SmartLifecycle {

  /// Lets the slots of a lane finish what they hold and take no more, until [#resume]. Jobs wait in the
  /// queue and burn nothing: the answer to a store that is down.
  void pause(Lane lane);

  /// Ends a pause.
  void resume(Lane lane);

  /// Whether a lane is paused.
  boolean paused(Lane lane);

  /// How many of the heavy slots may take jobs, 0 to all of them. Fewer than are busy is no harm: those
  /// too many stop after the job in hand.
  void setActiveHeavySlots(int count);

  /// What [#setActiveHeavySlots] said last; all of them at the start.
  int activeHeavySlots();

  /// Slots of a lane with jobs in hand.
  int busySlots(Lane lane);

  /// Jobs that a handler could not settle and that went back to the tail of their topic, since the start.
  long handedBack();

  /// Acknowledgements that Kafka refused or did not answer, since the start. Such a job comes again.
  long failedAcknowledgements();
}
