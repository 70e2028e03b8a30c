/// What a file is, told from its bytes, and what is not accepted.
@NullMarked
package io.sluice.gateway.content;

import org.jspecify.annotations.NullMarked;
