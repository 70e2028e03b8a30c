/// Many clients doing one kind of work, and what that took.
@NullMarked
package io.sluice.bench.load;

import org.jspecify.annotations.NullMarked;
