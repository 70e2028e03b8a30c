/// The contract as an OpenAPI document, and a page to try it.
@NullMarked
package io.sluice.gateway.openapi;

import org.jspecify.annotations.NullMarked;
