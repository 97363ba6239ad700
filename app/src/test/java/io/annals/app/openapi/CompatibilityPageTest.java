package io.annals.app.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.app.Server;
import io.annals.app.http.Body;
import io.annals.app.http.OutsideApi;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares what is served with Prefect's own OpenAPI document. The outcome is {@code
 * docs/compatibility.md}; run with {@code -Dcompatibility.write=true} to write it anew.
 */
class CompatibilityPageTest {
  private static final Path PAGE = Path.of("../docs/compatibility.md");
  private static final String CONTRACT = "/prefect-3.8.8-openapi.json";
  private static final String BASE = "/api";

  @Test
  void the_page_says_what_is_missing() throws Exception {
    String page = page(contract(), ours());
    if (Boolean.getBoolean("compatibility.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(page).isEqualTo(Files.readString(PAGE));
  }

  private static JsonNode contract() throws IOException {
    try (InputStream file = CompatibilityPageTest.class.getResourceAsStream(CONTRACT)) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(file));
    }
  }

  private static JsonNode ours() throws ClassNotFoundException {
    OpenApiDocument document =
        new OpenApiDocument(BASE, argument -> argument.hasParameterAnnotation(Body.class));
    Routes routes = new Routes();
    ClassPathScanningCandidateComponentProvider scan =
        new ClassPathScanningCandidateComponentProvider(false);
    scan.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
    for (var found : scan.findCandidateComponents(Server.class.getPackageName())) {
      Class<?> type = Class.forName(found.getBeanClassName());
      boolean isTest =
          type.getProtectionDomain()
              .getCodeSource()
              .getLocation()
              .getPath()
              .contains("test-classes");
      if (!isTest && !type.isAnnotationPresent(OutsideApi.class) && type != OpenApiRoutes.class) {
        for (Method method : type.getDeclaredMethods()) {
          RequestMappingInfo mapping = routes.mapping(method, type);
          if (mapping != null) {
            document.add(mapping, method);
          }
        }
      }
    }
    return document.whole("Annals", "test");
  }

  /** Reads mappings off classes, without a server. */
  private static final class Routes extends RequestMappingHandlerMapping {
    Routes() {
      setPathPrefixes(Map.of(BASE, type -> true));
      afterPropertiesSet();
    }

    @Override
    protected void initHandlerMethods() {}

    @Nullable RequestMappingInfo mapping(Method method, Class<?> type) {
      return getMappingForMethod(method, type);
    }
  }

  /** One group of Prefect's operations. */
  private static final class Group {
    private final List<String> missing = new ArrayList<>();
    private final Map<String, List<String>> different = new TreeMap<>();
    private int operations;

    int served() {
      return operations - missing.size();
    }
  }

  private static String page(JsonNode contract, JsonNode ours) {
    Map<String, Group> groups = new TreeMap<>();
    contract
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        verb -> {
                          String tag = verb.getValue().path("tags").path(0).asString("Others");
                          Group group = groups.computeIfAbsent(tag, _ -> new Group());
                          JsonNode served =
                              ours.path("paths").path(path.getKey()).path(verb.getKey());
                          compare(
                              verb.getKey().toUpperCase(java.util.Locale.ROOT)
                                  + " "
                                  + path.getKey(),
                              new Operation(verb.getValue(), contract.path("schemas")),
                              served,
                              ours,
                              group);
                        }));
    return text(groups);
  }

  private record Operation(JsonNode node, JsonNode schemas) {}

  private static void compare(
      String name, Operation wanted, JsonNode served, JsonNode ours, Group group) {
    group.operations++;
    if (served.isMissingNode()) {
      group.missing.add(name);
      return;
    }
    JsonNode schemas = ours.path("components").path("schemas");
    List<String> differences = new ArrayList<>();
    add(
        differences,
        "parameters",
        parameters(wanted.node().path("parameters"), wanted.schemas()),
        parameters(served.path("parameters"), schemas));
    add(
        differences,
        "body",
        Fields.of(wanted.node().path("body"), wanted.schemas()),
        Fields.of(schema(served.path("requestBody")), schemas));
    Map.Entry<String, JsonNode> answer = served.path("responses").properties().iterator().next();
    String status = wanted.node().path("status").asString();
    if (!answer.getKey().equals(OpenApiDocument.CHOSEN_STATUS) && !answer.getKey().equals(status)) {
      differences.add("status is " + answer.getKey() + " instead of " + status);
    }
    add(
        differences,
        "answer",
        Fields.of(wanted.node().path("answer"), wanted.schemas()),
        Fields.of(schema(answer.getValue()), schemas));
    if (!differences.isEmpty()) {
      group.different.put(name, differences);
    }
  }

  private static JsonNode schema(JsonNode holder) {
    return holder.path("content").path("application/json").path("schema");
  }

  private static void add(
      List<String> differences, String part, Map<String, String> theirs, Map<String, String> ours) {
    Fields.differences(theirs, ours).forEach(found -> differences.add(part + ": " + found));
  }

  /** Headers are left out: they are read before a route is found. */
  private static Map<String, String> parameters(JsonNode parameters, JsonNode schemas) {
    Map<String, String> types = new TreeMap<>();
    for (JsonNode parameter : parameters) {
      String place = parameter.path("in").asString();
      if (!place.equals("header")) {
        String type = Fields.of(parameter.path("schema"), schemas).getOrDefault("", "anything");
        boolean required = parameter.path("required").asBoolean(false);
        types.put(
            place + " " + parameter.path("name").asString(), type + (required ? ", required" : ""));
      }
    }
    return types;
  }

  private static String text(Map<String, Group> groups) {
    StringBuilder page =
        new StringBuilder(
            """
            # Compatibility with Prefect 3.8.8

            What is served, compared with the OpenAPI document of Prefect's own server: path, method, parameters, body and answer.
            Values that can be any JSON, and unions, are compared by name only. Written by `CompatibilityPageTest`.

            | group | served | of |
            |---|---|---|
            """);
    groups.forEach(
        (name, group) ->
            page.append("| %s | %d | %d |%n".formatted(name, group.served(), group.operations)));
    page.append("\n## Not served yet\n\nThey answer 404.\n");
    groups.forEach(
        (name, group) -> {
          if (!group.missing.isEmpty()) {
            page.append("\n### ").append(name).append("\n\n");
            group.missing.forEach(operation -> page.append("- `" + operation + "`\n"));
          }
        });
    page.append("\n## Served with differences\n");
    if (groups.values().stream().allMatch(group -> group.different.isEmpty())) {
      page.append("\nNone.\n");
    }
    groups.forEach(
        (_, group) ->
            group.different.forEach(
                (operation, differences) -> {
                  page.append("\n### `").append(operation).append("`\n\n");
                  differences.forEach(difference -> page.append("- " + difference + "\n"));
                }));
    return page.toString();
  }
}
