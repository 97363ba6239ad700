package io.annals.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTreeTest {
  private static final String UUID = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

  private final RouteTree<String> tree = new RouteTree<>();

  @Test
  void a_fixed_segment_comes_before_a_uuid_and_a_uuid_before_a_name() {
    tree.add("GET", "/a/{name}", Set.of(), "by name");
    tree.add("GET", "/a/{id}", Set.of("id"), "by id");
    tree.add("GET", "/a/fixed", Set.of(), "fixed");
    assertThat(tree.find("GET", "/a/fixed").match())
        .isEqualTo(new RouteTree.Match<>("fixed", Map.of()));
    assertThat(tree.find("GET", "/a/" + UUID).match())
        .isEqualTo(new RouteTree.Match<>("by id", Map.of("id", UUID)));
    assertThat(tree.find("GET", "/a/other").match())
        .isEqualTo(new RouteTree.Match<>("by name", Map.of("name", "other")));
  }

  @Test
  void a_wrong_turn_is_taken_back() {
    tree.add("GET", "/a/fixed/end", Set.of(), "fixed");
    tree.add("GET", "/a/{name}/other", Set.of(), "by name");
    assertThat(tree.find("GET", "/a/fixed/other").match())
        .isEqualTo(new RouteTree.Match<>("by name", Map.of("name", "fixed")));
  }

  @Test
  void without_a_match_all_methods_of_the_path_are_known() {
    tree.add("POST", "/a/filter", Set.of(), "filter");
    tree.add("PUT", "/a/{name}", Set.of(), "put");
    assertThat(tree.find("GET", "/a/filter"))
        .isEqualTo(new RouteTree.Found<String>(null, Set.of("POST", "PUT")));
    assertThat(tree.find("GET", "/b")).isEqualTo(new RouteTree.Found<String>(null, Set.of()));
  }

  @Test
  void two_routes_for_one_path_and_method_stop_the_server() {
    tree.add("GET", "/a/{id}", Set.of("id"), "one");
    assertThatThrownBy(() -> tree.add("GET", "/a/{key}", Set.of("key"), "two"))
        .hasMessage("Two routes for GET /a/{key}");
  }

  @ParameterizedTest
  @CsvSource({
    "a%20b, a b",
    "%, %",
    "%4, %4",
    "%zz, %zz",
    "%C3%A4, ä",
    "%2541, %41",
    "plain, plain"
  })
  void paths_are_decoded_once_and_broken_escapes_stay(String sent, String read) {
    assertThat(RequestTarget.decoded(sent)).isEqualTo(read);
  }
}
