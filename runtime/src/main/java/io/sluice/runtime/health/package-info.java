/// What a load balancer, an orchestrator and a person ask of a process: alive, ready, which version.
@NullMarked
package io.sluice.runtime.health;

import org.jspecify.annotations.NullMarked;
