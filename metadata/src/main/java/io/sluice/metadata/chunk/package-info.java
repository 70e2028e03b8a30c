/// The row of a chunk, read as a record.
@NullMarked
package io.sluice.metadata.chunk;

import org.jspecify.annotations.NullMarked;
