package io.sluice.runtime.health;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// What a service imports to answer `/health`, `/health/live`, `/health/ready` and `/version`.
@Configuration(proxyBeanMethods = false)
@Import({HealthController.class, VersionController.class, DatabaseReadiness.class})
public class HealthConfiguration {}
