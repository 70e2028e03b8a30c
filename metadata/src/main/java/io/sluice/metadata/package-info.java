/// PostgreSQL, which holds the truth: migrations, the rows of uploads and chunks, the database's clock.
@NullMarked
package io.sluice.metadata;

import org.jspecify.annotations.NullMarked;
