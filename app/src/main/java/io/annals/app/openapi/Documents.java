package io.annals.app.openapi;

import io.annals.app.http.Body;
import io.annals.app.http.HttpSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** What the server says of itself, made when somebody asks for the first time. */
@Component
class Documents {
  private static final String TITLE = "Annals";
  private static final String PAGE = "docs.html";

  private final ObjectProvider<RequestMappingHandlerMapping> routes;
  private final HttpSettings settings;
  private volatile @Nullable JsonNode openApi;

  Documents(ObjectProvider<RequestMappingHandlerMapping> routes, HttpSettings settings) {
    this.routes = routes;
    this.settings = settings;
  }

  JsonNode openApi() {
    JsonNode known = openApi;
    if (known == null) {
      known = describe();
      openApi = known; // two first requests make the same one twice, which does no harm
    }
    return known;
  }

  private JsonNode describe() {
    OpenApiDocument document =
        new OpenApiDocument(
            settings.basePath(), argument -> argument.hasParameterAnnotation(Body.class));
    routes.getObject().getHandlerMethods().entrySet().stream()
        .filter(route -> !route.getValue().getBeanType().equals(OpenApiRoutes.class))
        .forEach(route -> document.add(route.getKey(), route.getValue().getMethod()));
    return document.whole(TITLE, "3.8.8");
  }

  /** A page that lists the operations of the document beside it; it loads nothing else. */
  String page() {
    try (InputStream page = Documents.class.getResourceAsStream(PAGE)) {
      return new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
