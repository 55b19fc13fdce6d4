package org.switchroom.cti.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.switchroom.cti.center.State;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.LedgerState;

/// Turns in the ledger: a turn is one frame. One that is larger than a frame can be, such as a new
/// configuration of ten thousand agents, is several, one after the other.
public final class LedgerLog implements TurnLog {
  private final Ledger ledger;
  private final TurnCodec codec;

  public LedgerLog(Ledger ledger) throws IOException {
    this.ledger = ledger;
    codec = new TurnCodec(ledger.keys());
  }

  /// What the last run has left, before anything is appended.
  void knows(State state) {
    state.contacts().forEach(codec::knows);
  }

  @Override
  public Turn append(Turn turn) {
    ByteBuffer bytes = codec.encode(turn);
    if (bytes.remaining() <= Ledger.LARGEST_FRAME) {
      return turn.numbered(ledger.append(bytes).number());
    }
    List<Event> events = turn.events();
    if (events.size() == 1) {
      throw new IllegalStateException(
          "An event of %d bytes; the most is %d: %s"
              .formatted(bytes.remaining(), Ledger.LARGEST_FRAME, events.getFirst().getClass()));
    }
    int half = events.size() / 2;
    append(new Turn(0, turn.at(), turn.wall(), events.subList(0, half)));
    Turn last = append(new Turn(0, turn.at(), turn.wall(), events.subList(half, events.size())));
    return turn.numbered(last.number());
  }

  @Override
  public void whenForced(long number, Runnable told) {
    ledger.whenForced(number, told);
  }

  @Override
  public boolean healthy() {
    return ledger.state() instanceof LedgerState.Healthy;
  }

  @Override
  public void retry() {
    ledger.retry();
  }
}
