/// What an operator asks and does over HTTP.
@NullMarked
package io.sluice.gateway.admin;

import org.jspecify.annotations.NullMarked;
