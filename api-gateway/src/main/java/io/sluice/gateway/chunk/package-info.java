/// One chunk: from the socket into staging, into its row, into the queue, acknowledged.
@NullMarked
package io.sluice.gateway.chunk;

import org.jspecify.annotations.NullMarked;
