/// Puts jobs into the queue for what was marked as enqueued.
@NullMarked
package io.sluice.reaper.job;

import org.jspecify.annotations.NullMarked;
