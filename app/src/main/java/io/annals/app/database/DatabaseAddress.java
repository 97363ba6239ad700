package io.annals.app.database;

import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database and how to be let in.
 *
 * @param host a name or an address
 * @param port its TCP port
 * @param database the name of the database
 * @param user who connects
 * @param password what lets them in; null when nothing is asked
 * @param driverProperties what pgjdbc is told besides
 */
public record DatabaseAddress(
    String host,
    int port,
    String database,
    String user,
    @Nullable String password,
    Map<String, String> driverProperties) {
  /** PostgreSQL's port unless told otherwise. */
  public static final int DEFAULT_PORT = 5432;

  /** Keeps a copy of the properties. */
  public DatabaseAddress {
    driverProperties = Map.copyOf(driverProperties);
  }

  /** The address in pgjdbc's form, without secrets. */
  public String jdbcUrl() {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return "jdbc:postgresql://%s:%d/%s".formatted(shown, port, encoded(database));
  }

  /** User, password and the rest, for the driver. */
  public Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.putAll(driverProperties);
    return properties;
  }

  /** The address for people: where and which database, never the password. */
  public String shown() {
    return "%s:%d/%s as %s".formatted(host, port, database, user);
  }

  private static String encoded(String name) {
    return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }
}
