/// Uploads that move do not expire.
@NullMarked
package io.sluice.gateway.activity;

import org.jspecify.annotations.NullMarked;
