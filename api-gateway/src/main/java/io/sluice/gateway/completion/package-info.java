/// The end of an upload: asked for once, waited for with patience.
@NullMarked
package io.sluice.gateway.completion;

import org.jspecify.annotations.NullMarked;
