/// The table "what breaks, and who repairs it": one test for each row, on real processes.
@NullMarked
package io.sluice.acceptance.breaks;

import org.jspecify.annotations.NullMarked;
