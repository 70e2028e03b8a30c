/// `sluice status`: what an instance consists of and whether it serves.
@NullMarked
package io.sluice.standalone.status;

import org.jspecify.annotations.NullMarked;
