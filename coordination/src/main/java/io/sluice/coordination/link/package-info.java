/// The connection to Redis, and the circuit that makes a dead Redis cheap.
@NullMarked
package io.sluice.coordination.link;

import org.jspecify.annotations.NullMarked;
