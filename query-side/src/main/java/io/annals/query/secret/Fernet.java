package io.annals.query.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Fernet, the recipe of Python's {@code cryptography}: AES-128 in CBC mode, and an HMAC-SHA256 over
 * the whole token. Tokens that Prefect's server has written can be read, and the other way round.
 */
public final class Fernet {
  private static final byte VERSION = (byte) 0x80;
  private static final int HALF_KEY_BYTES = 16;
  private static final int VECTOR_BYTES = 16;
  private static final int HMAC_BYTES = 32;
  private static final int HEADER_BYTES = 1 + Long.BYTES + VECTOR_BYTES;
  private static final String AES = "AES/CBC/PKCS5Padding";
  private static final String HMAC = "HmacSHA256";

  private final SecretKeySpec signing;
  private final SecretKeySpec encryption;
  private final SecureRandom random;
  private final InstantSource clock;

  /**
   * Encrypts with one key.
   *
   * @param key 32 bytes as URL-safe Base64, as {@link #newKey} makes them
   * @param clock tokens tell when they were made
   * @throws IllegalArgumentException for any other key
   */
  public Fernet(String key, SecureRandom random, InstantSource clock) {
    byte[] bytes = Base64.getUrlDecoder().decode(key.strip());
    if (bytes.length != 2 * HALF_KEY_BYTES) {
      throw new IllegalArgumentException("A Fernet key has 32 bytes, not " + bytes.length);
    }
    this.signing = new SecretKeySpec(bytes, 0, HALF_KEY_BYTES, HMAC);
    this.encryption = new SecretKeySpec(bytes, HALF_KEY_BYTES, HALF_KEY_BYTES, "AES");
    this.random = random;
    this.clock = clock;
  }

  /** A key that was never used before. */
  public static String newKey(SecureRandom random) {
    byte[] bytes = new byte[2 * HALF_KEY_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  /** The token of a text. */
  public String encrypt(String text) {
    byte[] vector = new byte[VECTOR_BYTES];
    random.nextBytes(vector);
    byte[] secret = crypt(Cipher.ENCRYPT_MODE, vector, text.getBytes(StandardCharsets.UTF_8));
    byte[] signed =
        ByteBuffer.allocate(HEADER_BYTES + secret.length)
            .put(VERSION)
            .putLong(clock.instant().getEpochSecond())
            .put(vector)
            .put(secret)
            .array();
    byte[] token = Arrays.copyOf(signed, signed.length + HMAC_BYTES);
    System.arraycopy(hmac(signed), 0, token, signed.length, HMAC_BYTES);
    return Base64.getUrlEncoder().encodeToString(token);
  }

  /** The text of a token; nothing when it was made with another key, or is none. */
  public Optional<String> decrypt(String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
    int signedBytes = bytes.length - HMAC_BYTES;
    if (signedBytes <= HEADER_BYTES || bytes[0] != VERSION) {
      return Optional.empty();
    }
    byte[] signed = Arrays.copyOf(bytes, signedBytes);
    byte[] signature = Arrays.copyOfRange(bytes, signedBytes, bytes.length);
    if (!MessageDigest.isEqual(hmac(signed), signature)) {
      return Optional.empty();
    }
    byte[] vector = Arrays.copyOfRange(signed, HEADER_BYTES - VECTOR_BYTES, HEADER_BYTES);
    byte[] secret = Arrays.copyOfRange(signed, HEADER_BYTES, signedBytes);
    return Optional.of(
        new String(crypt(Cipher.DECRYPT_MODE, vector, secret), StandardCharsets.UTF_8));
  }

  private byte[] crypt(int mode, byte[] vector, byte[] bytes) {
    try {
      Cipher cipher = Cipher.getInstance(AES);
      cipher.init(mode, encryption, new IvParameterSpec(vector));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // every JDK has AES, and the signature held
    }
  }

  private byte[] hmac(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(signing);
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
