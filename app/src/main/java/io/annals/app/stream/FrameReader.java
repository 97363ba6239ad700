package io.annals.app.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Takes a client's bytes apart into frames and puts text messages together (RFC 6455, section 5).
 * Keeps at most one message, and nothing of a message that is too long.
 */
final class FrameReader {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int MAX_CONTROL_PAYLOAD = 125;
  private static final int MAX_HEADER = 14;
  private static final int INITIAL_MESSAGE = 1_024;
  private static final int EMPTIED_BEYOND = 64 * 1_024;

  /** What a frame means to the connection. */
  interface Sink {
    void text(String message);

    void tooLong();

    void ping(byte[] payload);

    void pong();

    void close(byte[] payload);

    void violation(CloseCode code, String reason);
  }

  private final Sink sink;
  private final int maxMessageBytes;
  private final ByteBuffer header = ByteBuffer.allocate(MAX_HEADER);
  private final byte[] mask = new byte[4];
  private ByteArrayOutputStream message = new ByteArrayOutputStream(INITIAL_MESSAGE);
  private ByteArrayOutputStream control = new ByteArrayOutputStream(MAX_CONTROL_PAYLOAD);
  private boolean inMessage;
  private boolean messageTooLong;
  private boolean inPayload;
  private boolean isFinal;
  private int opcode;
  private long remaining;
  private int masked;
  private boolean failed;

  FrameReader(Sink sink, int maxMessageBytes) {
    this.sink = sink;
    this.maxMessageBytes = maxMessageBytes;
  }

  /** Takes in the next bytes; they may be changed. */
  void read(byte[] bytes, int length) {
    int at = 0;
    while (at < length && !failed) {
      if (!inPayload) {
        header.put(bytes[at++]);
        readHeader();
      } else {
        int take = (int) Math.min(remaining, length - at);
        unmask(bytes, at, take);
        keep(bytes, at, take);
        at += take;
        remaining -= take;
      }
      if (inPayload && remaining == 0 && !failed) {
        inPayload = false;
        finishFrame();
      }
    }
  }

  private void readHeader() {
    int have = header.position();
    if (have < 2) {
      return;
    }
    int second = header.get(1) & 0xff;
    int lengthCode = second & 0x7f;
    int lengthBytes = lengthCode == 126 ? 2 : lengthCode == 127 ? 8 : 0;
    if ((second & 0x80) == 0) {
      fail(CloseCode.PROTOCOL_ERROR, "Client frames are masked");
      return;
    }
    if (have < 2 + lengthBytes + mask.length) {
      return;
    }
    int first = header.get(0) & 0xff;
    isFinal = (first & 0x80) != 0;
    opcode = first & 0x0f;
    remaining =
        switch (lengthBytes) {
          case 2 -> header.getShort(2) & 0xffff;
          case 8 -> header.getLong(2);
          default -> lengthCode;
        };
    header.get(2 + lengthBytes, mask);
    header.clear();
    masked = 0;
    inPayload = true;
    checkHeader((first & 0x70) != 0);
  }

  private void checkHeader(boolean reservedBits) {
    boolean isControl = opcode >= CLOSE;
    boolean continues = opcode == CONTINUATION;
    boolean known = opcode <= BINARY || (isControl && opcode <= PONG);
    if (reservedBits || !known || remaining < 0) {
      fail(CloseCode.PROTOCOL_ERROR, "Unknown kind of frame");
    } else if (isControl && (!isFinal || remaining > MAX_CONTROL_PAYLOAD)) {
      fail(CloseCode.PROTOCOL_ERROR, "Control frames are short and whole");
    } else if (!isControl && continues != inMessage) {
      fail(CloseCode.PROTOCOL_ERROR, "Frames of a message belong together");
    } else if (opcode == BINARY) {
      fail(CloseCode.POLICY_VIOLATION, "Only text messages are understood");
    } else if (!isControl) {
      inMessage = true;
      messageTooLong = messageTooLong || message.size() + remaining > maxMessageBytes;
    }
  }

  private void fail(CloseCode code, String reason) {
    failed = true;
    sink.violation(code, reason);
  }

  private void unmask(byte[] bytes, int from, int count) {
    for (int i = from; i < from + count; i++) {
      bytes[i] ^= mask[masked++ & 3];
    }
  }

  private void keep(byte[] bytes, int from, int count) {
    if (opcode >= CLOSE) {
      control.write(bytes, from, count);
    } else if (!messageTooLong) {
      message.write(bytes, from, count);
    }
  }

  private void finishFrame() {
    if (opcode >= CLOSE) {
      finishControl();
    } else if (isFinal) {
      finishMessage();
    }
  }

  private void finishControl() {
    byte[] payload = control.toByteArray();
    control.reset();
    switch (opcode) {
      case PING -> sink.ping(payload);
      case PONG -> sink.pong();
      default -> {
        failed = true; // nothing counts after a close
        sink.close(payload);
      }
    }
  }

  private void finishMessage() {
    inMessage = false;
    if (messageTooLong) {
      messageTooLong = false;
      message = new ByteArrayOutputStream(INITIAL_MESSAGE);
      sink.tooLong();
      return;
    }
    byte[] bytes = message.toByteArray();
    if (bytes.length > EMPTIED_BEYOND) {
      message = new ByteArrayOutputStream(INITIAL_MESSAGE);
    } else {
      message.reset();
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException broken) {
      fail(CloseCode.NOT_UTF8_OR_JSON, "Invalid UTF-8");
      return;
    }
    sink.text(text);
  }
}
