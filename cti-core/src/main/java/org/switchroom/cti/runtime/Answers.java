package org.switchroom.cti.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Who waits for an answer, by the name of what they have asked. Answers come once; whoever asks
/// the same again while it is under way is answered with the others.
///
/// @param <N> the names
/// @param <A> the answers
final class Answers<N, A> {
  private final Map<N, List<Consumer<A>>> waiting = new HashMap<>();

  /// How many are being told at this moment.
  private int telling;

  synchronized void asked(N name, Consumer<A> answer) {
    waiting.computeIfAbsent(name, _ -> new ArrayList<>()).add(answer);
  }

  /// Who has asked is answered otherwise.
  synchronized void withdraw(N name, Consumer<A> answer) {
    List<Consumer<A>> who = waiting.get(name);
    if (who == null) return;
    who.remove(answer);
    if (who.isEmpty()) waiting.remove(name);
    notifyAll();
  }

  void answered(N name, A answer) {
    List<Consumer<A>> who;
    synchronized (this) {
      who = Optional.ofNullable(waiting.remove(name)).orElse(List.of());
      telling++;
    }
    try {
      who.forEach(one -> one.accept(answer));
    } finally {
      told();
    }
  }

  private synchronized void told() {
    telling--;
    notifyAll();
  }

  private boolean allTold() {
    return waiting.isEmpty() && telling == 0;
  }

  /// Returns whether everybody has their answer, in this time.
  synchronized boolean await(Duration most) {
    long deadline = System.nanoTime() + most.toNanos();
    try {
      for (long left = most.toNanos();
          left > 0 && !allTold();
          left = deadline - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return allTold();
  }
}
