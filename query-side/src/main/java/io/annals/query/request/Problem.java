package io.annals.query.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing that is wrong with a request, in pydantic's words and shape.
 *
 * @param loc where: {@code body}, {@code query} or {@code path}, then keys and indices
 * @param input what stood there
 * @param ctx the bound that was violated and the like; left out when there is nothing to say
 */
public record Problem(
    String type,
    List<Object> loc,
    String msg,
    @Nullable JsonNode input,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> ctx) {}
