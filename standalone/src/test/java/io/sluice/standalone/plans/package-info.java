/// How PostgreSQL goes about the statements of all services.
@NullMarked
package io.sluice.standalone.plans;

import org.jspecify.annotations.NullMarked;
