package io.annals.app.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds the frames that a server sends: whole, and never masked. */
final class ServerFrame {
  private static final int FINAL = 0x80;
  private static final int SHORT_LENGTH = 125;
  private static final int MAX_TWO_BYTES = 0xffff;
  private static final int MAX_REASON_BYTES = 123;

  private ServerFrame() {}

  static byte[] of(int opcode, byte[] payload) {
    int length = payload.length;
    int header = length <= SHORT_LENGTH ? 2 : length <= MAX_TWO_BYTES ? 4 : 10;
    ByteBuffer frame = ByteBuffer.allocate(header + length);
    frame.put((byte) (FINAL | opcode));
    switch (header) {
      case 2 -> frame.put((byte) length);
      case 4 -> frame.put((byte) 126).putShort((short) length);
      default -> frame.put((byte) 127).putLong(length);
    }
    return frame.put(payload).array();
  }

  static byte[] close(CloseCode code, String reason) {
    byte[] text = fitting(reason);
    return of(
        FrameReader.CLOSE,
        ByteBuffer.allocate(2 + text.length).putShort((short) code.number()).put(text).array());
  }

  /** The reason in UTF-8, cut between characters where it is too long for a control frame. */
  private static byte[] fitting(String reason) {
    int end = reason.length();
    byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
    while (bytes.length > MAX_REASON_BYTES) {
      end = reason.offsetByCodePoints(end, -1);
      bytes = reason.substring(0, end).getBytes(StandardCharsets.UTF_8);
    }
    return bytes;
  }
}
