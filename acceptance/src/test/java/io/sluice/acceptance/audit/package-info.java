/// The auditor under test: small worlds made up on a real database and real files, clean and sabotaged.
@NullMarked
package io.sluice.acceptance.audit;

import org.jspecify.annotations.NullMarked;
