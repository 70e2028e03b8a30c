/// Puts an object together, proves that it is what was sent, and completes its upload.
@NullMarked
package io.sluice.worker.finalize;

import org.jspecify.annotations.NullMarked;
