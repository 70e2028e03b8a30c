/// Named places in product code where the fault tests make a process die, wait or fail; dead in production.
@NullMarked
package io.sluice.failpoint;

import org.jspecify.annotations.NullMarked;
