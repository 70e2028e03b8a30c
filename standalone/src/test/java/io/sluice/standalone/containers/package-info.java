/// Checks of the container files that need no container engine.
@NullMarked
package io.sluice.standalone.containers;

import org.jspecify.annotations.NullMarked;
