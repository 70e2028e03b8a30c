/// The embedded PostgreSQL, Kafka, Redis and S3 server of an instance, all started at once.
@NullMarked
package io.sluice.standalone.infrastructure;

import org.jspecify.annotations.NullMarked;
