/// One effect for each idempotency key, and the same answer again.
@NullMarked
package io.sluice.gateway.idempotency;

import org.jspecify.annotations.NullMarked;
