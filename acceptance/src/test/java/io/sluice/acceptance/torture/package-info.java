/// Tests of the torture command.
@NullMarked
package io.sluice.acceptance.torture;

import org.jspecify.annotations.NullMarked;
