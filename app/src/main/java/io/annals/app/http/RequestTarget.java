package io.annals.app.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a request asks for, worked out once: everything that guards a path and the routing itself
 * look at this one reading of it, so that no spelling of a path can slip between them.
 *
 * @param path the path, percent signs decoded, otherwise as sent: nothing is normalised
 * @param upgrade whether the client wants a websocket; such requests never reach a REST route
 */
record RequestTarget(String path, boolean upgrade) {
  private static final String KEY = RequestTarget.class.getName();
  private static final int HEX = 16;
  private static final int ESCAPE_LENGTH = 3;

  /** The target of a request. */
  static RequestTarget of(HttpServletRequest request) {
    if (request.getAttribute(KEY) instanceof RequestTarget known) {
      return known;
    }
    RequestTarget read =
        new RequestTarget(
            decoded(request.getRequestURI()),
            "websocket".equalsIgnoreCase(request.getHeader("Upgrade")));
    request.setAttribute(KEY, read);
    return read;
  }

  /** Scheme and host by which the client reaches this server, as far as its proxies tell. */
  static String origin(HttpServletRequest request) {
    String host = request.getHeader("Host");
    return request.getScheme()
        + "://"
        + (host == null ? request.getServerName() + ":" + request.getServerPort() : host);
  }

  /** Decodes percent signs as UTF-8; a broken escape stays as it is, like in Prefect's server. */
  static String decoded(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
    byte[] raw = path.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], HEX) : -1;
      int low = high >= 0 ? Character.digit(raw[i + 2], HEX) : -1;
      if (low >= 0) {
        bytes.write(high * HEX + low);
        i += ESCAPE_LENGTH - 1;
      } else {
        bytes.write(raw[i]);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
