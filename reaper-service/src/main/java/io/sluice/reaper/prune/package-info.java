/// Removes chunk rows that say nothing any more.
@NullMarked
package io.sluice.reaper.prune;

import org.jspecify.annotations.NullMarked;
