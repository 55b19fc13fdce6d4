package org.switchroom.cti.pbx.asterisk;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.asteriskjava.fastagi.AgiException;

/// Notices a session on which nothing comes back any more: every command has a time in which it
/// must be answered. When it is over the session's virtual thread is interrupted, which closes its
/// socket.
final class AgiWatch {
  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private final Thread session = Thread.currentThread();
  private volatile boolean frozen;

  private static ScheduledThreadPoolExecutor clock() {
    var clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("fastagi-watch").daemon().factory());
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /// A command.
  @FunctionalInterface
  interface Command<T> {
    T send() throws AgiException;
  }

  /// A command that answers nothing, or several of them.
  @FunctionalInterface
  interface SilentCommand {
    void send() throws AgiException;
  }

  /// @throws AgiException when the session is over, or the time
  void within(Duration most, SilentCommand order) throws AgiException {
    Future<?> late = late(most);
    try {
      order.send();
    } finally {
      late.cancel(false);
    }
  }

  /// @throws AgiException when the session is over, or the time
  <T> T within(Duration most, Command<T> command) throws AgiException {
    Future<?> late = late(most);
    try {
      return command.send();
    } finally {
      late.cancel(false);
    }
  }

  private Future<?> late(Duration most) {
    return later(most, this::expire);
  }

  /// Does something, which is short, when the time is over.
  static Future<?> later(Duration time, Runnable work) {
    return CLOCK.schedule(work, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void expire() {
    frozen = true;
    session.interrupt();
  }

  /// Whether a command was not answered in its time.
  boolean frozen() {
    return frozen;
  }
}
