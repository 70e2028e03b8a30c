/// One running Sluice on one data directory: where its files are, what it consists of, and how other commands see that.
@NullMarked
package io.sluice.standalone.instance;

import org.jspecify.annotations.NullMarked;
