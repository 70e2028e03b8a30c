/// One machine's worth of infrastructure, started from Maven artifacts, shared by the tests of one JVM.
@NullMarked
package io.sluice.embedded;

import org.jspecify.annotations.NullMarked;
