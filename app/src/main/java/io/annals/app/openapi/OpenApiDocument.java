package io.annals.app.openapi;

import io.annals.query.request.RequestReader;
import io.annals.query.request.SchemaDefinitions;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document of the routes that are really served. Nothing in it is written by hand, so
 * it cannot promise what the server does not do.
 */
final class OpenApiDocument {
  /** Stands for the success status of routes that choose between several. */
  static final String CHOSEN_STATUS = "2XX";

  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])([A-Z])");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final SchemaDefinitions definitions = new SchemaDefinitions();
  private final AnswerSchemas answers = new AnswerSchemas(definitions);
  private final Map<String, ObjectNode> paths = new TreeMap<>();
  private final String basePath;
  private final Predicate<MethodParameter> isBody;

  /**
   * Describes routes below a path.
   *
   * @param basePath what the paths of the API begin with; left out of the document's paths
   * @param isBody whether an argument is read from the request's body
   */
  OpenApiDocument(String basePath, Predicate<MethodParameter> isBody) {
    this.basePath = basePath;
    this.isBody = isBody;
  }

  /** Adds a route, unless it is none of the API's. */
  void add(RequestMappingInfo mapping, Method route) {
    for (String path : mapping.getPatternValues()) {
      if (!path.startsWith(basePath + "/")) {
        continue;
      }
      String below = snakeCase(path.substring(basePath.length()));
      for (RequestMethod verb : mapping.getMethodsCondition().getMethods()) {
        paths
            .computeIfAbsent(below, _ -> JSON.objectNode())
            .set(verb.name().toLowerCase(Locale.ROOT), operation(route));
      }
    }
  }

  /** Variables are named as Java does here, and as the API does in the document. */
  private static String snakeCase(String text) {
    return HUMP.matcher(text).replaceAll("_$1").toLowerCase(Locale.ROOT);
  }

  private ObjectNode operation(Method method) {
    ObjectNode operation = JSON.objectNode();
    Class<?> routes = method.getDeclaringClass();
    operation.put("operationId", routes.getSimpleName() + "." + method.getName());
    operation.putArray("tags").add(group(routes));
    ArrayNode parameters = JSON.arrayNode();
    for (int index = 0; index < method.getParameterCount(); index++) {
      MethodParameter parameter = new MethodParameter(method, index);
      ObjectNode described = parameter(parameter.getParameter());
      if (described != null) {
        parameters.add(described);
      } else if (isBody.test(parameter) || parameter.hasParameterAnnotation(RequestBody.class)) {
        content(operation.putObject("requestBody"), body(parameter));
      }
    }
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
    response(operation.putObject("responses"), method);
    return operation;
  }

  /** The room a class of routes stands for: FlowRunListRoutes serves "Flow Run List". */
  private static String group(Class<?> routes) {
    return routes.getSimpleName().replaceAll("Routes$", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ");
  }

  private @Nullable ObjectNode parameter(Parameter parameter) {
    PathVariable variable = parameter.getAnnotation(PathVariable.class);
    RequestParam query = parameter.getAnnotation(RequestParam.class);
    if (variable == null && query == null) {
      return null;
    }
    String given = variable != null ? variable.value() : query == null ? "" : query.value();
    boolean required =
        query == null
            || (query.required() && query.defaultValue().equals(ValueConstants.DEFAULT_NONE));
    ObjectNode described = JSON.objectNode();
    described.put("name", snakeCase(given.isEmpty() ? parameter.getName() : given));
    described.put("in", query == null ? "path" : "query");
    described.put("required", required);
    described.set("schema", answers.of(ResolvableType.forType(parameter.getParameterizedType())));
    return described;
  }

  private ObjectNode body(MethodParameter parameter) {
    Class<?> type = parameter.getParameterType();
    if (type.isRecord()) {
      return RequestReader.describe(type, definitions);
    }
    ResolvableType item = ResolvableType.forMethodParameter(parameter).asCollection().getGeneric(0);
    if (List.class.isAssignableFrom(type) && item.resolve(Object.class).isRecord()) {
      ObjectNode array = JSON.objectNode().put("type", "array");
      array.set("items", RequestReader.describe(item.resolve(Object.class), definitions));
      return array;
    }
    return JSON.objectNode();
  }

  private void response(ObjectNode responses, Method method) {
    ResponseStatus status =
        AnnotatedElementUtils.findMergedAnnotation(method, ResponseStatus.class);
    ResolvableType returned = ResolvableType.forMethodReturnType(method);
    boolean chosen = method.getReturnType() == ResponseEntity.class;
    String code =
        status != null ? Integer.toString(status.code().value()) : chosen ? CHOSEN_STATUS : "200";
    ObjectNode response = responses.putObject(code).put("description", "Successful Response");
    ResolvableType body = chosen ? returned.getGeneric(0) : returned;
    Class<?> type = body.resolve(Object.class);
    if (type != void.class && type != Void.class) {
      content(response, answers.of(body));
    }
  }

  private static void content(ObjectNode holder, ObjectNode schema) {
    holder.putObject("content").putObject("application/json").set("schema", schema);
  }

  /**
   * The whole document.
   *
   * @param version the document's own
   */
  ObjectNode whole(String title, String version) {
    ObjectNode document = JSON.objectNode().put("openapi", "3.1.0");
    document.putObject("info").put("title", title).put("version", version);
    ObjectNode byPath = document.putObject("paths");
    paths.forEach(byPath::set);
    ObjectNode schemas = document.putObject("components").putObject("schemas");
    definitions.all().forEach(schemas::set);
    return document;
  }
}
