/// One commit for many who come at once.
@NullMarked
package io.sluice.metadata.commit;

import org.jspecify.annotations.NullMarked;
