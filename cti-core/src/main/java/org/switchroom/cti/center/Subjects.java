package org.switchroom.cti.center;

import java.util.Optional;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.event.About;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.task.Task;

/// What a turn is about, and what a fault in it would be a fault with. All that happens to a call
/// is about that call.
final class Subjects {
  private Subjects() {}

  /// @param timer that is due, where time has passed; empty: something of the router's
  static String of(Input input, Optional<Deadlines.Timer> timer, State state) {
    return switch (input) {
      case Input.FromPbx(var fact) -> of(fact, state);
      case Input.DeskCommand command -> "command " + command.id();
      case Input.CustomerWritten written -> "command " + written.command().id();
      case Input.DeskOpened(var agent) -> "desk " + agent;
      case Input.DeskClosed(var agent) -> "desk " + agent;
      case Input.ScriptFact fact -> call(fact.call());
      case Input.Configured _ -> "configuration";
      case Input.Note _ -> "note";
      case Input.Disk _ -> "disk";
      case Input.Tick _ -> timer.map(one -> "timer " + one).orElse("timer of the router");
      case Input.Start _ -> "start";
    };
  }

  static String call(CallId call) {
    return About.CALL + " " + call;
  }

  static String aside(CallId call) {
    return About.ASIDE + " " + call;
  }

  static String aside(CommandId command) {
    return About.ASIDE + " command " + command;
  }

  static String task(Task task) {
    return About.TASK + " " + task.id();
  }

  static String leg(LegId leg) {
    return "leg " + leg;
  }

  private static String of(PbxEvent fact, State state) {
    Optional<CallId> call = callOf(fact, state);
    if (call.isPresent()) return call(call.get());
    return switch (fact) {
      case PbxEvent.LegRinging(_, var leg) -> leg(leg);
      case PbxEvent.LegConnected(_, var leg) -> leg(leg);
      case PbxEvent.LegEnded(_, var leg, _) -> leg(leg);
      case PbxEvent.CallTransferred(_, var leg, _) -> leg(leg);
      case PbxEvent.PhoneHeld(_, var leg, _) -> leg(leg);
      case PbxEvent.PhoneChanged(_, _, var phone, _) -> "phone " + phone;
      case PbxEvent.Disconnected(_, var pbx, _) -> "pbx " + pbx;
      case PbxEvent.Synchronized list -> "pbx " + list.pbx();
      case PbxEvent.Compared list -> "pbx " + list.pbx();
      case PbxEvent.CallArrived _,
          PbxEvent.CallQueued _,
          PbxEvent.CallHeld _,
          PbxEvent.CallFellBack _,
          PbxEvent.CallEnded _,
          PbxEvent.PhoneConnected _,
          PbxEvent.CallPutThrough _,
          PbxEvent.KeyPressed _ ->
          throw new IllegalStateException("It has a call: " + fact);
    };
  }

  /// Empty: it is about no call, or about none that is known.
  static Optional<CallId> callOf(PbxEvent fact, State state) {
    return switch (fact) {
      case PbxEvent.CallArrived(_, var call, _, _, _) -> Optional.of(call);
      case PbxEvent.CallQueued(_, var call) -> Optional.of(call);
      case PbxEvent.CallHeld(_, var call) -> Optional.of(call);
      case PbxEvent.CallFellBack(_, var call) -> Optional.of(call);
      case PbxEvent.CallEnded(_, var call) -> Optional.of(call);
      case PbxEvent.KeyPressed(_, var call, _) -> Optional.of(call);
      case PbxEvent.LegRinging(_, var leg) -> state.callOn(leg).map(Call::id);
      case PbxEvent.LegConnected(_, var leg) -> state.callOn(leg).map(Call::id);
      case PbxEvent.LegEnded(_, var leg, _) -> state.callOn(leg).map(Call::id);
      case PbxEvent.CallTransferred(_, var leg, _) -> state.callOn(leg).map(Call::id);
      case PbxEvent.PhoneHeld(_, var leg, _) -> state.callOn(leg).map(Call::id);
      case PbxEvent.PhoneConnected(_, var call, _, _) -> Optional.of(call);
      case PbxEvent.CallPutThrough(_, var call, _) -> Optional.of(call);
      case PbxEvent.PhoneChanged _,
          PbxEvent.Disconnected _,
          PbxEvent.Synchronized _,
          PbxEvent.Compared _ ->
          Optional.empty();
    };
  }
}
