/// What a run left behind, read straight from PostgreSQL, disks, stores, Kafka and HTTP, past the services.
@NullMarked
package io.sluice.acceptance.facts;

import org.jspecify.annotations.NullMarked;
