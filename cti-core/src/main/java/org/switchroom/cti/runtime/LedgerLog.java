package org.switchroom.cti.runtime;

import java.io.IOException;
import org.switchroom.cti.center.State;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.LedgerState;

/// Turns in the ledger: a turn is one frame, so all of it is there or nothing.
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
    return turn.numbered(ledger.append(codec.encode(turn)).number());
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
