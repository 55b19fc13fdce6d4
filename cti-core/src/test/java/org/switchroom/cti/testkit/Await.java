package org.switchroom.cti.testkit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waits for what nobody tells: what a PBX or a server has counted.
public final class Await {
  private static final long LOOK_EVERY_MILLIS = 20;

  private Await() {}

  /// @return whether it is so within this time
  public static boolean isSo(BooleanSupplier what, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    while (!what.getAsBoolean()) {
      if (System.nanoTime() > deadline) return false;
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /// @param name what it is, as in "It is not so that …"
  /// @throws IllegalStateException when it is not so within this time
  public static void until(BooleanSupplier what, String name, Duration within) {
    if (isSo(what, within)) return;
    throw new IllegalStateException(
        "After %d s it is not so that %s.".formatted(within.toSeconds(), name));
  }

  /// @throws IllegalStateException when it stays closed for so long
  public static void open(CountDownLatch latch, Duration within) {
    try {
      if (latch.await(within.toMillis(), TimeUnit.MILLISECONDS)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("Nobody has opened it in %d s.".formatted(within.toSeconds()));
  }
}
