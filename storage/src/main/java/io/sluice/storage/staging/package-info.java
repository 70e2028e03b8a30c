/// Staging: durable bytes that no reader of files can see yet, shared by all gateways and workers.
@NullMarked
package io.sluice.storage.staging;

import org.jspecify.annotations.NullMarked;
