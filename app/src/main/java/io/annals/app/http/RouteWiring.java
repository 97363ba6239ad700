package io.annals.app.http;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What several routes share. */
@Configuration(proxyBeanMethods = false)
@Import({Commands.class, FlowDeletion.class, RetryAfter.class, WorkPlaces.class})
class RouteWiring {}
