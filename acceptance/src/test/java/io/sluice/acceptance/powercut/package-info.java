/// The power cut: everything on one file system, its image copied under load, and started again from the copy.
@NullMarked
package io.sluice.acceptance.powercut;

import org.jspecify.annotations.NullMarked;
