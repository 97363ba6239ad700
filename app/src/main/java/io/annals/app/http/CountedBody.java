package io.annals.app.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request whose body ends in an error once more than a number of bytes were read from it. */
final class CountedBody extends HttpServletRequestWrapper {
  private final long maxBytes;
  private long read;
  private @Nullable ServletInputStream stream;

  CountedBody(HttpServletRequest request, long maxBytes) {
    super(request);
    this.maxBytes = maxBytes;
  }

  /** Whether the body was longer than allowed, as far as it was read. */
  boolean exceeded() {
    return read > maxBytes;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    ServletInputStream open = stream;
    if (open == null) {
      open = new CountingStream(super.getInputStream());
      stream = open;
    }
    return open;
  }

  private int counted(int bytes) throws IOException {
    read += Math.max(bytes, 0);
    if (exceeded()) {
      throw new BodyTooLargeException(maxBytes);
    }
    return bytes;
  }

  private final class CountingStream extends ServletInputStream {
    private final ServletInputStream source;

    CountingStream(ServletInputStream source) {
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      int next = source.read();
      counted(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return counted(source.read(bytes, offset, length));
    }

    @Override
    public boolean isFinished() {
      return source.isFinished();
    }

    @Override
    public boolean isReady() {
      return source.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("Bodies are read by the thread of the request");
    }
  }
}
