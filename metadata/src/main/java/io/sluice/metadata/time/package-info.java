/// The database's clock, the only one by which ages are judged.
@NullMarked
package io.sluice.metadata.time;

import org.jspecify.annotations.NullMarked;
