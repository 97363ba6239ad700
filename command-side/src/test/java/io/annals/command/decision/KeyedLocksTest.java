package io.annals.command.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.Test;

class KeyedLocksTest {
  @Test
  void the_second_command_waits_until_the_first_one_is_finished() throws Exception {
    KeyedLocks locks = new KeyedLocks();
    AtomicBoolean finished = new AtomicBoolean();
    AtomicBoolean sawItFinished = new AtomicBoolean();
    CountDownLatch under = new CountDownLatch(1);
    UnitOfWork<?> first = DefaultUnitOfWork.startAndGet(GenericCommandMessage.asCommandMessage(1));
    locks.holdUntilFinished("flow", "key");
    first.afterCommit(work -> finished.set(true));
    Thread second =
        Thread.startVirtualThread(
            () -> {
              UnitOfWork<?> work =
                  DefaultUnitOfWork.startAndGet(GenericCommandMessage.asCommandMessage(2));
              under.countDown();
              locks.holdUntilFinished("flow", "key");
              sawItFinished.set(finished.get());
              work.commit();
            });
    under.await();
    first.commit();
    second.join();
    assertThat(sawItFinished).isTrue();
  }

  @Test
  void a_command_that_fails_lets_go() {
    KeyedLocks locks = new KeyedLocks();
    for (int attempt = 0; attempt < 2; attempt++) {
      UnitOfWork<?> work =
          DefaultUnitOfWork.startAndGet(GenericCommandMessage.asCommandMessage(attempt));
      locks.holdUntilFinished("flow", "key");
      work.rollback();
    }
    Thread other =
        Thread.startVirtualThread(
            () -> {
              UnitOfWork<?> work =
                  DefaultUnitOfWork.startAndGet(GenericCommandMessage.asCommandMessage(3));
              locks.holdUntilFinished("flow", "key");
              work.commit();
            });
    assertThat(other).satisfies(Thread::join);
  }
}
