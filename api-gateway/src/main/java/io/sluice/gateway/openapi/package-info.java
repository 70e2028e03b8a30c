/// The contract of the API as OpenAPI, and a page to read and try it.
@NullMarked
package io.sluice.gateway.openapi;

import org.jspecify.annotations.NullMarked;
