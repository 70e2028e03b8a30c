/// What the schema itself promises, whoever writes to it.
@NullMarked
package io.sluice.metadata.schema;

import org.jspecify.annotations.NullMarked;
