/// Whose the places are that hold bytes: claims them, looks at their marks again and again, and answers
/// whoever wants to put, judge or remove bytes there.
@NullMarked
package io.sluice.places;

import org.jspecify.annotations.NullMarked;
