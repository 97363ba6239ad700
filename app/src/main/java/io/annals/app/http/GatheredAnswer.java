package io.annals.app.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is held back until it is complete, or too long to hold: only then is it known
 * whether compressing pays and what Content-Length to send.
 */
final class GatheredAnswer extends HttpServletResponseWrapper implements AutoCloseable {
  /** A longer body is passed on as it comes. */
  static final int MAX_HELD_BYTES = 64 * 1024;

  private static final int FIRST_BYTES = 2048;
  private static final String LENGTH = "Content-Length";

  private final HttpServletResponse target;
  private final int minBytes;
  private final @Nullable Deflaters deflaters;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream(FIRST_BYTES);
  private final ServletOutputStream stream = new HeldStream();
  private @Nullable PrintWriter writer;
  private @Nullable GzipBody gzip;
  private boolean passing;
  private long announcedLength = -1;
  private int errorStatus;
  private @Nullable String errorText;

  /**
   * Holds back what is written.
   *
   * @param minBytes shorter bodies are not compressed
   * @param deflaters null when the client does not take gzip
   */
  GatheredAnswer(HttpServletResponse target, int minBytes, @Nullable Deflaters deflaters) {
    super(target);
    this.target = target;
    this.minBytes = minBytes;
    this.deflaters = deflaters;
  }

  /** Sends what is still held: the whole answer, or the end of a long one. */
  void finish() throws IOException {
    if (errorStatus != 0) {
      super.sendError(errorStatus, errorText);
      return;
    }
    if (writer != null) {
      writer.flush();
    }
    if (!passing && !target.isCommitted()) {
      begin(true);
    }
    if (gzip != null) {
      gzip.finish(target, held, passing);
    } else if (held.size() > 0) {
      passHeld();
    }
  }

  /** Sets free what compressing took, also when the route failed. */
  @Override
  public void close() {
    if (gzip != null) {
      gzip.close();
      gzip = null;
    }
  }

  private void begin(boolean complete) {
    boolean empty = complete && held.size() == 0;
    if (empty || isFinal()) {
      if (announcedLength >= 0) {
        target.setContentLengthLong(announcedLength);
      }
    } else if (complete && held.size() < minBytes) {
      target.setContentLength(held.size());
    } else {
      target.addHeader("Vary", "Accept-Encoding");
      beginLong(complete);
    }
  }

  private void beginLong(boolean complete) {
    if (deflaters != null) {
      target.setHeader("Content-Encoding", "gzip");
      gzip = new GzipBody(deflaters);
    } else if (complete) {
      target.setContentLength(held.size());
    } else if (announcedLength >= 0) {
      target.setContentLengthLong(announcedLength);
    }
  }

  /** Whether the body is encoded already, or a range whose bytes must not change. */
  private boolean isFinal() {
    return target.containsHeader("Content-Encoding")
        || target.getStatus() == HttpServletResponse.SC_PARTIAL_CONTENT;
  }

  private void passOn() throws IOException {
    if (!passing) {
      begin(false);
      passing = true;
    }
    if (gzip != null) {
      gzip.write(held, target.getOutputStream());
      held.reset();
    } else {
      passHeld();
    }
  }

  private void passHeld() throws IOException {
    held.writeTo(target.getOutputStream());
    held.reset();
  }

  private void written() throws IOException {
    if (held.size() > MAX_HELD_BYTES) {
      passOn();
    }
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return stream;
  }

  @Override
  public PrintWriter getWriter() {
    PrintWriter open = writer;
    if (open == null) {
      String encoding = getCharacterEncoding();
      Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
      open = new PrintWriter(new OutputStreamWriter(stream, charset), false);
      writer = open;
    }
    return open;
  }

  /** A route that flushes the answer itself streams it: what is there begins to leave. */
  @Override
  public void flushBuffer() throws IOException {
    if (writer != null) {
      writer.flush();
    }
    passOn();
    super.flushBuffer();
  }

  @Override
  public boolean isCommitted() {
    return passing || super.isCommitted();
  }

  @Override
  public void sendError(int status) {
    sendError(status, null);
  }

  /** Held back as well: whoever resets the answer may still give a better reason. */
  @Override
  public void sendError(int status, @Nullable String text) {
    held.reset();
    errorStatus = status;
    errorText = text;
  }

  @Override
  public void resetBuffer() {
    held.reset();
    announcedLength = -1;
    errorStatus = 0;
    super.resetBuffer();
  }

  @Override
  public void reset() {
    held.reset();
    announcedLength = -1;
    errorStatus = 0;
    super.reset();
  }

  @Override
  public void setContentLength(int length) {
    announcedLength = length;
  }

  @Override
  public void setContentLengthLong(long length) {
    announcedLength = length;
  }

  @Override
  public void setHeader(String name, String value) {
    if (name.equalsIgnoreCase(LENGTH)) {
      announcedLength = Long.parseLong(value);
    } else {
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (name.equalsIgnoreCase(LENGTH)) {
      announcedLength = Long.parseLong(value);
    } else {
      super.addHeader(name, value);
    }
  }

  private final class HeldStream extends ServletOutputStream {
    @Override
    public void write(int oneByte) throws IOException {
      held.write(oneByte);
      written();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      held.write(bytes, offset, length);
      written();
    }

    @Override
    public void flush() {
      // Spring flushes after each body it writes; the end of the request is the moment to send.
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException("Answers are written by the thread of the request");
    }
  }
}
