/// Clients: seeded, several at once, over HTTP only, patient where the answer says to come back.
@NullMarked
package io.sluice.acceptance.workload;

import org.jspecify.annotations.NullMarked;
