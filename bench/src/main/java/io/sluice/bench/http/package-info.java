/// HTTP/1.1 over plain sockets, so that the load generator costs little beside what it measures.
@NullMarked
package io.sluice.bench.http;

import org.jspecify.annotations.NullMarked;
