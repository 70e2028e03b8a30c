/// The S3 server's own process.
@NullMarked
package io.sluice.embedded.s3proxy;

import org.jspecify.annotations.NullMarked;
