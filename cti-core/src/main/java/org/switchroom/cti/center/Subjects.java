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
  static String of(Input input, Optional<Deadlines.Deadline> timer, State state) {
    return switch (input) {
      case Input.FromPbx(var fact) -> of(fact, state);
      case Input.DeskCommand command -> "command " + command.id();
      case Input.CustomerWritten written -> "command " + written.command().id();
      case Input.DeskOpened(var agent) -> "desk " + agent;
      case Input.DeskClosed(var agent) -> "desk " + agent;
      case Input.ScriptFact fact -> call(fact.call());
      case Input.Configured _ -> "configuration";
      case Input.CallersBlocked _ -> "blocked callers";
      case Input.Note _ -> "note";
      case Input.AskPlaces _ -> "places";
      case Input.Disk _ -> "disk";
      case Input.RecordingDisk _ -> "recordings' disk";
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
    return switch (fact) {
      case PbxEvent.OfCall of -> call(of.call());
      case PbxEvent.OfLeg of ->
          state.callOn(of.leg()).map(call -> call(call.id())).orElseGet(() -> leg(of.leg()));
      case PbxEvent.PhoneChanged of -> "phone " + of.phone();
      case PbxEvent.Disconnected _, PbxEvent.Synchronized _, PbxEvent.Compared _ ->
          "pbx " + fact.pbx();
    };
  }

  /// Empty: it is about no call, or about none that is known.
  static Optional<CallId> callOf(PbxEvent fact, State state) {
    return switch (fact) {
      case PbxEvent.OfCall of -> Optional.of(of.call());
      case PbxEvent.OfLeg of -> state.callOn(of.leg()).map(Call::id);
      default -> Optional.empty();
    };
  }
}
