/// Asks services and servers whether they serve.
@NullMarked
package io.sluice.standalone.health;

import org.jspecify.annotations.NullMarked;
