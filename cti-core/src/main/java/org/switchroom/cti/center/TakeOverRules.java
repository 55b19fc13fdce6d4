package org.switchroom.cti.center;

import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.Party;
import org.switchroom.cti.call.Party.Connection;
import org.switchroom.cti.center.SupervisionRules.Supervised;
import org.switchroom.cti.event.CallEvent.SupervisionEnded;
import org.switchroom.cti.event.CallEvent.TakeOverAsked;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxEvent.Place;

/// A supervisor who takes part in a talk has the caller instead of the agent. The agent has them
/// until the PBX says that the supervisor does, and has them again if it cannot be done: the PBX
/// sees to that of itself. A supervisor who is no agent has no desk for it, only their phone.
///
/// ```
///   takes part ─▶ asked ─┬▶ the caller hears the supervisor ─▶ as if the agent's phone had given them away
///                        └▶ the caller hears the agent again ─▶ the supervisor is out of it
/// ```
final class TakeOverRules {
  private TakeOverRules() {}

  /// It is so when the PBX says that the caller hears them; until then the agent has the caller.
  static Optional<Refusal> takeOver(Input.TakeOver asked, Deciding d) {
    Optional<Supervised> one =
        SupervisionRules.of(asked.agent().value(), d)
            .filter(on -> on.call().contact().equals(asked.contact()))
            .filter(on -> on.party().connection() != Connection.ALERTING);
    Optional<LegId> agents = one.flatMap(on -> on.call().talking()).flatMap(Party::leg);
    if (agents.isEmpty()) return Optional.of(Refusal.NO_TALK);
    Call call = one.get().call();
    if (d.state().inConference(call.contact())) return Optional.of(Refusal.TAKE_OVER_CONFERENCE);
    if (call.takingOver().isPresent()) {
      boolean again = call.takingOver().equals(Optional.of(one.get().party()));
      return again ? Optional.empty() : Optional.of(Refusal.NO_TALK);
    }
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    if (!d.state().connected(agents.get().pbx())) return Optional.of(Refusal.PBX_DOWN);
    LegId leg = one.get().leg();
    String who = one.get().party().who();
    d.emit(new TakeOverAsked(call.id(), call.contact(), who, leg));
    d.effect(new Effect.Send(new PbxCommand.TakeOver(call.id(), leg, agents.get(), who)));
    return Optional.empty();
  }

  /// A leg is with the caller.
  ///
  /// @return whether it is a supervisor's
  static boolean talks(LegId leg, Deciding d) {
    Optional<Supervised> one = SupervisionRules.supervised(leg, d);
    one.ifPresentOrElse(has -> hasCaller(has, d), () -> agentHasCallerAgain(leg, d));
    return one.isPresent();
  }

  /// The same, of a list: who is on the way to the caller is not with them yet. Where the PBX was
  /// told just now, and may not have heard it, it is told once more; else whom it was never told to
  /// take over, or who could not be reached, takes nobody over.
  static void live(LiveCall live, Living living, Deciding d) {
    Optional<LegId> leg = live.leg();
    if (leg.isEmpty()) return;
    Optional<Supervised> one = SupervisionRules.supervised(leg.get(), d);
    if (live.place() == Place.TALKING) one.ifPresent(has -> hasCaller(has, d));
    if (!isBack(live, d.state())) return;
    Call call = d.state().call(live.call()).orElseThrow();
    if (!living.after() || !again(call, leg.get(), living, d)) agentHasCallerAgain(leg.get(), d);
  }

  /// The PBX was told just now, or in vain.
  private static boolean again(Call call, LegId agents, Living living, Deciding d) {
    Party by = call.takingOver().orElseThrow();
    LegId leg = by.leg().orElseThrow();
    if (!living.legs().contains(leg) || !ControlRules.isFresh(by.since(), d)) return false;
    d.effect(new Effect.Send(new PbxCommand.TakeOver(call.id(), leg, agents, by.who())));
    return true;
  }

  /// Whether a supervisor is to have the caller, and the agent has them.
  static boolean isBack(LiveCall live, State state) {
    boolean there = live.place() == Place.TALKING || live.place() == Place.HELD;
    return there
        && state
            .call(live.call())
            .filter(call -> call.takingOver().isPresent())
            .flatMap(Call::talking)
            .flatMap(Party::leg)
            .filter(leg -> live.leg().equals(Optional.of(leg)))
            .isPresent();
  }

  /// As if the agent's phone had given them away.
  private static void hasCaller(Supervised one, Deciding d) {
    Call call = one.call();
    String who = one.party().who();
    Optional<LegId> agents = call.talking().flatMap(Party::leg);
    String to = d.phones().ofSupervisor(new AgentId(who)).map(PhoneRules::extension).orElse(who);
    d.together(
        () -> {
          SupervisionRules.note(Deed.TOOK_OVER_CALLER, one, d);
          d.emit(new SupervisionEnded(call.id(), call.contact(), who, one.leg()));
          Call now = d.state().call(call.id()).orElseThrow();
          QueueId otherwise = d.plan().settings().defaultQueue();
          PhoneRules.takes(now, new AgentId(who), one.leg(), to, otherwise, d);
          agents.ifPresent(leg -> d.effect(new Effect.Send(new PbxCommand.HangUpLeg(leg))));
        });
  }

  /// The supervisor was not there any more.
  private static void agentHasCallerAgain(LegId leg, Deciding d) {
    d.state()
        .callOn(leg)
        .filter(call -> call.talking().flatMap(Party::leg).filter(leg::equals).isPresent())
        .ifPresent(
            call ->
                call.takingOver()
                    .ifPresent(party -> SupervisionRules.end(new Supervised(call, party), d)));
  }
}
