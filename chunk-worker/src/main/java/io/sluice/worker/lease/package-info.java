/// Work that takes longer than a record may stay in hand: it holds a lease in PostgreSQL instead.
@NullMarked
package io.sluice.worker.lease;

import org.jspecify.annotations.NullMarked;
