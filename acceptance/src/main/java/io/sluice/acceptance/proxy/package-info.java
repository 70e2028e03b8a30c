/// A proxy that stands between the services and an S3 server and misbehaves on demand.
@NullMarked
package io.sluice.acceptance.proxy;

import org.jspecify.annotations.NullMarked;
