package io.annals.query.state;

import io.annals.events.log.EventCodec;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.query.sql.RawJson;
import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A state as the API shows it. */
public record StateView(
    UUID id,
    StateType type,
    String name,
    Instant timestamp,
    @Nullable String message,
    @Nullable RawJson data,
    StateDetails stateDetails) {
  /** The columns that {@link #read} reads, of state table {@code s} and artifact {@code a}. */
  public static final String COLUMNS =
      "s.id, s.type, s.name, s.timestamp, s.message, a.data, s.state_details";

  /** How many they are. */
  public static final int COLUMN_COUNT = 7;

  /** A state that has just been decided. */
  public static StateView of(State state) {
    return new StateView(
        state.id(),
        state.type(),
        state.name(),
        state.timestamp(),
        state.message(),
        state.data() == null ? null : new RawJson(state.data().toString()),
        state.stateDetails());
  }

  /** Reads a state from the given column on; null when the run has none. */
  public static @Nullable StateView readIfAny(ResultSet row, int first) throws SQLException {
    return row.getObject(first) == null ? null : read(row, first);
  }

  /** Reads a state from the given column on. */
  public static StateView read(ResultSet row, int first) throws SQLException {
    return new StateView(
        row.getObject(first, UUID.class),
        StateType.valueOf(row.getString(first + 1)),
        row.getString(first + 2),
        Reading.moment(row, first + 3),
        row.getString(first + 4),
        Reading.json(row, first + 5),
        EventCodec.JSON.readValue(
            Objects.requireNonNull(row.getString(first + 6)), StateDetails.class));
  }

  /** The state for decisions. */
  public State toState() {
    return new State(
        id,
        type,
        name,
        timestamp,
        message,
        data == null ? null : EventCodec.JSON.readTree(data.text()),
        stateDetails);
  }
}
