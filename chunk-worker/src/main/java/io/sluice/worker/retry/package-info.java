/// What went wrong with a job, when it is tried again, and when it is given up.
@NullMarked
package io.sluice.worker.retry;

import org.jspecify.annotations.NullMarked;
