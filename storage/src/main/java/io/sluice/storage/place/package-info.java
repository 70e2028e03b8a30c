/// Whose the places are that hold bytes: the mark each carries, and who may be asked whether it is ours.
@NullMarked
package io.sluice.storage.place;

import org.jspecify.annotations.NullMarked;
