/// Faults: each does something to a running system and undoes it.
@NullMarked
package io.sluice.acceptance.fault;

import org.jspecify.annotations.NullMarked;
