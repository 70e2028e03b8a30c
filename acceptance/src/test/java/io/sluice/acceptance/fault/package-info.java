/// Tests of the list of faults.
@NullMarked
package io.sluice.acceptance.fault;

import org.jspecify.annotations.NullMarked;
