/// Object stores: where the bytes of files end up, a local directory or any S3.
@NullMarked
package io.sluice.storage.object;

import org.jspecify.annotations.NullMarked;
