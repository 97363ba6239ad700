package io.annals.app.http;

import io.annals.query.request.ConfiguredChecks;
import io.annals.query.request.InvalidRequest;
import io.annals.query.request.Problem;
import io.annals.query.request.RequestReader;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads {@link Body} arguments. */
final class BodyResolver implements HandlerMethodArgumentResolver {
  private final ConfiguredChecks checks;

  BodyResolver(ConfiguredChecks checks) {
    this.checks = checks;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.hasParameterAnnotation(Body.class);
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders)
      throws IOException {
    HttpServletRequest http =
        Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
    byte[] body = bytes(http);
    Class<?> type = parameter.getParameterType();
    if (body.length > 0 && !isJson(http.getContentType())) {
      return readText(type, new String(body, StandardCharsets.UTF_8));
    }
    if (type == JsonNode.class) {
      return Objects.requireNonNullElse(RequestReader.readAnything(body), NullNode.getInstance());
    }
    if (type == List.class) {
      ParameterizedType list = (ParameterizedType) parameter.getGenericParameterType();
      Class<?> item = (Class<?>) list.getActualTypeArguments()[0];
      return RequestReader.readList(item.asSubclass(Record.class), body, checks);
    }
    return type == ObjectNode.class
        ? RequestReader.readObject(body)
        : RequestReader.read(type.asSubclass(Record.class), body, checks);
  }

  /** The body, which the limit before it bounds; told its length, a reader needs no more room. */
  private static byte[] bytes(HttpServletRequest request) throws IOException {
    int length = request.getContentLength();
    return length < 0
        ? request.getInputStream().readAllBytes()
        : request.getInputStream().readNBytes(length);
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.equals("application/json")
        || (type.startsWith("application/") && type.endsWith("+json"));
  }

  /** A body of another type is a plain text, and no route takes one. */
  private static Object readText(Class<?> type, String body) {
    if (type.isRecord()) {
      return RequestReader.readText(type.asSubclass(Record.class), body);
    }
    StringNode text = StringNode.valueOf(body);
    boolean isList = type == List.class;
    Problem problem =
        new Problem(
            isList ? "list_type" : "dict_type",
            List.of("body"),
            "Input should be a valid " + (isList ? "list" : "dictionary"),
            text,
            null);
    throw new InvalidRequest(List.of(problem), text);
  }
}
