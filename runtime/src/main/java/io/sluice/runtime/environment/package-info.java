/// Plain environment names: which variable sets which property, and the defaults every service shares.
@NullMarked
package io.sluice.runtime.environment;

import org.jspecify.annotations.NullMarked;
