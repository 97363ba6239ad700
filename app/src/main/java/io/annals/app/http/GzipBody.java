package io.annals.app.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A gzip stream over a borrowed deflater, which the JDK's GZIPOutputStream cannot do. */
final class GzipBody implements AutoCloseable {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, -1};
  private static final int TRAILER_WORD_BYTES = 4;
  private static final int BUFFER_BYTES = 4096;

  private final Deflaters deflaters;
  private final Deflater deflater;
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private boolean begun;

  GzipBody(Deflaters deflaters) {
    this.deflaters = deflaters;
    this.deflater = deflaters.borrow();
  }

  /** Compresses a part of the body. */
  void write(ByteArrayOutputStream part, OutputStream out) throws IOException {
    begin(out);
    byte[] bytes = part.toByteArray();
    checksum.update(bytes);
    deflater.setInput(bytes);
    while (!deflater.needsInput()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
  }

  /** Compresses the last part; if it is the only one, the answer gets its Content-Length. */
  void finish(HttpServletResponse response, ByteArrayOutputStream last, boolean partsWereSent)
      throws IOException {
    if (partsWereSent) {
      end(last, response.getOutputStream());
      return;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream(last.size());
    end(last, whole);
    response.setContentLength(whole.size());
    whole.writeTo(response.getOutputStream());
  }

  private void end(ByteArrayOutputStream last, OutputStream out) throws IOException {
    write(last, out);
    deflater.finish();
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    writeWord((int) checksum.getValue(), out);
    writeWord((int) deflater.getBytesRead(), out);
  }

  private void begin(OutputStream out) throws IOException {
    if (!begun) {
      out.write(HEADER);
      begun = true;
    }
  }

  private static void writeWord(int word, OutputStream out) throws IOException {
    for (int i = 0; i < TRAILER_WORD_BYTES; i++) {
      out.write(word >>> (Byte.SIZE * i));
    }
  }

  @Override
  public void close() {
    deflaters.giveBack(deflater);
  }
}
