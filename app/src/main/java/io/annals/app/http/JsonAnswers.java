package io.annals.app.http;

import io.annals.query.request.WireJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Writes what routes return as JSON, whatever the client says it accepts, as Prefect's server does.
 * Spring's own way negotiates a content type for each answer and flushes it, which took about a
 * sixth of the CPU time of a small request.
 */
final class JsonAnswers implements HandlerMethodReturnValueHandler {
  private static final String JSON = "application/json";

  /** Types that routes return when the answer is not JSON; Spring's handlers know them. */
  private static final List<Class<?>> OTHERS =
      List.of(CharSequence.class, byte[].class, Void.class, void.class);

  private final Map<Method, Boolean> answersJson = new ConcurrentHashMap<>();

  /** Spring asks for each answer anew, so what a method returns is found out once. */
  @Override
  public boolean supportsReturnType(MethodParameter returned) {
    Method method = Objects.requireNonNull(returned.getMethod());
    return answersJson.computeIfAbsent(method, JsonAnswers::answersJson);
  }

  private static boolean answersJson(Method method) {
    Class<?> home = method.getDeclaringClass();
    boolean isRoute = AnnotatedElementUtils.hasAnnotation(home, ResponseBody.class);
    Class<?> body =
        method.getReturnType() == ResponseEntity.class
            ? ResolvableType.forMethodReturnType(method).getGeneric(0).resolve(Object.class)
            : method.getReturnType();
    return isRoute && OTHERS.stream().noneMatch(other -> other.isAssignableFrom(body));
  }

  @Override
  public void handleReturnValue(
      @Nullable Object returned,
      MethodParameter type,
      ModelAndViewContainer container,
      NativeWebRequest request)
      throws IOException {
    container.setRequestHandled(true);
    HttpServletResponse response =
        Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class));
    if (returned instanceof ResponseEntity<?> entity) {
      response.setStatus(entity.getStatusCode().value());
      entity.getHeaders().forEach((name, values) -> addAll(response, name, values));
      if (entity.getBody() != null) {
        write(entity.getBody(), response);
      }
    } else {
      write(returned, response);
    }
  }

  private static void addAll(HttpServletResponse response, String name, List<String> values) {
    values.forEach(value -> response.addHeader(name, value));
  }

  private static void write(@Nullable Object body, HttpServletResponse response)
      throws IOException {
    response.setContentType(JSON);
    WireJson.MAPPER.writeValue(response.getOutputStream(), body);
  }

  /** Spring's adapter of routes, with this way of answering tried first. */
  static final class Adapter extends RequestMappingHandlerAdapter {
    @Override
    public void afterPropertiesSet() {
      super.afterPropertiesSet();
      List<HandlerMethodReturnValueHandler> handlers = new ArrayList<>(List.of(new JsonAnswers()));
      handlers.addAll(Objects.requireNonNull(getReturnValueHandlers()));
      setReturnValueHandlers(handlers);
    }
  }
}
