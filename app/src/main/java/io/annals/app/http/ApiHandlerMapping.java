package io.annals.app.http;

import io.annals.app.stream.WebSocketRoute;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds routes the way Prefect's server does. Spring's own search differs in what clients can see:
 * it answers HEAD and OPTIONS for GET routes, takes any text for a UUID until it is too late for a
 * 404, and tries every pattern of the server for each request.
 */
final class ApiHandlerMapping extends RequestMappingHandlerMapping {
  private final HttpSettings settings;
  private final RouteTree<HandlerMethod> routes = new RouteTree<>();
  private final RouteTree<HandlerMethod> websockets = new RouteTree<>();
  private final UnroutedAnswers unrouted = new UnroutedAnswers();

  ApiHandlerMapping(HttpSettings settings) {
    this.settings = settings;
  }

  @Override
  protected void registerHandlerMethod(Object handler, Method method, RequestMappingInfo mapping) {
    super.registerHandlerMethod(handler, method, mapping);
    Set<String> uuids = uuidVariables(method);
    for (String path : mapping.getPatternValues()) {
      for (RequestMethod verb : mapping.getMethodsCondition().getMethods()) {
        routesOf(method).add(verb.name(), path, uuids, createHandlerMethod(handler, method));
      }
    }
  }

  private RouteTree<HandlerMethod> routesOf(Method method) {
    return method.isAnnotationPresent(WebSocketRoute.class) ? websockets : routes;
  }

  @Override
  protected @Nullable HandlerMethod getHandlerInternal(HttpServletRequest request) {
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      return unrouted.containerError();
    }
    RequestTarget target = RequestTarget.of(request);
    if (target.upgrade()) {
      RouteTree.Match<HandlerMethod> socket =
          websockets.find(request.getMethod(), target.path()).match();
      return socket == null ? null : socket.route().createWithResolvedBean();
    }
    RouteTree.Found<HandlerMethod> found = routes.find(request.getMethod(), target.path());
    RouteTree.Match<HandlerMethod> match = found.match();
    if (match != null) {
      request.setAttribute(URI_TEMPLATE_VARIABLES_ATTRIBUTE, match.variables());
      return match.route().createWithResolvedBean();
    }
    if (!found.methods().isEmpty()) {
      return unrouted.wrongMethod(request, found.methods());
    }
    if (!settings.isApi(target.path())) {
      return null;
    }
    return routes.knows(otherSlash(target.path())) ? unrouted.otherSlash() : unrouted.notFound();
  }

  /** A path with its trailing slashes taken away, or given one if there are none. */
  static String otherSlash(String path) {
    if (!path.endsWith("/")) {
      return path + "/";
    }
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  private static Set<String> uuidVariables(Method method) {
    Set<String> names = new HashSet<>();
    for (Parameter parameter : method.getParameters()) {
      PathVariable variable = parameter.getAnnotation(PathVariable.class);
      if (variable != null && parameter.getType() == UUID.class) {
        names.add(variable.value().isEmpty() ? parameter.getName() : variable.value());
      }
    }
    return names;
  }
}
