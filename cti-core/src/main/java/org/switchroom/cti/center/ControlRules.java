package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.Ordered;
import org.switchroom.cti.event.CallEvent.ControlAsked;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;

/// What desks ask the PBX to do with a talk. Nothing has changed before the PBX says that it is so.
/// Where we or the link have died in between, whoever has asked has been told that it is being
/// done: it is ordered once more.
final class ControlRules {
  /// What was asked before this is not wanted any more: whoever has asked has seen that it was not
  /// done.
  private static final Duration FRESH = Duration.ofSeconds(15);

  /// What is asked again within this, and is not so yet, is the same wish: a second click, or one
  /// at another desk. Asterisk loses a redirect where another of the same channel is not obeyed
  /// yet.
  private static final Duration SAME = Duration.ofSeconds(1);

  private ControlRules() {}

  static void ask(Call call, Deciding d, PbxCommand.TalkControl... commands) {
    if (isUnderWay(call, List.of(commands), d)) return;
    d.emit(new ControlAsked(call.id(), call.contact(), List.of(commands)));
    for (PbxCommand command : commands) d.effect(new Effect.Send(command));
  }

  /// One thing at a time: what is asked in the moment in which caller, agent or whoever is asked
  /// are on the way elsewhere would be done to where they are no more, and leave them in silence.
  static Optional<Refusal> wish(Call call, Deciding d, PbxCommand.TalkControl... commands) {
    boolean moves = List.of(commands).stream().anyMatch(ControlRules::moves);
    if (moves && isMoving(call, d) && !isUnderWay(call, List.of(commands), d)) {
      return Optional.of(Refusal.UNDER_WAY);
    }
    ask(call, d, commands);
    return Optional.empty();
  }

  static boolean isMoving(Call call, Deciding d) {
    return underWay(call, d).stream().anyMatch(ControlRules::moves);
  }

  private static boolean moves(PbxCommand.TalkControl command) {
    return switch (command) {
      case PbxCommand.Hold _, PbxCommand.Retrieve _, PbxCommand.Conference _ -> true;
      // The PBX does not say when they are there; it follows the hold, of which it does.
      case PbxCommand.BackToConsultation _ -> false;
      case PbxCommand.Answer _, PbxCommand.HangUpLeg _, PbxCommand.SuperviseBy _ -> false;
    };
  }

  private static boolean isUnderWay(Call call, List<PbxCommand.TalkControl> commands, Deciding d) {
    return underWay(call, d).containsAll(commands);
  }

  private static List<PbxCommand.TalkControl> underWay(Call call, Deciding d) {
    Instant since = d.at().minus(SAME);
    return call.ordered().stream()
        .filter(one -> one.at().isAfter(since))
        .map(Ordered::command)
        .toList();
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
