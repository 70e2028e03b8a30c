/// What the clients of a run saw, one JSON line for each answer, written before the client goes on.
@NullMarked
package io.sluice.acceptance.history;

import org.jspecify.annotations.NullMarked;
