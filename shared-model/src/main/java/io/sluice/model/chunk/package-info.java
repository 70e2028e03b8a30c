/// Chunks and parts: how a file is cut, how chunks group into parts, and the states of one chunk.
@NullMarked
package io.sluice.model.chunk;

import org.jspecify.annotations.NullMarked;
