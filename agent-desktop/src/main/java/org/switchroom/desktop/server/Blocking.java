package org.switchroom.desktop.server;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.customer.BlockList;
import org.switchroom.cti.customer.BlockedCaller;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.pbx.PhoneNumber;

/// Whose calls are not taken: the database keeps the list, the engine decides by what it was told
/// of it last, and callers' scripts know of whom it is to be asked. Safe for any number of threads.
final class Blocking implements BlockList {
  private final BlockList kept;
  private final Numbers numbers;
  private final Consumer<Input> engine;
  private volatile Map<String, BlockedCaller> known = Map.of();

  Blocking(BlockList kept, Numbers numbers, Consumer<Input> engine) {
    this.kept = kept;
    this.numbers = numbers;
    this.engine = engine;
  }

  /// The engine is told of all of them, as they are now.
  synchronized void tell() {
    List<BlockedCaller> all = kept.all();
    known = all.stream().collect(Collectors.toMap(BlockedCaller::number, one -> one));
    engine.accept(new Input.CallersBlocked(all));
  }

  /// As it is blocked; empty: it is not, or hidden.
  Optional<String> blocked(PhoneNumber from) {
    if (known.isEmpty() || from.hidden()) return Optional.empty();
    return Optional.of(numbers.e164(from)).filter(known::containsKey);
  }

  @Override
  public List<BlockedCaller> all() {
    return kept.all();
  }

  @Override
  public boolean block(BlockedCaller caller, Instant wall) {
    boolean done = kept.block(caller, wall);
    if (done) tell();
    return done;
  }

  @Override
  public boolean unblock(String number) {
    boolean done = kept.unblock(number);
    if (done) tell();
    return done;
  }

  @Override
  public List<Ended> ended(Instant since) {
    return kept.ended(since);
  }
}
