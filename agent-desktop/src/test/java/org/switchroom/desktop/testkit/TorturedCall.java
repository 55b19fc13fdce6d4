package org.switchroom.desktop.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.switchroom.cti.testkit.SipCall;
import org.switchroom.desktop.testkit.Torture.Drama;

/// A caller of a [Torture], what shall happen to them, and what they and the phones have seen.
final class TorturedCall {
  private static final long MILLI = 1_000_000;

  private final String number;
  private final Drama drama;
  private final SplittableRandom random;
  private final Duration ring;
  private final List<SipCall> legs = new ArrayList<>();

  /// Of each leg.
  private final List<String> phones = new ArrayList<>();

  /// When the caller was put through to a leg that was another call's before, by `System.nanoTime`.
  private long putThrough = Long.MIN_VALUE;

  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private SipCall call;

  TorturedCall(String number, Drama drama, SplittableRandom random, Duration ring) {
    this.number = number;
    this.drama = drama;
    this.random = random;
    this.ring = ring;
  }

  String number() {
    return number;
  }

  Drama drama() {
    return drama;
  }

  Duration ring() {
    return ring;
  }

  /// Between two, in milliseconds.
  synchronized long millis(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /// Done when the caller and every phone that rang are.
  CompletableFuture<Void> over() {
    return over;
  }

  synchronized void begun(SipCall made) {
    call = made;
    made.ended().thenRun(this::look);
  }

  /// @return whether it is the first phone that rings
  synchronized boolean rung(String phone, SipCall leg) {
    phones.add(phone);
    legs.add(leg);
    leg.ended().thenRun(this::look);
    return legs.size() == 1;
  }

  synchronized SipCall caller() {
    return call;
  }

  private synchronized void look() {
    if (call != null && call.isOver() && legs.stream().allMatch(SipCall::isOver)) {
      over.complete(null);
    }
  }

  /// The dialplan has taken them.
  synchronized boolean wasHeard() {
    return call.answered().isDone();
  }

  synchronized boolean wasAnswered() {
    return legs.stream().anyMatch(leg -> leg.answered().isDone());
  }

  /// Whether a caller and a phone have both been there together for so long.
  synchronized boolean hasTalkedFor(long millis) {
    long end = call.ended().join();
    return legs.stream()
        .filter(leg -> leg.answered().isDone())
        .anyMatch(
            leg -> Math.min(end, leg.ended().join()) - leg.answered().join() > millis * MILLI);
  }

  /// From now on the last leg that was answered is the caller's.
  synchronized void putThroughNow() {
    putThrough = System.nanoTime();
  }

  /// The phone that was with the caller when they were gone, if it was for so long, and longer than
  /// every other; empty: that cannot be told.
  synchronized Optional<String> lastWith(long millis) {
    long end = call.ended().join();
    String last = null;
    for (int i = 0; i < legs.size(); i++) {
      SipCall leg = legs.get(i);
      if (!leg.answered().isDone()) continue;
      boolean there = leg.ended().join() > end - millis / 2 * MILLI;
      if (!there) continue;
      long since = Math.max(leg.answered().join(), putThrough);
      if (last != null || end - since < millis * MILLI) return Optional.empty();
      last = phones.get(i);
    }
    return Optional.ofNullable(last);
  }

  /// How much longer than the caller the last phone was in the talk, in milliseconds.
  synchronized long lateEnd() {
    long end = call.ended().join();
    return legs.stream()
            .filter(leg -> leg.answered().isDone())
            .mapToLong(leg -> leg.ended().join() - Math.max(end, leg.answered().join()))
            .max()
            .orElse(0)
        / MILLI;
  }

  @Override
  public synchronized String toString() {
    var text = new StringBuilder(number + " " + drama);
    long began = call.answered().getNow(call.ended().getNow(0L));
    text.append(", gone after ").append(since(began, call.ended()));
    for (SipCall leg : legs) {
      text.append("; a phone answered after ").append(since(began, leg.answered()));
      text.append(", gone after ").append(since(began, leg.ended()));
    }
    return text.toString();
  }

  private static String since(long began, CompletableFuture<Long> when) {
    if (!when.isDone()) return "never";
    return "%.1f ms".formatted((when.join() - began) / (double) MILLI);
  }
}
