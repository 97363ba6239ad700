package io.annals.command.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientTest {
  private static final ClientVersion LEASES = new ClientVersion(3, 4, 11, "");

  @Test
  void a_client_that_does_not_say_speaks_the_current_api() {
    assertThat(Client.UNKNOWN.speaks(ApiVersion.KNOWS_PAUSES)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0.8.4,true", "0.8.3,false", "0.10.0,true", "1.0.0,true", "0.7.9,false"})
  void api_versions_are_compared_number_by_number(String header, boolean speaks) {
    assertThat(Client.of(header, null).speaks(ApiVersion.KNOWS_PAUSES)).isEqualTo(speaks);
  }

  @ParameterizedTest
  @CsvSource({
    "prefect/3.8.8 (API 0.8.4),true",
    "prefect/3.4.11 (API 0.8.4),true",
    "prefect/3.4.11rc1 (API 0.8.4),false",
    "prefect/3.4.11.dev2 (API 0.8.4),false",
    "prefect/3.4.11+5.gabc.dirty (API 0.8.4),true",
    "prefect/3.4.10 (API 0.8.4),false",
    "prefect/3.10.0 (API 0.8.4),true",
    "curl/8.0,false"
  })
  void the_release_of_a_client_is_in_its_user_agent(String userAgent, boolean knowsLeases) {
    assertThat(Client.of(null, userAgent).isAtLeast(LEASES)).isEqualTo(knowsLeases);
  }

  @Test
  void a_client_that_does_not_say_may_be_old() {
    assertThat(Client.UNKNOWN.isAtLeast(LEASES)).isFalse();
  }

  @Test
  void a_version_is_written_as_prefect_writes_it() {
    assertThat(Client.of(null, "prefect/3.0.0rc20 (API 0.8.4)").version())
        .isEqualTo(new ClientVersion(3, 0, 0, "rc20"))
        .extracting(ClientVersion::text)
        .isEqualTo("3.0.0rc20");
  }
}
