package io.sluice.runtime.health;

import java.util.Optional;

/// Something without which a process cannot do its work, or not all of it.
public interface ReadinessCheck {

  /// A lower-case word for people and alerts, such as `database`.
  String name();

  /// Whether a process without it is not ready; otherwise it is ready and says what it lacks.
  default boolean isRequired() {
    return true;
  }

  /// Returns if it is there.
  ///
  /// @throws NotReadyException why it is not, shown to callers and not logged: whoever throws it has
  ///     said so
  /// @throws Exception why it is not; logged, never shown to callers
  void check() throws Exception;

  /// What there is to say of it although it is there, in one line that anybody may read.
  default Optional<String> note() {
    return Optional.empty();
  }
}
