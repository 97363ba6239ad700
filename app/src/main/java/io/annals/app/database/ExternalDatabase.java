package io.annals.app.database;

import io.annals.app.StartupFailure;
import io.annals.app.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The database that the settings name, in one URL or in parts. */
final class ExternalDatabase {
  private static final String ROOT = "server.database.";

  private ExternalDatabase() {}

  /** Its address; null when none is named. */
  static @Nullable DatabaseAddress address(Settings settings) {
    String url = settings.textOrNull(ROOT + "connection_url");
    String password = settings.textOrNull(ROOT + "password");
    if (url != null) {
      return withTls(DatabaseUrl.parse(url, password), settings);
    }
    String driver = settings.textOrNull(ROOT + "driver");
    if (driver == null) {
      return null;
    }
    if (driver.startsWith("sqlite")) {
      return DatabaseUrl.parse(driver + ":///", password);
    }
    Integer port = settings.integerOrNull(ROOT + "port");
    return withTls(
        new DatabaseAddress(
            part(settings, "host"),
            port == null ? DatabaseAddress.DEFAULT_PORT : port,
            part(settings, "name"),
            part(settings, "user"),
            password,
            Map.of()),
        settings);
  }

  private static String part(Settings settings, String name) {
    String value = settings.textOrNull(ROOT + name);
    if (value == null) {
      throw StartupFailure.wrongSetting(
          "PREFECT_SERVER_DATABASE_%s is missing: driver, host, user and name belong together."
              .formatted(name.toUpperCase(java.util.Locale.ROOT)));
    }
    return value;
  }

  private static DatabaseAddress withTls(DatabaseAddress address, Settings settings) {
    String tls = ROOT + "sqlalchemy.connect_args.tls.";
    Map<String, String> properties = new HashMap<>(address.driverProperties());
    if (settings.enabled(tls + "enabled")) {
      properties.put(
          "sslmode", settings.enabled(tls + "check_hostname") ? "verify-full" : "verify-ca");
      file(settings, tls + "ca_file", "sslrootcert", properties);
      file(settings, tls + "cert_file", "sslcert", properties);
      file(settings, tls + "key_file", "sslkey", properties);
    }
    return new DatabaseAddress(
        address.host(),
        address.port(),
        address.database(),
        address.user(),
        address.password(),
        properties);
  }

  private static void file(
      Settings settings, String path, String property, Map<String, String> properties) {
    String file = settings.textOrNull(path);
    if (file != null) {
      properties.put(property, file);
    }
  }
}
