/// `./sluice bench`: measures Sluice beside programs that do a part of the same work.
@NullMarked
package io.sluice.bench;

import org.jspecify.annotations.NullMarked;
