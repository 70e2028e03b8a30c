/// The programs that are measured, and what they use of the machine.
@NullMarked
package io.sluice.bench.server;

import org.jspecify.annotations.NullMarked;
