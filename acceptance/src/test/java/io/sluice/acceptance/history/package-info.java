/// Histories as they are written and read.
@NullMarked
package io.sluice.acceptance.history;

import org.jspecify.annotations.NullMarked;
