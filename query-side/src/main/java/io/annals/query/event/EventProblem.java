package io.annals.query.event;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing wrong with an event or a filter, in the words of Prefect's validation errors.
 *
 * @param loc keys and indices below the body
 * @param type pydantic's name of the check
 * @param msg for people
 * @param input what was given there, null when nothing was
 */
public record EventProblem(List<Object> loc, String type, String msg, @Nullable JsonNode input) {}
