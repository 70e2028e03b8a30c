/// A Redis server as a child process.
@NullMarked
package io.sluice.embedded.redis;

import org.jspecify.annotations.NullMarked;
