package io.annals.app.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Sends clients away that speak an API older than this server does (Prefect's
 * EnforceMinimumAPIVersion). Asked once a route is found: an unknown path stays a 404.
 */
final class ApiVersionCheck implements HandlerInterceptor {
  /** The header in which clients name the API version they speak. */
  static final String HEADER = "X-PREFECT-API-VERSION";

  /** The API version this server speaks. */
  static final String SPOKEN = "0.8.4";

  private static final String MINIMUM = "0.8.0";
  private static final List<BigInteger> MINIMUM_PARTS =
      List.of(BigInteger.ZERO, BigInteger.valueOf(8), BigInteger.ZERO);

  private final HttpSettings settings;

  ApiVersionCheck(HttpSettings settings) {
    this.settings = settings;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    String version = request.getHeader(HEADER);
    if (version == null || version.equals(SPOKEN) || version.isEmpty() || !isRoute(handler)) {
      return true;
    }
    String path = RequestTarget.of(request).path();
    if (!settings.isApi(path) || isOpenToAll(path.substring(settings.basePath().length()))) {
      return true;
    }
    String complaint = complaint(version);
    if (complaint == null) {
      return true;
    }
    FixedAnswer.detail(HttpServletResponse.SC_BAD_REQUEST, complaint).send(response);
    return false;
  }

  private static boolean isRoute(Object handler) {
    return handler instanceof HandlerMethod method && method.getBeanType() != UnroutedAnswers.class;
  }

  private static boolean isOpenToAll(String route) {
    return route.equals("/health") || route.equals("/version");
  }

  private static @Nullable String complaint(String version) {
    List<BigInteger> parts;
    try {
      parts =
          Arrays.stream(version.split("\\.", -1)).map(String::strip).map(BigInteger::new).toList();
    } catch (NumberFormatException notNumbers) {
      return malformed(version);
    }
    if (parts.size() != MINIMUM_PARTS.size()) {
      return malformed(version);
    }
    return Arrays.compare(
                parts.toArray(BigInteger[]::new), MINIMUM_PARTS.toArray(BigInteger[]::new))
            < 0
        ? "The request specified API version %s but this server requires version %s or higher."
            .formatted(version, MINIMUM)
        : null;
  }

  private static String malformed(String version) {
    return "Invalid X-PREFECT-API-VERSION header format.Expected header in format 'x.y.z' but"
        + " received "
        + version;
  }
}
