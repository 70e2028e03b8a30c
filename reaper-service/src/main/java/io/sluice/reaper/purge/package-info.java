/// Asks for the purge of ended uploads that nobody asked for yet.
@NullMarked
package io.sluice.reaper.purge;

import org.jspecify.annotations.NullMarked;
