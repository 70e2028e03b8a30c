/// Child processes that are recognised again after a crash, never mistaken for another, and stopped in order.
@NullMarked
package io.sluice.embedded.process;

import org.jspecify.annotations.NullMarked;
