package io.annals.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import io.annals.query.block.BlockDocumentQueries;
import io.annals.query.block.BlockReferences;
import io.annals.query.block.BlockSchemaQueries;
import io.annals.query.configuration.ServerConfiguration;
import io.annals.query.csrf.CsrfTokens;
import io.annals.query.secret.Fernet;
import io.annals.query.secret.SealedData;
import io.annals.query.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A server with the HTTP behaviour of the real one and the routes of {@link RehearsalRoutes}. */
final class TestServer implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  private TestServer(ConfigurableApplicationContext context) {
    this.context = context;
    this.port =
        Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort();
  }

  static TestServer start(HttpSettings settings) {
    return new TestServer(
        new SpringApplicationBuilder(Wiring.class)
            .initializers(
                created ->
                    ((GenericApplicationContext) created)
                        .registerBean(HttpSettings.class, () -> settings))
            .properties(
                Map.of(
                    "server.port", "0",
                    "server.address", "127.0.0.1",
                    "spring.threads.virtual.enabled", "true",
                    "spring.web.resources.add-mappings", "false",
                    "spring.jackson.property-naming-strategy", "SNAKE_CASE",
                    "spring.main.banner-mode", "off"))
            .run());
  }

  int port() {
    return port;
  }

  HttpClient client() {
    return client;
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  HttpResponse<String> get(String path, String... headers) {
    return ask(path, request -> headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> send(String method, String path, String... headers) {
    return ask(
        path,
        request -> {
          request.method(method, HttpRequest.BodyPublishers.noBody());
          return headers.length == 0 ? request : request.headers(headers);
        });
  }

  HttpResponse<String> ask(String path, UnaryOperator<HttpRequest.Builder> how) {
    try {
      return client.send(how.apply(request(path)).build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopping) {
      throw new IllegalStateException(stopping);
    }
  }

  /** What a meter says now. */
  double meter(String name) {
    return bean(MeterRegistry.class).get(name).meter().measure().iterator().next().getValue();
  }

  void awaitMeter(String name, double value) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (meter(name) != value && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(meter(name)).isEqualTo(value);
  }

  /** What comes back for bytes that no HTTP client would send. */
  String raw(String head, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write((head + "Connection: close\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      InputStream answer = socket.getInputStream();
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    client.close();
    context.close();
  }

  /** One PostgreSQL for all test servers of this JVM. */
  private static final class Postgres {
    static final DataSource DATA_SOURCE = start();

    private static DataSource start() {
      try {
        DataSource started = EmbeddedPostgres.start().getPostgresDatabase();
        Flyway.configure().dataSource(started).load().migrate();
        return started;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** Only what is named here: the real {@link SpringBootApplication} has more routes. */
  @EnableAutoConfiguration
  @Import({
    ErrorResponses.class,
    HttpWiring.class,
    RootRoutes.class,
    AdminRoutes.class,
    CsrfTokenRoutes.class,
    MetricsRoutes.class,
    RehearsalRoutes.class,
    OutsideRoutes.class
  })
  static class Wiring {
    @Bean
    DataSource dataSource() {
      return Postgres.DATA_SOURCE;
    }

    @Bean
    PrometheusMeterRegistry meters() {
      return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @Bean
    CsrfTokens csrfTokens(JdbcClient jdbc) {
      return new CsrfTokens(
          jdbc, InstantSource.system(), () -> Generators.timeBasedEpochGenerator().generate());
    }

    @Bean
    ServerConfiguration serverConfiguration(JdbcClient jdbc) {
      return new ServerConfiguration(jdbc);
    }

    @Bean
    BlockDocumentQueries blockDocumentQueries(DataSource source) {
      Database database = new Database(source, source);
      SecureRandom random = new SecureRandom();
      return new BlockDocumentQueries(
          database,
          new BlockSchemaQueries(database),
          new BlockReferences(database),
          new SealedData(new Fernet(Fernet.newKey(random), random, InstantSource.system())));
    }

    @Bean
    Supplier<JsonNode> effectiveTree() {
      return () -> JsonNodeFactory.instance.objectNode().put("home", "~/.prefect");
    }

    @Bean
    ReadinessCheck databaseAnswers(RehearsalRoutes routes) {
      return () -> routes.databaseIsGone ? ReadinessCheck.DATABASE_TROUBLE : null;
    }

    @Bean
    Readiness readiness(List<ReadinessCheck> checks) {
      return new Readiness(checks, List::of);
    }
  }
}
