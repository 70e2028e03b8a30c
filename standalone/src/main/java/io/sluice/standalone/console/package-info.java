/// What a person sees in the terminal: the only place that writes to standard output.
@NullMarked
package io.sluice.standalone.console;

import org.jspecify.annotations.NullMarked;
