package io.annals.query.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a next page needs to know: the filter, the total counted at first, and where to go on. */
public record EventPageToken(EventFilter filter, long count, int pageSize, int offset) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The token as clients hand it back: JSON in Base64 in Base64, as Prefect's. */
  public String text() {
    ObjectNode token = JsonNodeFactory.instance.objectNode();
    token.set("filter", filter.json());
    token.put("count", count).put("page_size", pageSize).put("offset", offset);
    byte[] json = JSON.writeValueAsBytes(token);
    Base64.Encoder base64 = Base64.getEncoder();
    return base64.encodeToString(base64.encode(json));
  }

  /** Reads a token; null when it is none of ours. */
  public static @Nullable EventPageToken read(String text, Instant now) {
    try {
      Base64.Decoder base64 = Base64.getDecoder();
      byte[] json = base64.decode(base64.decode(text.getBytes(StandardCharsets.ISO_8859_1)));
      JsonNode token = JSON.readTree(json);
      if (!token.path("filter").isObject()
          || !token.path("count").canConvertToLong()
          || !token.path("page_size").canConvertToInt()
          || !token.path("offset").canConvertToInt()) {
        return null;
      }
      int pageSize = token.get("page_size").intValue();
      int offset = token.get("offset").intValue();
      boolean honest = pageSize >= 1 && pageSize <= EventQueries.MAX_PAGE_SIZE && offset >= 0;
      EventFilter filter = EventFilterReader.read(token.get("filter"), List.of("filter"), now);
      return honest
          ? new EventPageToken(filter, token.get("count").longValue(), pageSize, offset)
          : null;
    } catch (IllegalArgumentException | JacksonException | InvalidEventException foreign) {
      return null;
    }
  }
}
