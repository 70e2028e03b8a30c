/// `sluice logs`: shows what the services and servers of an instance say.
@NullMarked
package io.sluice.standalone.logs;

import org.jspecify.annotations.NullMarked;
