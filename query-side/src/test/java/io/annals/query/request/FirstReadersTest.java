package io.annals.query.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The first requests after a start arrive together. */
class FirstReadersTest {
  private static final byte[] BODY = "{\"a\": 1, \"b\": 2}".getBytes(StandardCharsets.UTF_8);
  private static final AtomicReference<@Nullable Runnable> WHILE_LOOKING = new AtomicReference<>();

  /** The default of {@code pause} is read while the record is looked at for the first time. */
  record Slow(int a, @Default("{}") Pause pause, int b) {}

  record Pause() {
    Pause {
      Runnable pause = WHILE_LOOKING.getAndSet(null);
      if (pause != null) {
        pause.run();
      }
    }
  }

  @Test
  void a_second_reader_sees_the_whole_record() {
    Slow whole = new Slow(1, new Pause(), 2);
    CompletableFuture<Slow> second = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                second.complete(RequestReader.read(Slow.class, BODY));
              } catch (RuntimeException failure) {
                second.completeExceptionally(failure);
              }
            });
    WHILE_LOOKING.set(
        () -> {
          reader.start();
          while (!second.isDone() && !waitsForThisThread(reader)) {
            Thread.onSpinWait();
          }
        });
    assertThat(RequestReader.read(Slow.class, BODY)).isEqualTo(whole);
    assertThat(second.join()).isEqualTo(whole);
  }

  private static boolean waitsForThisThread(Thread other) {
    ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(other.threadId());
    return info != null && info.getLockOwnerId() == Thread.currentThread().threadId();
  }
}
