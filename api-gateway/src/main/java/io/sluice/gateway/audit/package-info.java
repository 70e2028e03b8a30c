/// Who did what, with which outcome.
@NullMarked
package io.sluice.gateway.audit;

import org.jspecify.annotations.NullMarked;
