package io.annals.app.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The migrations of this release, as Flyway's history would list them. */
final class ShippedMigrations {
  private static final String SCRIPTS = "classpath:db/migration/V*.sql";

  private ShippedMigrations() {}

  /** Each script and its checksum, in order of version: {@code V0001__event_log.sql:123}. */
  static List<String> fingerprints() {
    try {
      List<String> fingerprints = new ArrayList<>();
      for (Resource script : new PathMatchingResourcePatternResolver().getResources(SCRIPTS)) {
        try (InputStream bytes = script.getInputStream()) {
          fingerprints.add(script.getFilename() + ":" + checksum(bytes));
        }
      }
      fingerprints.sort(null);
      return fingerprints;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Flyway's own: the CRC of the lines without their ends. */
  private static int checksum(InputStream bytes) throws IOException {
    CRC32 crc = new CRC32();
    BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      crc.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return (int) crc.getValue();
  }
}
