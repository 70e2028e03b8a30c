/// The auditor: it compares what clients were told with what is there, and knows nothing of the services' code.
@NullMarked
package io.sluice.acceptance.audit;

import org.jspecify.annotations.NullMarked;
