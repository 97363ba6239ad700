package io.annals.query.sql;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/** JSON text that is passed on as it was stored, without being parsed on the way. */
public record RawJson(@JsonValue @JsonRawValue String text) {}
