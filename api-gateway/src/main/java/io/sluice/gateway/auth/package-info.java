/// Who is calling: API keys, owners, the admin role.
@NullMarked
package io.sluice.gateway.auth;

import org.jspecify.annotations.NullMarked;
