/// The system under test: the built jars and their servers, each a process that can be killed, frozen and stopped.
@NullMarked
package io.sluice.acceptance.process;

import org.jspecify.annotations.NullMarked;
