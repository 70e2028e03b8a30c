package io.sluice.reaper;

import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The whole reaper: the pass, and the loops that run its steps by schedule. May share a context with the
/// other services.
@Configuration(proxyBeanMethods = false)
@ComponentScan("io.sluice.reaper.schedule")
@ConfigurationPropertiesScan("io.sluice.reaper.schedule")
@Import(ReaperPassConfiguration.class)
public class ReaperConfiguration {}
