/// Where the bytes are: which staging and which object store this process uses, by its settings.
@NullMarked
package io.sluice.storage;

import org.jspecify.annotations.NullMarked;
