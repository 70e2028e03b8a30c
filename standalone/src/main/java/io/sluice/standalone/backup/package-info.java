/// `sluice backup` and `sluice restore`: the database, staging and the object store, each copied at another moment while
/// everything goes on, and put together again.
@NullMarked
package io.sluice.standalone.backup;

import org.jspecify.annotations.NullMarked;
