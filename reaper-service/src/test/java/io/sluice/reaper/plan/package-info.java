/// Shows that the reaper's statements stay cheap however large the tables are.
@NullMarked
package io.sluice.reaper.plan;

import org.jspecify.annotations.NullMarked;
