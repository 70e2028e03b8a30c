/// The torture run: clients, faults, healing, quiet, audit; seeded, with a table at the end.
@NullMarked
package io.sluice.acceptance.torture;

import org.jspecify.annotations.NullMarked;
