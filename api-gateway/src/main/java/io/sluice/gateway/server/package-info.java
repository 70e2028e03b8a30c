/// The HTTP server's own settings: buffers, time limits, and answers to requests that never reach a controller.
@NullMarked
package io.sluice.gateway.server;

import org.jspecify.annotations.NullMarked;
