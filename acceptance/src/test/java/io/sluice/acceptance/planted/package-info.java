/// Tests of the planted bugs, which are patches.
@NullMarked
package io.sluice.acceptance.planted;

import org.jspecify.annotations.NullMarked;
