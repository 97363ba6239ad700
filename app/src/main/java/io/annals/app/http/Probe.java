package io.annals.app.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.annals.app.StartupFailure;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a process answers that only runs jobs: whether it lives, whether it can work, and its
 * metrics, at the paths where a whole server has them.
 */
public final class Probe implements SmartLifecycle {
  /** Connections that may wait for an answer; who probes asks again. */
  private static final int MOST_WAITING = 16;

  private static final String JSON = "application/json";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_ALLOWED = 405;

  private final HttpSettings settings;
  private final String host;
  private final @Nullable Integer port;
  private final Readiness readiness;
  private final PrometheusMeterRegistry meters;
  private final JsonMapper json;
  private @Nullable HttpServer server;

  /**
   * Answers from its start on.
   *
   * @param port where it listens, 0 for any; null: nowhere
   */
  public Probe(
      HttpSettings settings,
      String host,
      @Nullable Integer port,
      Readiness readiness,
      PrometheusMeterRegistry meters,
      JsonMapper json) {
    this.settings = settings;
    this.host = host;
    this.port = port;
    this.readiness = readiness;
    this.meters = meters;
    this.json = json;
  }

  /** Where it listens; null: nowhere. */
  public @Nullable Integer port() {
    return server == null ? null : server.getAddress().getPort();
  }

  @Override
  public void start() {
    if (port == null) {
      return;
    }
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
      HttpServer created = HttpServer.create(address, MOST_WAITING);
      created.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      created.createContext("/", this::answer);
      created.start();
      server = created;
    } catch (IOException taken) {
      throw StartupFailure.because(
          "Port %d of %s cannot be listened at (%s): choose another with ANNALS_SERVICES_PORT."
              .formatted(port, host, taken.getMessage()));
    }
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  @Override
  public boolean isRunning() {
    return server != null;
  }

  private void answer(HttpExchange exchange) {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(NOT_ALLOWED, -1);
      } else if (path.equals(settings.basePath() + "/health")) {
        send(exchange, OK, JSON, bytes("true"));
      } else if (path.equals(settings.basePath() + "/ready")) {
        ready(exchange);
      } else if (path.equals(settings.basePath() + "/metrics") && settings.metricsEnabled()) {
        metrics(exchange);
      } else {
        exchange.sendResponseHeaders(NOT_FOUND, -1);
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private void ready(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    ResponseEntity<Readiness.Answer> answer =
        readiness.answer(query != null && query.startsWith(RootRoutes.VERBOSE));
    byte[] body = json.writeValueAsBytes(answer.getBody());
    send(exchange, answer.getStatusCode().value(), JSON, body);
  }

  private void metrics(HttpExchange exchange) throws IOException {
    String authString = settings.authString();
    Headers headers = exchange.getRequestHeaders();
    if (authString != null
        && !new BasicAuthFilter(settings, authString).knows(headers.getFirst("Authorization"))) {
      exchange.sendResponseHeaders(UNAUTHORIZED, -1);
      return;
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    meters.scrape(text, MetricsRoutes.TEXT_FORMAT);
    send(exchange, OK, MetricsRoutes.TEXT_FORMAT, text.toByteArray());
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
