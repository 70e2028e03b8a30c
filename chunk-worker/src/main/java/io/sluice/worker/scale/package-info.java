/// How many heavy jobs at once are good for the store.
@NullMarked
package io.sluice.worker.scale;

import org.jspecify.annotations.NullMarked;
