/// Word from worker to gateway that an upload has ended, so that nobody waits for the next poll.
@NullMarked
package io.sluice.coordination.signal;

import org.jspecify.annotations.NullMarked;
