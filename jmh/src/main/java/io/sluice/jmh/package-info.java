/// How all benchmarks are timed.
@NullMarked
package io.sluice.jmh;

import org.jspecify.annotations.NullMarked;
