/// Keeps members running: what dies is started again, after a pause that grows.
@NullMarked
package io.sluice.standalone.supervision;

import org.jspecify.annotations.NullMarked;
