/// `sluice down`: stops the instance of a data directory.
@NullMarked
package io.sluice.standalone.down;

import org.jspecify.annotations.NullMarked;
