/// Decides which process runs which loop, and when.
@NullMarked
package io.sluice.reaper.schedule;

import org.jspecify.annotations.NullMarked;
