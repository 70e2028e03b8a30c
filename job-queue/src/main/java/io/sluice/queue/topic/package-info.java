/// The topics and share groups: their names, their settings, and keeping them in existence.
@NullMarked
package io.sluice.queue.topic;

import org.jspecify.annotations.NullMarked;
