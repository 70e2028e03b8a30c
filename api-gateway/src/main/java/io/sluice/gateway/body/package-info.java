/// Bodies that are bytes of files: read as they come, cut off where they trickle.
@NullMarked
package io.sluice.gateway.body;

import org.jspecify.annotations.NullMarked;
