/// A gateway on real infrastructure, and the means to ask it things over HTTP.
@NullMarked
package io.sluice.gateway.testing;

import org.jspecify.annotations.NullMarked;
