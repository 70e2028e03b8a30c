/// Whether anything may be removed or ended just now.
@NullMarked
package io.sluice.reaper.removal;

import org.jspecify.annotations.NullMarked;
