/// `sluice up`: takes a data directory, starts everything on it, and stops it in order.
@NullMarked
package io.sluice.standalone.up;

import org.jspecify.annotations.NullMarked;
