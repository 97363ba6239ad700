package io.annals.query.request;

import io.annals.events.log.IsoInstant;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** JSON as Prefect's server writes it: snake case, nulls always written, UTC instants, seconds. */
public final class WireJson {
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * The one mapper of request and response bodies. Numbers stay as they were written: what is
   * stored of them is then what a replay of the log stores again.
   */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .addModule(
              new SimpleModule("annals-wire")
                  .addSerializer(Instant.class, new InstantSerializer())
                  .addSerializer(OffsetDateTime.class, new OffsetDateTimeSerializer())
                  .addSerializer(Duration.class, new DurationSerializer()))
          .build();

  private WireJson() {}

  /** An instant as Prefect writes it: six fractional digits, or none when there is no fraction. */
  public static String text(Instant instant) {
    return IsoInstant.micros(instant);
  }

  private static final class InstantSerializer extends StdSerializer<Instant> {
    InstantSerializer() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator json, SerializationContext context) {
      json.writeString(text(value));
    }
  }

  private static final class OffsetDateTimeSerializer extends StdSerializer<OffsetDateTime> {
    OffsetDateTimeSerializer() {
      super(OffsetDateTime.class);
    }

    @Override
    public void serialize(OffsetDateTime value, JsonGenerator json, SerializationContext context) {
      String localInUtc = text(value.toLocalDateTime().toInstant(ZoneOffset.UTC));
      json.writeString(localInUtc.substring(0, localInUtc.length() - 1) + value.getOffset());
    }
  }

  private static final class DurationSerializer extends StdSerializer<Duration> {
    DurationSerializer() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator json, SerializationContext context) {
      json.writeNumber(value.getSeconds() + value.getNano() / NANOS_PER_SECOND);
    }
  }
}
