/// What holds for the tests of every module.
@NullMarked
package io.sluice.testing;

import org.jspecify.annotations.NullMarked;
