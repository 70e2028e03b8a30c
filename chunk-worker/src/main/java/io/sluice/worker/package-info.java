/// The worker process: consumes jobs, moves bytes, finalises, deletes.
@NullMarked
package io.sluice.worker;

import org.jspecify.annotations.NullMarked;
