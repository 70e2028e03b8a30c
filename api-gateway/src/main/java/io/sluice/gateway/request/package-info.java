/// What every request gets whatever it asks for: an id, a bound on its body, a measurement, one spelling of its path.
@NullMarked
package io.sluice.gateway.request;

import org.jspecify.annotations.NullMarked;
