/// What tests do to the places of a system.
@NullMarked
package io.sluice.acceptance.process;

import org.jspecify.annotations.NullMarked;
