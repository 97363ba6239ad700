package io.annals.app.wiring;

import io.annals.app.http.GraphLimits;
import io.annals.app.http.HttpSettings;
import io.annals.app.http.PageLimits;
import io.annals.app.http.ScheduleLimits;
import io.annals.app.settings.Settings;
import io.annals.app.stream.StreamSettings;
import io.annals.app.wiring.AxonWiring.EntityCacheSize;
import io.annals.command.log.LogLimits;
import io.annals.query.event.EventLimits;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** What each room is told of the settings, in its own words. */
@Configuration(proxyBeanMethods = false)
class SettingsWiring {
  @Bean
  HttpSettings httpSettings(Settings settings) {
    String api = "server.api.";
    return new HttpSettings(
        Objects.requireNonNullElse(
            settings.textOrNull(api + "base_path"), HttpSettings.DEFAULT_BASE_PATH),
        settings.textOrNull(api + "auth_string"),
        settings.enabled(api + "csrf_protection_enabled"),
        settings.duration(api + "csrf_token_expiration"),
        HttpSettings.commaSeparated(settings.text(api + "cors_allowed_origins")),
        HttpSettings.commaSeparated(settings.text(api + "cors_allowed_methods")),
        HttpSettings.commaSeparated(settings.text(api + "cors_allowed_headers")),
        settings.integer("annals.max_request_bytes"),
        settings.integer("annals.max_concurrent_requests"),
        settings.integer("annals.max_waiting_requests"),
        settings.duration("annals.max_admission_wait_seconds"),
        settings.text("annals.forwarded_allow_ips"),
        settings.enabled("server.metrics_enabled"));
  }

  @Bean
  LogLimits logLimits(Settings settings) {
    return LogLimits.ofEvents(
        settings.integer("annals.max_queued_events"), settings.integer("annals.max_batch_events"));
  }

  @Bean
  PageLimits pageLimits(Settings settings) {
    return new PageLimits(settings.integer("server.api.default_limit"));
  }

  @Bean
  ScheduleLimits scheduleLimits(Settings settings) {
    return new ScheduleLimits(settings.integer("server.deployment_schedule_max_scheduled_runs"));
  }

  @Bean
  GraphLimits graphLimits(Settings settings) {
    return new GraphLimits(
        settings.integer("server.flow_run_graph.max_nodes"),
        settings.integer("server.flow_run_graph.max_artifacts"));
  }

  @Bean
  EventLimits eventLimits(Settings settings) {
    String events = "server.events.";
    return new EventLimits(
        settings.integer(events + "maximum_size_bytes"),
        settings.integer(events + "maximum_related_resources"),
        settings.integer(events + "maximum_labels_per_resource"),
        settings.integer(events + "maximum_event_name_length"));
  }

  @Bean
  StreamSettings streamSettings(Settings settings) {
    return new StreamSettings(
        settings.textOrNull("server.api.auth_string"),
        settings.integer("server.events.websocket_backfill_page_size"),
        settings.duration("server.events.maximum_websocket_backfill"),
        settings.duration("server.api.websocket_ping_interval"),
        settings.duration("server.api.websocket_ping_timeout"));
  }

  /** Prefect streams lines that are both published and handed out. */
  @Bean
  StreamWiring.LogStream logStream(Settings settings) {
    return new StreamWiring.LogStream(
        settings.enabled("server.logs.stream_out_enabled")
            && settings.enabled("server.logs.stream_publishing_enabled"));
  }

  @Bean
  EntityCacheSize entityCacheSize(Settings settings) {
    return new EntityCacheSize(settings.integer("annals.entity_cache_size"));
  }

  /** The tree of {@code GET /admin/settings}; it does not change while the server runs. */
  @Bean
  Supplier<JsonNode> effectiveTree(Settings settings) {
    JsonNode tree = settings.effectiveTree();
    return () -> tree;
  }

  @Bean
  PrometheusMeterRegistry meters() {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }
}
