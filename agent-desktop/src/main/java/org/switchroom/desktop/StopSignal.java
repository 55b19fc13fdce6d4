package org.switchroom.desktop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C or TERM. The process ends when this is closed, so whatever is opened after it and closed
/// before it has stopped in good order by then.
final class StopSignal implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 15;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
  }

  void ask() {
    asked.countDown();
  }

  private void stop() {
    ask();
    try {
      done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isAsked() {
    return asked.getCount() == 0;
  }

  void await() throws InterruptedException {
    asked.await();
    System.out.println("Stopping.");
  }

  @Override
  public void close() {
    done.countDown();
  }
}
