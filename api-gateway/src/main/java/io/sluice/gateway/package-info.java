/// The gateway: HTTP in, bytes durable in staging, rows in PostgreSQL, jobs for the workers; files out.
@NullMarked
package io.sluice.gateway;

import org.jspecify.annotations.NullMarked;
