/// The direct buffers through which every byte passes, reused and bounded.
@NullMarked
package io.sluice.storage.buffer;

import org.jspecify.annotations.NullMarked;
