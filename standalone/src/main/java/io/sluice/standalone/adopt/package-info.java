/// `sluice adopt`: makes a place that holds bytes this deployment's.
@NullMarked
package io.sluice.standalone.adopt;

import org.jspecify.annotations.NullMarked;
