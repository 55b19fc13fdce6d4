package org.switchroom.cti.center;

import java.time.Instant;
import org.switchroom.acd.RouterMemory;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;

/// What the center knows, folded from its events alone: nobody decides here, and no router is
/// asked. One thread's.
public final class Replica {
  private final Routing routing = new Routing();
  private final State state = new State(routing);
  private Instant at = Instant.EPOCH;

  /// Of a replica that was told nothing.
  public static final Snapshot NOTHING = new Replica().snapshot();

  /// Begins with what is known already.
  public void restore(Snapshot snapshot) {
    state.restore(snapshot);
    routing.restore(snapshot.router());
    at = snapshot.at();
  }

  public void apply(Turn turn) {
    for (Event event : turn.events()) state.apply(event, turn.at());
    at = turn.at();
  }

  public State state() {
    return state;
  }

  public RouterMemory router() {
    return routing.memory();
  }

  /// All of it, as a value.
  public Snapshot snapshot() {
    return state.snapshot(at, routing.memory());
  }
}
