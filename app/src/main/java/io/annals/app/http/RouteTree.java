package io.annals.app.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All routes by path segment and method. A fixed segment is tried before a UUID, a UUID before any
 * text. A segment is never empty, except the last one of a path that ends in a slash, so both forms
 * of a path are different places here.
 *
 * @param <R> what a path leads to
 */
final class RouteTree<R> {
  private final Node<R> root = new Node<>();

  /** A route, and what stood in the place of each variable; UUIDs in their usual form. */
  record Match<R>(R route, Map<String, String> variables) {}

  /** The outcome of a search: a match, or else the methods under which the path is known. */
  record Found<R>(@Nullable Match<R> match, Set<String> methods) {}

  /**
   * Adds a route.
   *
   * @param path with variables as <code>{name}</code>, each a whole segment
   * @param uuids the names of those variables that take UUIDs only
   */
  void add(String method, String path, Set<String> uuids, R route) {
    Node<R> node = root;
    List<String> names = new ArrayList<>();
    for (String segment : path.substring(1).split("/", -1)) {
      if (segment.startsWith("{") && segment.endsWith("}")) {
        String name = segment.substring(1, segment.length() - 1);
        names.add(name);
        node = node.variable(uuids.contains(name));
      } else {
        node = node.fixed.computeIfAbsent(segment, _ -> new Node<>());
      }
    }
    if (node.leaves.putIfAbsent(method, new Leaf<>(route, List.copyOf(names))) != null) {
      throw new IllegalStateException("Two routes for " + method + " " + path);
    }
  }

  /** Looks a decoded path up. */
  Found<R> find(String method, String path) {
    Search<R> search = new Search<>(method, path);
    boolean absolute = !path.isEmpty() && path.charAt(0) == '/';
    Match<R> match = absolute ? search.below(root, 1) : null;
    return new Found<>(match, match == null ? search.methods : Set.of());
  }

  /** Whether any method is known under a path. */
  boolean knows(String path) {
    Found<R> found = find("", path);
    return !found.methods().isEmpty();
  }

  private record Leaf<R>(R route, List<String> names) {}

  private static final class Node<R> {
    final Map<String, Node<R>> fixed = new HashMap<>();
    final Map<String, Leaf<R>> leaves = new TreeMap<>();
    @Nullable Node<R> uuid;
    @Nullable Node<R> text;

    Node<R> variable(boolean isUuid) {
      Node<R> known = isUuid ? uuid : text;
      if (known != null) {
        return known;
      }
      Node<R> made = new Node<>();
      if (isUuid) {
        uuid = made;
      } else {
        text = made;
      }
      return made;
    }
  }

  private static final class Search<R> {
    private final String method;
    private final String path;
    private final List<String> values = new ArrayList<>();
    private final Set<String> methods = new TreeSet<>();

    Search(String method, String path) {
      this.method = method;
      this.path = path;
    }

    @Nullable Match<R> below(Node<R> node, int start) {
      int slash = path.indexOf('/', start);
      String segment = slash < 0 ? path.substring(start) : path.substring(start, slash);
      Node<R> same = node.fixed.get(segment);
      Match<R> found = same == null ? null : at(same, slash);
      if (found != null || segment.isEmpty()) {
        return found;
      }
      String uuid = node.uuid == null ? null : UuidText.canonical(segment);
      if (node.uuid != null && uuid != null) {
        found = with(uuid, node.uuid, slash);
      }
      return found == null && node.text != null ? with(segment, node.text, slash) : found;
    }

    private @Nullable Match<R> with(String value, Node<R> node, int slash) {
      values.add(value);
      Match<R> found = at(node, slash);
      values.removeLast();
      return found;
    }

    private @Nullable Match<R> at(Node<R> node, int slash) {
      if (slash >= 0) {
        return below(node, slash + 1);
      }
      Leaf<R> leaf = node.leaves.get(method);
      if (leaf == null) {
        methods.addAll(node.leaves.keySet());
        return null;
      }
      Map<String, String> variables = new HashMap<>();
      for (int i = 0; i < values.size(); i++) {
        variables.put(leaf.names.get(i), values.get(i));
      }
      return new Match<>(leaf.route, variables);
    }
  }
}
