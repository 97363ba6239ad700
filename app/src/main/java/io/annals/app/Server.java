package io.annals.app;

import io.annals.app.database.Database;
import io.annals.app.http.HttpSettings;
import io.annals.app.http.Probe;
import io.annals.app.settings.Settings;
import io.annals.app.wiring.LogCheck;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Starts the server. Its parts are found by their names, the other classes are not even looked at:
 * reading them all would be a tenth of a start.
 */
@SpringBootConfiguration
@ComponentScan(resourcePattern = "**/*Routes.class")
@ComponentScan(resourcePattern = "**/*Wiring.class")
@ImportAutoConfiguration({
  DispatcherServletAutoConfiguration.class,
  ErrorMvcAutoConfiguration.class,
  HttpMessageConvertersAutoConfiguration.class,
  JacksonAutoConfiguration.class,
  LifecycleAutoConfiguration.class,
  TomcatServletWebServerAutoConfiguration.class,
  WebMvcAutoConfiguration.class
})
public class Server {
  private static final int UNLIMITED = -1;

  /** What holds for every server; which parts of Spring it has depends on nothing else. */
  private static final Map<String, Object> FIXED =
      Map.of(
          "server.tomcat.max-keep-alive-requests",
          UNLIMITED,
          "spring.jackson.property-naming-strategy",
          "SNAKE_CASE",
          "spring.lifecycle.timeout-per-shutdown-phase",
          "5s",
          "spring.mvc.formcontent.filter.enabled",
          false,
          "spring.threads.virtual.enabled",
          true,
          "spring.web.resources.add-mappings",
          false);

  static void main(String[] args) {
    long started = System.nanoTime();
    try {
      Arguments arguments = Arguments.parse(List.of(args));
      Settings settings = settings(arguments);
      settings.warnings().forEach(Terminal::warn);
      switch (arguments.command()) {
        case START -> serve(arguments, settings, started);
        case SERVICES -> runJobs(arguments, settings);
        case VERIFY_LOG -> verifyLog(settings);
        case VACUUM -> VacuumCommand.run(arguments, settings, Terminal::say);
      }
    } catch (StartupFailure failure) {
      Terminal.fail(failure);
    }
  }

  private static Settings settings(Arguments arguments) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putAll(arguments.settings());
    return Settings.load(environment, Path.of(""));
  }

  private static void serve(Arguments arguments, Settings settings, long started) {
    Database database = Database.open(settings);
    ConfigurableApplicationContext context;
    try {
      context = context(arguments, settings, database);
    } catch (RuntimeException failure) {
      database.close();
      throw explained(failure, settings);
    }
    ServerState state = ServerState.write(settings);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  context.close();
                  database.close();
                  state.delete();
                },
                "annals-shutdown"));
    Terminal.started(settings, database, System.nanoTime() - started);
    if (arguments.rehearses()) {
      String port = context.getEnvironment().getRequiredProperty("local.server.port");
      new Rehearsal("http://127.0.0.1:" + port + HttpSettings.DEFAULT_BASE_PATH).play();
      System.exit(0);
    }
  }

  /** The jobs alone, beside servers that leave them to this process. */
  private static void runJobs(Arguments arguments, Settings settings) {
    Database database = Database.open(settings);
    ConfigurableApplicationContext context;
    try {
      context = context(arguments, settings, database);
    } catch (RuntimeException failure) {
      database.close();
      throw explained(failure, settings);
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  context.close();
                  database.close();
                  stopped.countDown();
                },
                "annals-shutdown"));
    Terminal.jobsRun(settings, context.getBean(Probe.class).port());
    try {
      stopped.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private static void verifyLog(Settings settings) {
    LogCheck.Finding finding;
    try (Database database = Database.open(settings)) {
      finding = LogCheck.check(database.plain());
    } catch (SQLException failure) {
      throw StartupFailure.because("The log cannot be read: " + failure.getMessage());
    }
    if (finding.taskRunsLeftOut() > 0) {
      Terminal.say(
          ("Not compared are %d task runs, with their states and results: retention has removed"
                  + " events in which clients reported them.")
              .formatted(finding.taskRunsLeftOut()));
    }
    finding.troubles().forEach(Terminal::warn);
    if (!finding.troubles().isEmpty()) {
      throw StartupFailure.because("The log and what is served do not agree.");
    }
    Terminal.say(
        "The log is whole up to position %d: hashes hold, and every projection is its fold."
            .formatted(finding.lastPosition()));
  }

  /** A server that listens, over a database that is open already. */
  static ConfigurableApplicationContext context(
      Arguments arguments, Settings settings, Database database) {
    SpringApplication application =
        application(
            arguments.command() == Arguments.Command.START
                ? WebApplicationType.SERVLET
                : WebApplicationType.NONE,
            properties(arguments, settings));
    application.addInitializers(
        created -> {
          GenericApplicationContext beans = (GenericApplicationContext) created;
          beans.registerBean(Settings.class, () -> settings);
          beans.registerBean(
              Database.class,
              () -> database,
              definition -> ((AbstractBeanDefinition) definition).setDestroyMethodName(""));
        });
    return application.run();
  }

  /**
   * A server before it starts, without its settings and its database.
   *
   * @param properties what depends on the settings
   */
  static SpringApplication application(WebApplicationType type, Map<String, Object> properties) {
    SpringApplication application =
        new SpringApplicationBuilder(Server.class)
            .web(type)
            .bannerMode(Banner.Mode.OFF)
            .registerShutdownHook(false)
            .logStartupInfo(false)
            .properties(FIXED)
            .properties(properties)
            .build();
    // Where spring.aot.enabled is set, Spring looks for the written code under this name.
    application.setMainApplicationClass(Blueprint.class);
    return application;
  }

  private static Map<String, Object> properties(Arguments arguments, Settings settings) {
    String level = settings.text("server.logging_level").replace("CRITICAL", "ERROR");
    return Map.ofEntries(
        Map.entry("server.address", settings.text("server.api.host")),
        Map.entry("server.port", settings.integer("server.api.port")),
        Map.entry("server.tomcat.max-connections", settings.integer("annals.max_connections")),
        Map.entry(
            "server.tomcat.basedir", settings.path("annals.home").resolve("tomcat").toString()),
        Map.entry(
            "server.tomcat.keep-alive-timeout",
            settings.integer("server.api.keepalive_timeout") + "s"),
        Map.entry("annals.services", arguments.services()),
        Map.entry("annals.probe", arguments.command() == Arguments.Command.SERVICES),
        Map.entry("logging.level.root", level.replace("WARNING", "WARN")));
  }

  private static RuntimeException explained(RuntimeException failure, Settings settings) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartupFailure known) {
        return known;
      }
      if (cause instanceof PortInUseException) {
        return StartupFailure.because(
            "Port %d is taken: stop what listens there, or choose another with --port."
                .formatted(settings.integer("server.api.port")));
      }
    }
    return failure;
  }
}
