/// Jobs: what a worker can be asked to do, by ids only.
@NullMarked
package io.sluice.model.job;

import org.jspecify.annotations.NullMarked;
