package io.sluice.runtime.health;

/// Something without which a process cannot do its work.
public interface ReadinessCheck {

  /// A lower-case word for people and alerts, such as `database`.
  String name();

  /// Returns if it is there.
  ///
  /// @throws Exception why it is not; logged, never shown to callers
  void check() throws Exception;
}
