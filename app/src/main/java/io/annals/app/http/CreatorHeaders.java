package io.annals.app.http;

import io.annals.events.state.CreatedBy;
import io.annals.query.request.InvalidRequest;
import io.annals.query.request.RequestReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The headers by which an automation says that it is the one who asks. */
final class CreatorHeaders {
  static final String ID = "Prefect-Automation-ID";

  /** In base64, since headers hold no other letters than English ones. */
  static final String NAME = "Prefect-Automation-Name";

  private CreatorHeaders() {}

  /** The automation, if both headers say so. */
  static Optional<CreatedBy> read(@Nullable String id, @Nullable String name) {
    if (id == null) {
      return Optional.empty();
    }
    UUID automation =
        RequestReader.uuid(id)
            .orElseThrow(
                () ->
                    new InvalidRequest(
                        List.of(
                            RequestReader.parameterProblem(
                                UUID.class, "header", "prefect-automation-id", id)),
                        null));
    return Optional.ofNullable(name)
        .flatMap(CreatorHeaders::decoded)
        .map(text -> new CreatedBy(automation, "AUTOMATION", text));
  }

  private static Optional<String> decoded(String name) {
    try {
      String text = new String(Base64.getDecoder().decode(name), StandardCharsets.UTF_8);
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
