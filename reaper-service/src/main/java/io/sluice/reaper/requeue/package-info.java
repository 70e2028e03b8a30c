/// Finds work that nobody has a job for, and makes one: lost jobs, due retries, parts that were never called up.
@NullMarked
package io.sluice.reaper.requeue;

import org.jspecify.annotations.NullMarked;
