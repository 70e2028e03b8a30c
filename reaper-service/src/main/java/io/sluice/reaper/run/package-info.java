/// What every repair has in common: a name, a limit, and a count of what it put right.
@NullMarked
package io.sluice.reaper.run;

import org.jspecify.annotations.NullMarked;
