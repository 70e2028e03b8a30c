/// The closed catalogue of problems: one word for the wire, the log, the metric and the documentation.
@NullMarked
package io.sluice.model.problem;

import org.jspecify.annotations.NullMarked;
