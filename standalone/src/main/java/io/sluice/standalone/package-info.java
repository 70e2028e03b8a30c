/// The `sluice` command: one machine, one command, everything that Sluice is.
@NullMarked
package io.sluice.standalone;

import org.jspecify.annotations.NullMarked;
