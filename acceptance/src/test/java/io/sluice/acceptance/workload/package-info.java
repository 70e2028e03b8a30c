/// What clients decide, without a server.
@NullMarked
package io.sluice.acceptance.workload;

import org.jspecify.annotations.NullMarked;
