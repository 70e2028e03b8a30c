/// Back-pressure: who may send now, who waits a little, who must come again.
@NullMarked
package io.sluice.gateway.admission;

import org.jspecify.annotations.NullMarked;
