/// Uploads as their clients see them: begun, looked at, listed, aborted.
@NullMarked
package io.sluice.gateway.upload;

import org.jspecify.annotations.NullMarked;
