package io.annals.command.flowrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunNamesTest {
  private static final int DRAWS = 50_000;

  @Test
  void a_name_is_an_adjective_and_an_animal() {
    assertThat(new RunNames(new Random(1)).get()).matches("[a-z]+-[a-z]+");
  }

  @Test
  void there_are_at_least_two_hundred_of_each() {
    RunNames names = new RunNames(new Random(1));
    Set<String> adjectives = new HashSet<>();
    Set<String> animals = new HashSet<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      String name = names.get();
      adjectives.add(name.substring(0, name.indexOf('-')));
      animals.add(name.substring(name.indexOf('-') + 1));
    }
    assertThat(adjectives).hasSizeGreaterThanOrEqualTo(200);
    assertThat(animals).hasSizeGreaterThanOrEqualTo(200);
  }
}
