/// The reaper: repairs what crashes left behind and clears away what was abandoned.
///
/// Every repair is a guarded statement that finds its own work in PostgreSQL, so it may run twice, on two
/// machines at once, or be killed in the middle.
@NullMarked
package io.sluice.reaper;

import org.jspecify.annotations.NullMarked;
