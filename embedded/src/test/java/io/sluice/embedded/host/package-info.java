/// A JVM that runs a server for a test that kills it.
@NullMarked
package io.sluice.embedded.host;

import org.jspecify.annotations.NullMarked;
