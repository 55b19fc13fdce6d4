package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.Ordered;
import org.switchroom.cti.event.CallEvent.ControlAsked;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;

/// What desks ask the PBX to do with a talk. Nothing has changed before the PBX says that it is so.
/// Where we or the link have died in between, whoever has asked has been told that it is being
/// done: it is ordered once more.
final class ControlRules {
  /// What was asked before this is not wanted any more: whoever has asked has seen that it was not
  /// done.
  private static final Duration FRESH = Duration.ofSeconds(15);

  private ControlRules() {}

  static void ask(Call call, Deciding d, PbxCommand.TalkControl... commands) {
    d.emit(new ControlAsked(call.id(), call.contact(), List.of(commands)));
    for (PbxCommand command : commands) d.effect(new Effect.Send(command));
  }

  /// Whose agent wanted to answer it before it rang: there is something to be answered now.
  static void rings(LegId leg, Deciding d) {
    var answer = new PbxCommand.Answer(leg);
    d.state()
        .callOn(leg)
        .filter(call -> call.ordered().stream().anyMatch(one -> one.command().equals(answer)))
        .ifPresent(_ -> d.effect(new Effect.Send(answer)));
  }

  /// After a start or a lost link.
  static void again(Call call, Deciding d) {
    for (Ordered one : call.ordered()) {
      if (isFresh(one.at(), d)) d.effect(new Effect.Send(one.command()));
    }
  }

  /// Whether it was asked just now, and has not come about.
  static boolean isAsked(Call call, PbxCommand.TalkControl command, Deciding d) {
    return call.ordered().stream()
        .anyMatch(one -> one.command().equals(command) && isFresh(one.at(), d));
  }

  /// Whether something that was asked then, and has not come about, is wanted still.
  static boolean isFresh(Instant asked, Deciding d) {
    return asked.plus(FRESH).isAfter(d.at());
  }
}
