package io.annals.query.request;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where in a request a value stands; only spelled out when something is wrong there. */
record Location(@Nullable Location parent, Object step) {
  static Location root(String part) {
    return new Location(null, part);
  }

  Location key(String key) {
    return new Location(this, key);
  }

  Location index(int index) {
    return new Location(this, index);
  }

  List<Object> steps() {
    List<Object> steps = new ArrayList<>();
    for (Location at = this; at != null; at = at.parent) {
      steps.add(at.step);
    }
    Collections.reverse(steps);
    return steps;
  }
}
