package io.annals.app.http;

import io.annals.query.request.WireJson;
import io.annals.query.sql.RawJson;
import io.annals.query.workpool.WorkPoolView;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What older clients of Prefect must not see, because it makes them fail. */
final class OldClients {
  private static final Pattern VERSION = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final int RADIX = 1_000;

  /** The last version that refuses pools with a block for results: 3.3.7. */
  private static final int WITHOUT_RESULT_STORAGE = number(3, 3, 7);

  private OldClients() {}

  /** A pool as the client of the current request can read it. */
  static WorkPoolView shown(WorkPoolView pool) {
    return knowsResultStorage(RequestContext.current().prefectVersion())
        ? pool
        : pool.with(withoutResultStorage(pool.storageConfiguration()));
  }

  private static RawJson withoutResultStorage(RawJson storage) {
    ObjectNode json = (ObjectNode) WireJson.MAPPER.readTree(storage.text());
    json.remove("default_result_storage_block_id");
    return new RawJson(json.toString());
  }

  static boolean knowsResultStorage(@Nullable String version) {
    if (version == null) {
      return true;
    }
    Matcher parts = VERSION.matcher(version);
    return !parts.lookingAt()
        || number(part(parts, 1), part(parts, 2), part(parts, 3)) > WITHOUT_RESULT_STORAGE;
  }

  private static int part(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  private static int number(int major, int minor, int patch) {
    return (major * RADIX + minor) * RADIX + patch;
  }
}
