package io.annals.app.http;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings that differ from the defaults in what a test is about. */
final class Told {
  private String basePath = HttpSettings.DEFAULT_BASE_PATH;
  private @Nullable String auth;
  private boolean csrf;
  private boolean metrics;
  private List<String> origins = List.of("*");
  private List<String> methods = List.of("*");
  private List<String> headers = List.of("*");
  private long bodyBytes = 1024 * 1024;
  private int concurrent = 64;
  private int waiting = 64;
  private Duration wait = Duration.ofSeconds(30);
  private String proxies = "127.0.0.1,::1";

  Told at(String path) {
    basePath = path;
    return this;
  }

  Told withAuth(String authString) {
    auth = authString;
    return this;
  }

  Told withCsrf() {
    csrf = true;
    return this;
  }

  Told withMetrics() {
    metrics = true;
    return this;
  }

  Told withCors(List<String> allowedOrigins, List<String> allowedMethods, List<String> allowed) {
    origins = allowedOrigins;
    methods = allowedMethods;
    headers = allowed;
    return this;
  }

  Told withMaxBody(long bytes) {
    bodyBytes = bytes;
    return this;
  }

  Told withGate(int atOnce, int mayWait, Duration atMost) {
    concurrent = atOnce;
    waiting = mayWait;
    wait = atMost;
    return this;
  }

  Told withProxies(String addresses) {
    proxies = addresses;
    return this;
  }

  HttpSettings settings() {
    return new HttpSettings(
        basePath,
        auth,
        csrf,
        Duration.ofHours(1),
        origins,
        methods,
        headers,
        bodyBytes,
        concurrent,
        waiting,
        wait,
        proxies,
        metrics);
  }
}
