/// An S3 server as a child process with a class path of its own.
@NullMarked
package io.sluice.embedded.s3;

import org.jspecify.annotations.NullMarked;
