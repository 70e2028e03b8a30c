/// Ratios with their spread, as a table and as JSON.
@NullMarked
package io.sluice.bench.report;

import org.jspecify.annotations.NullMarked;
