package io.sluice.standalone.infrastructure;

import io.sluice.standalone.supervision.Supervised;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// One embedded server and what a service must be told to find it, by environment names.
///
/// @param member starts it and keeps it running
/// @param fixed what is known before it runs
/// @param names of what may be used only when it runs
/// @param environment the values of these names; the same after every restart
record EmbeddedServer(
    Supervised member,
    Map<String, String> fixed,
    Set<String> names,
    Supplier<Map<String, String>> environment) {}
