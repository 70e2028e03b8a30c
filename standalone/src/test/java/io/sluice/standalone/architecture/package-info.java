/// The rules of the house that a machine can check, over all modules that a standalone Sluice consists of.
@NullMarked
package io.sluice.standalone.architecture;

import org.jspecify.annotations.NullMarked;
