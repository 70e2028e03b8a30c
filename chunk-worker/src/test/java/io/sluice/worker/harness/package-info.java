/// What the worker's integration tests stand on: a worker without slots, whose jobs a test delivers by hand.
@NullMarked
package io.sluice.worker.harness;

import org.jspecify.annotations.NullMarked;
