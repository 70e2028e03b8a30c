/// How many jobs of one upload may be in the queue or in hand at once.
@NullMarked
package io.sluice.coordination.window;

import org.jspecify.annotations.NullMarked;
