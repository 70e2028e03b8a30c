/// Staging and object store in directories, and the calls that make their names survive a power cut.
@NullMarked
package io.sluice.storage.local;

import org.jspecify.annotations.NullMarked;
