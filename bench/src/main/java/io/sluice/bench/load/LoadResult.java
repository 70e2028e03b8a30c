package io.sluice.bench.load;

/// What a load took.
///
/// @param operations all done, and all accepted in the end
/// @param seconds from the first to the last
/// @param refusals how often a client was told to wait and asked again
/// @param latency of one operation with its waits
public record LoadResult(long operations, double seconds, long refusals, Latency latency) {}
