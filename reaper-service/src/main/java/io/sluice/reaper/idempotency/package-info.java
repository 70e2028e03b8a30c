/// Forgets answers whose time is over.
@NullMarked
package io.sluice.reaper.idempotency;

import org.jspecify.annotations.NullMarked;
