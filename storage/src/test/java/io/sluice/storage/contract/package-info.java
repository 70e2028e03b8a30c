/// The promises that every staging store and every object store keeps, run against each of them.
@NullMarked
package io.sluice.storage.contract;

import org.jspecify.annotations.NullMarked;
