package org.switchroom.desktop.testkit;

import java.time.Instant;
import java.util.Set;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Snapshot;
import org.switchroom.cti.event.CallEvent;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.runtime.Recorder;
import org.switchroom.cti.testkit.Facts;

/// What an engine decides, waited for: it hears of what is over a moment after the PBX's own events
/// tell a test of it.
public final class TurnWatch implements Recorder {
  private final Facts<Event> decided = new Facts<>();

  @Override
  public void begins(Snapshot known, Set<String> aside) {}

  @Override
  public void takes(Input input, Instant now, Instant wall) {}

  @Override
  public void decides(Turn turn) {
    turn.events().forEach(decided);
  }

  /// Waits until every call is over that has come by now.
  public void awaitEnds() {
    for (Event event : decided.all()) {
      switch (event) {
        case CallEvent.CallArrived came -> awaitEnd(came.call());
        case CallEvent.CallJoined came -> awaitEnd(came.call());
        default -> {}
      }
    }
  }

  private void awaitEnd(CallId call) {
    decided.await(CallEvent.CallEnded.class, end -> end.call().equals(call));
  }
}
