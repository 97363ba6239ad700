package io.annals.command.template;

import java.util.List;

/**
 * What Python walks through only: a generator, or a view of a dict, which has a length.
 *
 * @param type Python's name of it
 */
record Stream(String type, boolean isView, List<Object> items) {
  static Stream of(List<Object> items) {
    return new Stream("generator", false, items);
  }
}
