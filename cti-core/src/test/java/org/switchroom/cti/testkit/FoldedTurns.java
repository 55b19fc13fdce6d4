package org.switchroom.cti.testkit;

import java.util.List;
import org.switchroom.cti.center.Effect;
import org.switchroom.cti.center.Engine;
import org.switchroom.cti.center.Replica;
import org.switchroom.cti.event.Turn;

/// Every turn is taken, and what it says is folded; nothing is set aside.
public final class FoldedTurns implements Engine.Turns {
  private final Replica folded;

  public FoldedTurns(Replica folded) {
    this.folded = folded;
  }

  @Override
  public boolean begins(String subject) {
    return true;
  }

  @Override
  public boolean becomes(String kind, String id) {
    return true;
  }

  @Override
  public void again() {}

  @Override
  public void takes(Turn turn, List<Effect> effects) {
    if (!turn.events().isEmpty()) folded.apply(turn);
  }

  @Override
  public void ends() {}
}
