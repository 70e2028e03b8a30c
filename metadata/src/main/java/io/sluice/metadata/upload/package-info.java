/// The row of an upload, read as a record. Whoever changes it does so with guarded SQL of its own.
@NullMarked
package io.sluice.metadata.upload;

import org.jspecify.annotations.NullMarked;
