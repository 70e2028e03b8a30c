/// Refusals as RFC 9457 problems: one catalogue, one writer, one place where exceptions become answers.
@NullMarked
package io.sluice.gateway.problem;

import org.jspecify.annotations.NullMarked;
