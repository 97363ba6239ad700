package io.annals.events.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The hash that makes later changes to the log evident: SHA-256 over the hash of the row before it
 * in its family and everything the row says, in the exact text that is stored.
 */
public final class RowHash {
  private RowHash() {}

  /** The hash of one row. Instants are whole microseconds. */
  public static byte[] of(
      byte[] previous,
      long position,
      Instant recorded,
      String eventId,
      @Nullable String stream,
      @Nullable Long version,
      @Nullable String type,
      @Nullable Short revision,
      String occurred,
      @Nullable String payload,
      String metadata,
      @Nullable String faceName,
      @Nullable String face) {
    MessageDigest digest = sha256();
    digest.update(previous);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(position).array());
    add(digest, IsoInstant.exact(recorded));
    add(digest, eventId);
    add(digest, stream);
    add(digest, version == null ? null : version.toString());
    add(digest, type);
    add(digest, revision == null ? null : revision.toString());
    add(digest, occurred);
    add(digest, payload);
    add(digest, metadata);
    add(digest, faceName);
    add(digest, face);
    return digest.digest();
  }

  /** Adds one value with its length, so that no two rows read alike. */
  private static void add(MessageDigest digest, @Nullable String value) {
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    digest.update(
        ByteBuffer.allocate(Integer.BYTES).putInt(bytes == null ? -1 : bytes.length).array());
    if (bytes != null) {
      digest.update(bytes);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java platform has SHA-256", missing);
    }
  }
}
