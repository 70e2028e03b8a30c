/// The bytes of a file, whole or by range, from wherever they are now.
@NullMarked
package io.sluice.gateway.download;

import org.jspecify.annotations.NullMarked;
