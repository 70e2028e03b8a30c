/// A durable PostgreSQL server as a child process, its data in one directory.
@NullMarked
package io.sluice.embedded.postgres;

import org.jspecify.annotations.NullMarked;
