/// How many threads carry the virtual ones.
@NullMarked
package io.sluice.runtime.thread;

import org.jspecify.annotations.NullMarked;
