/// How far the workers are behind, as figures to scale by.
@NullMarked
package io.sluice.worker.lag;

import org.jspecify.annotations.NullMarked;
