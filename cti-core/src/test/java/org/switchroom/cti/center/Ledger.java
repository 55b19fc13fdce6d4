package org.switchroom.cti.center;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.customer.CallSeen;
import org.switchroom.cti.customer.ContactRecord;
import org.switchroom.cti.customer.DispositionRecord;
import org.switchroom.cti.customer.HistoryRecord;
import org.switchroom.cti.customer.SeatChanged;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneNumber;

/// A journal in a test's own time, whose rows come in the order in which they were written first:
/// what is not forced is lost in a crash, from some record on. What it makes of its records is what
/// `SqlHistoryStore` and `SqlStanding` make of them.
final class Ledger implements History {
  private record Written(HistoryRecord record, Consumer<String> done) {}

  private final Timeline time;
  private final SplittableRandom random;
  private final List<Written> unforced = new ArrayList<>();
  private final Map<AgentId, SeatChanged> seats = new LinkedHashMap<>();
  private final Map<String, CallSeen> calls = new LinkedHashMap<>();
  final Map<String, ContactRecord> contacts = new LinkedHashMap<>();
  final Set<String> dispositions = new HashSet<>();
  private boolean forcing;

  /// Records who wait are refused.
  boolean full;

  Ledger(Timeline time, SplittableRandom random) {
    this.time = time;
    this.random = random;
  }

  @Override
  public void write(HistoryRecord record, PhoneNumber from, boolean waits, Consumer<String> done) {
    if (full && waits) {
      done.accept("No space left on device.");
      return;
    }
    unforced.add(new Written(record, done));
    if (forcing) return;
    forcing = true;
    time.in(Duration.ofNanos(random.nextLong(100_000, 8_000_000)), this::force);
  }

  private void force() {
    forcing = false;
    if (full) {
      if (!unforced.isEmpty()) {
        forcing = true;
        time.in(Duration.ofMillis(500), this::force);
      }
      return;
    }
    var group = List.copyOf(unforced);
    unforced.clear();
    group.forEach(one -> project(one.record()));
    group.forEach(one -> one.done().accept(null));
  }

  /// The process is gone: of what was not forced some is on the disk all the same.
  void crash() {
    int kept = random.nextInt(unforced.size() + 1);
    unforced.subList(0, kept).forEach(one -> project(one.record()));
    unforced.clear();
  }

  Standing standing() {
    return new Standing(
        Map.of(), new LinkedHashMap<>(seats), List.copyOf(calls.values()), closed(), List.of());
  }

  private Set<CallId> closed() {
    var closed = new HashSet<CallId>();
    for (String call : contacts.keySet()) closed.add(new CallId(call));
    return closed;
  }

  private void project(HistoryRecord record) {
    switch (record) {
      case SeatChanged seat -> {
        seats.put(new AgentId(seat.agent()), seat);
        if (seat.wrapUp() != null) released(seat.wrapUp().call());
      }
      case CallSeen seen -> calls.put(seen.call(), seen);
      case ContactRecord contact -> {
        contacts.putIfAbsent(contact.call(), contact);
        calls.remove(contact.call());
      }
      case DispositionRecord said -> {
        dispositions.add(said.call() + " " + said.agent());
        SeatChanged seat = seats.get(new AgentId(said.agent()));
        boolean asked =
            seat != null
                && seat.wrapUp() != null
                && seat.wrapUp().call().call().equals(said.call());
        if (asked) seats.put(new AgentId(said.agent()), seat.wrappedUp());
      }
      default -> {}
    }
  }

  private void released(CallSeen call) {
    calls.computeIfPresent(call.call(), (_, last) -> last.at().isBefore(call.at()) ? call : last);
  }
}
