/// Requests in progress, counted over all gateways.
@NullMarked
package io.sluice.coordination.inflight;

import org.jspecify.annotations.NullMarked;
