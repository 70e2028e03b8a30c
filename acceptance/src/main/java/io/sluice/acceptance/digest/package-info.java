/// Digests, taken by this module itself.
@NullMarked
package io.sluice.acceptance.digest;

import org.jspecify.annotations.NullMarked;
