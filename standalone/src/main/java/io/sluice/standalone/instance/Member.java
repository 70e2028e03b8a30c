package io.sluice.standalone.instance;

/// One service or embedded server of an instance, at its last start.
///
/// @param name unique in the instance, such as `worker-2`
/// @param role what it does
/// @param pid its process; 0 while it is being started again
/// @param port where it listens on 127.0.0.1
/// @param restarts how often it died and was started again
/// @param log the file with what it says
public record Member(String name, Role role, long pid, int port, int restarts, String log) {}
