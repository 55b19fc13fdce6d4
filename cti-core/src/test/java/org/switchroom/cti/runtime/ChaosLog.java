package org.switchroom.cti.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.switchroom.cti.event.Turn;

/// A ledger in a test's own time. What is written outlives the process; what is forced outlives the
/// machine; what waits because the disk is full outlives neither.
final class ChaosLog implements TurnLog {
  private record Waiting(long number, Runnable told) {}

  private final Timeline time;
  private final SplittableRandom random;

  /// All turns that are written, from the first.
  final List<Turn> written = new ArrayList<>();

  private final ArrayDeque<Turn> kept = new ArrayDeque<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long forced;
  private boolean forcing;
  private long run;

  /// The disk takes nothing.
  boolean full;

  ChaosLog(Timeline time, SplittableRandom random) {
    this.time = time;
    this.random = random;
  }

  @Override
  public Turn append(Turn turn) {
    Turn numbered = turn.numbered(written.size() + kept.size() + 1);
    kept.add(numbered);
    retry();
    return numbered;
  }

  @Override
  public void retry() {
    if (full) return;
    while (!kept.isEmpty()) written.add(kept.poll());
    if (forcing || forced == written.size()) return;
    forcing = true;
    long of = run;
    time.in(
        Duration.ofNanos(random.nextLong(100_000, 8_000_000)),
        () -> {
          if (of == run) force();
        });
  }

  private void force() {
    forcing = false;
    forced = written.size();
    while (!waiting.isEmpty() && waiting.peek().number() <= forced) waiting.poll().told().run();
  }

  @Override
  public void whenForced(long number, Runnable told) {
    if (number <= forced) told.run();
    else waiting.add(new Waiting(number, told));
  }

  @Override
  public boolean healthy() {
    return kept.isEmpty() && !full;
  }

  /// Whether all turns are written.
  boolean holdsAll() {
    return kept.isEmpty();
  }

  /// The process is gone.
  ///
  /// @param machine with it: of what was not forced some is on the disk all the same
  void crash(boolean machine) {
    run++;
    forcing = false;
    kept.clear();
    waiting.clear();
    if (machine && forced < written.size()) {
      int left = random.nextInt(written.size() - (int) forced + 1);
      written.subList((int) forced + left, written.size()).clear();
    }
    forced = written.size();
  }
}
