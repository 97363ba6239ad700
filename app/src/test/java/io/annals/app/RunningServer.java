package io.annals.app;

import io.annals.app.database.Database;
import io.annals.app.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole server inside a test, told its settings as a process would be. */
final class RunningServer implements AutoCloseable {
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(1);

  private final Database database;
  private final ConfigurableApplicationContext context;
  private final HttpClient client = HttpClient.newHttpClient();

  private RunningServer(Database database, ConfigurableApplicationContext context) {
    this.database = database;
    this.context = context;
  }

  /** Starts one with jobs off, on a free port. */
  static RunningServer start(Path home, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("ANNALS_HOME", home.toString());
    all.put("PREFECT_SERVER_API_PORT", "0");
    Settings settings = Settings.load(all, home);
    Database database = Database.open(settings);
    Arguments arguments = Arguments.parse(List.of("server", "start", "--no-services"));
    return new RunningServer(database, Server.context(arguments, settings, database));
  }

  int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  HttpResponse<String> get(String path) {
    return send(request(path).build());
  }

  HttpResponse<String> post(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  HttpResponse<String> delete(String path) {
    return send(request(path).DELETE().build());
  }

  /** The JSON of an answer. */
  static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/api" + path))
        .timeout(LONGEST_ANSWER);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    context.close();
    database.close();
    client.close();
  }
}
