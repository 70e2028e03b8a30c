/// What a fleet knows of itself: counters, permits and signals in Redis that make it fair and fast, and
/// without which it is still correct.
@NullMarked
package io.sluice.coordination;

import org.jspecify.annotations.NullMarked;
