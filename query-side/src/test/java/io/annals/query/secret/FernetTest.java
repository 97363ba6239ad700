package io.annals.query.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class FernetTest {
  /** From the Fernet specification. */
  private static final String KEY = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";

  private static final String TOKEN =
      "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";

  /** What Python's cryptography made of {@code {"value": "ü"}} with the same key. */
  private static final String PYTHONS_TOKEN =
      "gAAAAABrCBsg8l7ntg4yqayEm_nzE0wZ3Q6JLNrBWIqLarkLdiKq1C7Tb_dDXybS2Pto3dkR_kPN95RM3nMWqSPaUBTejNoJ9zN0NFSh6Zb8CtAg8abgWFA=";

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("1985-10-26T08:20:00Z"));

  private final Fernet fernet = new Fernet(KEY, new SecureRandom(), CLOCK);

  @Test
  void tokens_are_as_the_specification_shows() {
    SecureRandom counting =
        new SecureRandom() {
          @Override
          public void nextBytes(byte[] bytes) {
            for (int index = 0; index < bytes.length; index++) {
              bytes[index] = (byte) index;
            }
          }
        };
    assertThat(new Fernet(KEY, counting, CLOCK).encrypt("hello")).isEqualTo(TOKEN);
  }

  @Test
  void tokens_of_others_are_read() {
    assertThat(fernet.decrypt(TOKEN)).contains("hello");
    assertThat(fernet.decrypt(PYTHONS_TOKEN)).contains("{\"value\": \"\\u00fc\"}");
  }

  @Test
  void what_was_encrypted_is_read_again_and_looks_different_every_time() {
    String token = fernet.encrypt("ü");
    assertThat(fernet.decrypt(token)).contains("ü");
    assertThat(fernet.encrypt("ü")).isNotEqualTo(token);
  }

  @Test
  void another_key_reads_nothing() {
    String other = Fernet.newKey(new SecureRandom());
    assertThat(new Fernet(other, new SecureRandom(), CLOCK).decrypt(TOKEN)).isEmpty();
  }

  @Test
  void what_was_tampered_with_is_not_read() {
    String changed = TOKEN.replace("AAECAwQF", "AAECAwQG");
    assertThat(fernet.decrypt(changed)).isEmpty();
    assertThat(fernet.decrypt(TOKEN.substring(0, 40))).isEmpty();
    assertThat(fernet.decrypt("no token!")).isEmpty();
    assertThat(fernet.decrypt("")).isEmpty();
  }

  @Test
  void a_key_has_32_bytes() {
    assertThatThrownBy(() -> new Fernet("c2hvcnQ=", new SecureRandom(), CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A Fernet key has 32 bytes, not 5");
  }
}
