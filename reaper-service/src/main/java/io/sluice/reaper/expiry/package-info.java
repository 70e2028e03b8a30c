/// Ends uploads that nobody works on any more.
@NullMarked
package io.sluice.reaper.expiry;

import org.jspecify.annotations.NullMarked;
