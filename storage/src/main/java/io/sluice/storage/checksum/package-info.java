/// Digests of byte streams: CRC32C and CRC32 always, SHA-256 where it is asked for, and how they combine.
@NullMarked
package io.sluice.storage.checksum;

import org.jspecify.annotations.NullMarked;
