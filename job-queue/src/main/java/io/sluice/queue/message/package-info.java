/// A job as bytes on the wire, and back.
@NullMarked
package io.sluice.queue.message;

import org.jspecify.annotations.NullMarked;
