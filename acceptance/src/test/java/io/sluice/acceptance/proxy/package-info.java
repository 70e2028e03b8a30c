/// The fault proxy against a real S3 server.
@NullMarked
package io.sluice.acceptance.proxy;

import org.jspecify.annotations.NullMarked;
