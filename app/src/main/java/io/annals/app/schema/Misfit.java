package io.annals.app.schema;

import java.util.List;

/**
 * What does not fit a schema, in the words of Python's jsonschema, which the UI shows.
 *
 * @param path where: names of properties and indexes of items, from the outside in
 */
public record Misfit(List<Object> path, String message) {}
