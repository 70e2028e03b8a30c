/// Requests a minute for each caller, over all gateways.
@NullMarked
package io.sluice.coordination.rate;

import org.jspecify.annotations.NullMarked;
