package org.switchroom.cti.runtime;

import java.util.Optional;
import org.switchroom.cti.center.Effect;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxCommand;

/// Whose call an effect is for.
final class EffectCalls {
  private EffectCalls() {}

  /// Empty: nobody's, or whoever's is on a leg.
  static Optional<CallId> of(Effect effect) {
    return switch (effect) {
      case Effect.Send(var command) -> of(command);
      case Effect.Announce announce -> Optional.of(announce.call());
      case Effect.LookUp who -> Optional.of(who.call());
      case Effect.WriteCustomer _, Effect.Repeat _ -> Optional.empty();
    };
  }

  private static Optional<CallId> of(PbxCommand command) {
    return switch (command) {
      case PbxCommand.RingAgent c -> Optional.of(c.call());
      case PbxCommand.TakeBack c -> Optional.of(c.call());
      case PbxCommand.FallBack c -> Optional.of(c.call());
      case PbxCommand.RunScript c -> Optional.of(c.call());
      case PbxCommand.Dial c -> Optional.of(c.call());
      case PbxCommand.Say c -> Optional.of(c.call());
      case PbxCommand.Music c -> Optional.of(c.call());
      case PbxCommand.CancelRing c -> Optional.of(c.call());
      case PbxCommand.Forget c -> Optional.of(c.call());
      case PbxCommand.HangUpCall c -> Optional.of(c.call());
      case PbxCommand.Hold c -> Optional.of(c.call());
      case PbxCommand.Adopt c -> Optional.of(c.call());
      case PbxCommand.HangUpLeg _,
          PbxCommand.Retrieve _,
          PbxCommand.Answer _,
          PbxCommand.Heartbeat _,
          PbxCommand.Compare _ ->
          Optional.empty();
    };
  }
}
