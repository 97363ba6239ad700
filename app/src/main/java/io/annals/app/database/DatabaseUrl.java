package io.annals.app.database;

import io.annals.app.StartupFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads SQLAlchemy's database URLs, and the plain ones of PostgreSQL's own tools. */
final class DatabaseUrl {
  private static final Pattern PASSWORD_PLACEHOLDER =
      Pattern.compile("\\$\\{PREFECT_(SERVER|API)_DATABASE_PASSWORD\\}");
  private static final Pattern PARTS =
      Pattern.compile(
          "(?<scheme>[a-zA-Z][a-zA-Z0-9+]*)://"
              + "(?:(?<user>[^:@/]*)(?::(?<password>[^@]*))?@)?"
              + "(?<host>\\[[^\\]]+\\]|[^:/?]*)(?::(?<port>\\d+))?"
              + "(?:/(?<name>[^?]*))?(?:\\?(?<query>.*))?");
  private static final List<String> SCHEMES =
      List.of("postgresql+asyncpg", "postgresql", "postgres", "postgresql+psycopg");
  private static final String LOCAL = "localhost";
  private static final String NO_STATEMENT_CACHE = "prepareThreshold";

  private DatabaseUrl() {}

  /**
   * The address a URL means.
   *
   * @param password what {@code ${PREFECT_SERVER_DATABASE_PASSWORD}} stands for
   * @throws StartupFailure when it cannot be used
   */
  static DatabaseAddress parse(String given, @Nullable String password) {
    String url = withPassword(given.strip(), password);
    Matcher parts = PARTS.matcher(url);
    String scheme = url.contains(":") ? url.substring(0, url.indexOf(':')) : url;
    if (scheme.toLowerCase(Locale.ROOT).startsWith("sqlite")) {
      throw StartupFailure.wrongSetting(
          "Annals keeps its data in PostgreSQL, not in SQLite: unset"
              + " PREFECT_SERVER_DATABASE_CONNECTION_URL to use the PostgreSQL that comes with it,"
              + " or give it a postgresql:// URL.");
    }
    if (!parts.matches() || !SCHEMES.contains(parts.group("scheme").toLowerCase(Locale.ROOT))) {
      throw StartupFailure.wrongSetting(
          "PREFECT_SERVER_DATABASE_CONNECTION_URL must look like"
              + " postgresql+asyncpg://user:password@host:5432/database.");
    }
    Map<String, String> driver = new TreeMap<>();
    Map<String, String> query = query(parts.group("query"));
    String user = or(decoded(parts.group("user")), query.remove("user"), "postgres");
    String secret = decoded(parts.group("password"));
    String host = or(bare(parts.group("host")), query.remove("host"), LOCAL);
    String port = or(parts.group("port"), query.remove("port"), "");
    String name = or(decoded(parts.group("name")), query.remove("database"), user);
    if (secret == null) {
      secret = query.remove("password");
    }
    query.forEach((key, value) -> driver.putAll(driverProperty(key, value)));
    return new DatabaseAddress(
        host,
        port.isEmpty() ? DatabaseAddress.DEFAULT_PORT : Integer.parseInt(port),
        name,
        user,
        secret,
        driver);
  }

  private static String withPassword(String url, @Nullable String password) {
    Matcher placeholder = PASSWORD_PLACEHOLDER.matcher(url);
    if (!placeholder.find()) {
      return url;
    }
    if (password == null) {
      throw StartupFailure.wrongSetting(
          "The database URL asks for PREFECT_SERVER_DATABASE_PASSWORD, which is not set.");
    }
    return placeholder.replaceAll(
        Matcher.quoteReplacement(
            java.net.URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20")));
  }

  private static Map<String, String> driverProperty(String key, String value) {
    return switch (key) {
      case "ssl", "sslmode" -> Map.of("sslmode", sslMode(value));
      case "sslrootcert", "sslcert", "sslkey" -> Map.of(key, value);
      case "application_name" -> Map.of("ApplicationName", value);
      case "search_path" -> Map.of("currentSchema", value);
      case "timeout", "connect_timeout" -> Map.of("connectTimeout", value);
      case "statement_cache_size", "prepared_statement_cache_size" ->
          value.equals("0") ? Map.of(NO_STATEMENT_CACHE, "0") : Map.of();
      default ->
          throw StartupFailure.wrongSetting(
              "The database URL has the parameter %s, which Annals does not know.".formatted(key));
    };
  }

  private static String sslMode(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "on", "1" -> "verify-full";
      case "false", "off", "0" -> "disable";
      default -> value;
    };
  }

  private static Map<String, String> query(@Nullable String text) {
    Map<String, String> query = new TreeMap<>();
    if (text != null && !text.isEmpty()) {
      for (String pair : text.split("&", -1)) {
        int equals = pair.indexOf('=');
        String key = equals < 0 ? pair : pair.substring(0, equals);
        query.put(form(key), equals < 0 ? "" : form(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String form(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Percent signs are decoded; a plus stays a plus, as passwords want it. */
  private static @Nullable String decoded(@Nullable String text) {
    if (text == null || !text.contains("%")) {
      return text;
    }
    try {
      return new URI("x:/" + text).getPath().substring(1);
    } catch (URISyntaxException unescaped) {
      return text;
    }
  }

  private static @Nullable String bare(@Nullable String host) {
    return host != null && host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static String or(@Nullable String first, @Nullable String second, String otherwise) {
    if (first != null && !first.isEmpty()) {
      return first;
    }
    return second != null && !second.isEmpty() ? second : otherwise;
  }
}
