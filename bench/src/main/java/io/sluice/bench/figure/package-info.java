/// What is measured, each figure on Sluice and on its peers.
@NullMarked
package io.sluice.bench.figure;

import org.jspecify.annotations.NullMarked;
