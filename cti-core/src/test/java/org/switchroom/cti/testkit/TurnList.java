package org.switchroom.cti.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.history.TurnSource;

/// A ledger in memory, whose turns are on the disk at once.
public final class TurnList implements TurnSource {
  private final String name;
  private final List<Turn> turns = new ArrayList<>();
  private long position;
  private long passed;
  private boolean closed;

  public TurnList(String name) {
    this.name = name;
  }

  public synchronized TurnList addAll(List<Turn> more) {
    turns.addAll(more);
    notifyAll();
    return this;
  }

  /// One turn of these events, with the number that comes next.
  public synchronized Turn add(Instant at, Event... events) {
    var turn = new Turn(last() + 1, at, at, List.of(events));
    addAll(List.of(turn));
    return turn;
  }

  /// Those up to a turn are no longer kept.
  public synchronized void forget(long upTo) {
    turns.removeIf(turn -> turn.number() <= upTo);
  }

  public synchronized List<Turn> turns() {
    return List.copyOf(turns);
  }

  /// The last turn of which somebody has said that it is needed no more.
  public synchronized long passed() {
    return passed;
  }

  @Override
  public String ledger() {
    return name;
  }

  @Override
  public synchronized long last() {
    return turns.isEmpty() ? 0 : turns.getLast().number();
  }

  @Override
  public synchronized void goOnAfter(long turn) {
    position = turn;
  }

  @Override
  public synchronized List<Turn> take(int most) throws InterruptedException {
    while (position >= last() && !closed) wait();
    return closed ? List.of() : poll(most);
  }

  @Override
  public synchronized List<Turn> poll(int most) {
    List<Turn> next = turns.stream().filter(turn -> turn.number() > position).limit(most).toList();
    if (!next.isEmpty()) position = next.getLast().number();
    return next;
  }

  @Override
  public synchronized void passed(long turn) {
    passed = turn;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
