package io.annals.app.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;

/** What a request gets that leads to no route, or whose failure no route could answer. */
final class UnroutedAnswers {
  private static final String ALLOWED = UnroutedAnswers.class.getName();
  private static final FixedAnswer NOT_FOUND =
      FixedAnswer.detail(HttpServletResponse.SC_NOT_FOUND, "Not Found");
  private static final FixedAnswer WRONG_METHOD =
      FixedAnswer.detail(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Method Not Allowed");

  private static final FixedAnswer FAILED =
      FixedAnswer.exceptionMessage(
          HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "Internal Server Error");

  private final HandlerMethod containerError = handler("sendContainerError");
  private final HandlerMethod notFound = handler("sendNotFound");
  private final HandlerMethod wrongMethod = handler("sendWrongMethod");
  private final HandlerMethod otherSlash = handler("sendToOtherSlash");

  /** What the container or a filter failed with. */
  HandlerMethod containerError() {
    return containerError;
  }

  /** 404. */
  HandlerMethod notFound() {
    return notFound;
  }

  /** 405 that names the methods which exist. */
  HandlerMethod wrongMethod(HttpServletRequest request, Set<String> allowed) {
    request.setAttribute(ALLOWED, String.join(", ", allowed));
    return wrongMethod;
  }

  /** 307 to the same path with, or without, its trailing slash. */
  HandlerMethod otherSlash() {
    return otherSlash;
  }

  static void sendContainerError(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer known
            ? known
            : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    forStatus(status).send(response);
  }

  /** What stands for a status when nobody said more. */
  static FixedAnswer forStatus(int status) {
    return switch (status) {
      case HttpServletResponse.SC_NOT_FOUND -> NOT_FOUND;
      case HttpServletResponse.SC_METHOD_NOT_ALLOWED -> WRONG_METHOD;
      case HttpServletResponse.SC_INTERNAL_SERVER_ERROR -> FAILED;
      default -> FixedAnswer.detail(status, reason(status));
    };
  }

  private static String reason(int status) {
    HttpStatus known = HttpStatus.resolve(status);
    return known == null ? "Error " + status : known.getReasonPhrase();
  }

  static void sendNotFound(HttpServletResponse response) throws IOException {
    NOT_FOUND.send(response);
  }

  static void sendWrongMethod(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Allow", (String) request.getAttribute(ALLOWED));
    WRONG_METHOD.send(response);
  }

  static void sendToOtherSlash(HttpServletRequest request, HttpServletResponse response) {
    StringBuilder location =
        new StringBuilder(RequestTarget.origin(request))
            .append(ApiHandlerMapping.otherSlash(request.getRequestURI()));
    String query = request.getQueryString();
    if (query != null) {
      location.append('?').append(query);
    }
    response.setStatus(HttpServletResponse.SC_TEMPORARY_REDIRECT);
    response.setHeader("Location", location.toString());
  }

  private HandlerMethod handler(String name) {
    Method method =
        Arrays.stream(UnroutedAnswers.class.getDeclaredMethods())
            .filter(declared -> declared.getName().equals(name))
            .findFirst()
            .orElseThrow();
    return new HandlerMethod(this, method);
  }
}
