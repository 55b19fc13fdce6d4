package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.agent.InHand.Stage;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.call.Party;
import org.switchroom.cti.call.Party.Connection;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.event.CallEvent.SupervisionAsked;
import org.switchroom.cti.event.CallEvent.SupervisionBegan;
import org.switchroom.cti.event.CallEvent.SupervisionEnded;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent.LiveSupervisor;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.Supervision;

/// Supervisors take part in talks: they listen, whisper to the agent, or join. Their phone is rung
/// for it, and hears the agent's leg. What they do changes nothing for caller and agent: whoever of
/// them hangs up, the talk goes on; and with the talk it is over.
///
/// ```
///   asked ─▶ rings ─▶ listens ⇄ whispers ⇄ joins ─▶ over
/// ```
final class SupervisionRules {
  private static final Duration RING = Duration.ofSeconds(30);

  private SupervisionRules() {}

  /// A talk that somebody supervises, and as which party.
  record Supervised(Call call, Party party) {
    LegId leg() {
      return party.leg().orElseThrow();
    }
  }

  // ── What supervisors ask for ────────────────────────────────────────────────────────────────

  static Optional<Refusal> supervise(Input.Supervise asked, Deciding d) {
    Optional<String> phone = d.phones().ofSupervisor(asked.agent());
    if (phone.isEmpty()) return Optional.of(Refusal.NO_PHONE);
    AgentId colleague = asked.colleague();
    if (colleague.equals(asked.agent())) return Optional.of(Refusal.OWN_TALK);
    Optional<LegId> talk = talk(colleague, d);
    Optional<Call> call =
        talk.flatMap(d.state()::callOn).filter(one -> one.contact().equals(asked.contact()));
    if (call.isEmpty()) return Optional.of(Refusal.NO_TALK);
    if (asked.how() == Supervision.BARGE && !canBarge(call.get(), d))
      return Optional.of(
          d.state().inConference(call.get().contact())
              ? Refusal.BARGE_IN_CONFERENCE
              : Refusal.BARGE_ON_HOLD);
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    if (!d.state().connected(talk.get().pbx())) return Optional.of(Refusal.PBX_DOWN);
    Optional<Supervised> before = of(asked.agent().value(), d);
    if (before.filter(one -> one.call().id().equals(call.get().id())).isPresent()) {
      otherwise(before.get(), asked.how(), d);
      return Optional.empty();
    }
    Optional<Refusal> cannot = cannotBeRung(asked.agent(), phone.get(), talk.get().pbx(), d);
    if (cannot.isPresent()) return cannot;
    before.ifPresent(one -> end(one, d));
    ring(asked.agent().value(), colleague, talk.get(), call.get(), phone.get(), asked.how(), d);
    return Optional.empty();
  }

  /// Nobody's phone rings for another's talk while they are in one, or are to be.
  private static Optional<Refusal> cannotBeRung(AgentId who, String phone, PbxId pbx, Deciding d) {
    if (d.state().agent(who).filter(d.state()::isInCall).isPresent()) {
      return Optional.of(Refusal.IN_CALL);
    }
    boolean away = d.state().phoneState(pbx, phone).away();
    return away ? Optional.of(Refusal.PHONE_AWAY) : Optional.empty();
  }

  /// A phone that only rings, for who calls somebody, has nothing to take part in.
  private static boolean isPrompting(InHand one, Deciding d) {
    return d.state().contact(one.contact()).filter(Contact::isPrompting).isPresent();
  }

  private static Optional<LegId> talk(AgentId agent, Deciding d) {
    return d.state().agent(agent).stream()
        .flatMap(session -> session.contacts().stream())
        .filter(one -> one.stage() == Stage.TALKING || one.stage() == Stage.HELD)
        .filter(one -> !isPrompting(one, d))
        .flatMap(one -> one.leg().stream())
        .findFirst();
  }

  /// The PBX is told so of a phone that rings as soon as it is answered ([#connected]).
  private static void otherwise(Supervised one, Supervision how, Deciding d) {
    Party party = one.party();
    if (party.supervision().equals(Optional.of(how))) return;
    switch (party.connection()) {
      case CONNECTED -> ControlRules.ask(one.call(), d, new PbxCommand.SuperviseBy(one.leg(), how));
      case ALERTING -> {
        Call call = one.call();
        d.emit(
            new SupervisionAsked(
                call.id(), call.contact(), call.talker(), party.who(), one.leg(), how));
      }
      case INITIATED, HELD, QUEUED, FAILED -> {}
    }
  }

  private static void ring(
      String supervisor,
      AgentId agent,
      LegId talk,
      Call call,
      String phone,
      Supervision how,
      Deciding d) {
    LegId leg = newLeg(talk.pbx(), d);
    d.emit(new SupervisionAsked(call.id(), call.contact(), agent, supervisor, leg, how));
    ring(leg, agent, talk, phone, how, d);
  }

  private static void ring(
      LegId leg, AgentId agent, LegId talk, String phone, Supervision how, Deciding d) {
    String shown = d.plan().agent(agent).map(AgentSettings::name).orElse(agent.value());
    d.effect(new Effect.Send(new PbxCommand.Supervise(leg, talk, phone, how, RING, shown)));
  }

  /// The PBX knows nothing of the phone's leg, and was told just now, or in vain.
  ///
  /// @return whether the phone is rung once more
  static boolean ringsAgain(LegId leg, Deciding d) {
    Optional<Supervised> one = supervised(leg, d).filter(asked -> isRinging(asked.party(), d));
    Optional<LegId> talk = one.map(Supervised::call).flatMap(Call::talking).flatMap(Party::leg);
    Optional<String> phone =
        one.flatMap(asked -> d.phones().ofSupervisor(new AgentId(asked.party().who())));
    if (talk.isEmpty() || phone.isEmpty()) return false;
    Party party = one.get().party();
    Supervision how = party.supervision().orElseThrow();
    ring(leg, one.get().call().talker(), talk.get(), phone.get(), how, d);
    return true;
  }

  private static boolean isRinging(Party party, Deciding d) {
    return party.connection() == Connection.ALERTING && ControlRules.isFresh(party.since(), d);
  }

  private static LegId newLeg(PbxId pbx, Deciding d) {
    Instant at = d.at();
    long number = at.getEpochSecond() * 1_000_000_000L + at.getNano();
    LegId leg = LegId.ofSupervisor(pbx, number);
    while (d.state().callOn(leg).isPresent()) leg = LegId.ofSupervisor(pbx, ++number);
    return leg;
  }

  static Optional<Refusal> end(Input.EndSupervision asked, Deciding d) {
    Optional<Supervised> one = of(asked.agent().value(), d);
    if (one.isEmpty()) return Optional.of(Refusal.NO_TALK);
    end(one.get(), d);
    return Optional.empty();
  }

  static Optional<Supervised> of(String supervisor, Deciding d) {
    return d.state().calls().stream()
        .flatMap(
            call ->
                call.supervisors().stream()
                    .filter(party -> party.who().equals(supervisor))
                    .map(party -> new Supervised(call, party)))
        .findFirst();
  }

  static void end(Supervised one, Deciding d) {
    ended(one, d);
    d.effect(new Effect.Send(new PbxCommand.HangUpLeg(one.leg())));
  }

  private static void ended(Supervised one, Deciding d) {
    Party party = one.party();
    d.emit(new SupervisionEnded(one.call().id(), one.call().contact(), party.who(), one.leg()));
    if (party.connection() != Connection.ALERTING) note(Deed.LEFT_TALK, one, d);
  }

  /// For the audit. The end of the one is the beginning of the other.
  static void note(Deed deed, Supervised one, Deciding d) {
    String about =
        one.call().talking().map(party -> "agent %s, ".formatted(party.who())).orElse("");
    d.emit(
        new Noted(
            one.party().who(),
            deed,
            about
                + "contact %s: %s"
                    .formatted(
                        one.call().contact(), one.party().supervision().orElseThrow().word())));
  }

  // ── What becomes of it ──────────────────────────────────────────────────────────────────────

  /// They hear the talk: from now on it is in the audit. Nobody hears one of whom nothing is known.
  static void connected(LegId leg, Supervision how, Deciding d) {
    supervised(leg, d)
        .ifPresentOrElse(
            one -> connected(one, how, d),
            () -> d.effect(new Effect.Send(new PbxCommand.HangUpLeg(leg))));
  }

  private static void connected(Supervised one, Supervision how, Deciding d) {
    boolean same =
        one.party().connection() == Connection.CONNECTED
            && one.party().supervision().equals(Optional.of(how));
    boolean takesOver = one.party().connection() == Connection.INITIATED;
    if (same || takesOver) return;
    Call call = one.call();
    d.emit(new SupervisionBegan(call.id(), call.contact(), one.party().who(), one.leg(), how));
    supervised(one.leg(), d).ifPresent(now -> note(Deed.SUPERVISED_TALK, now, d));
    boolean rang = one.party().connection() == Connection.ALERTING;
    Supervision wanted = rang ? one.party().supervision().orElseThrow() : how;
    Supervision may =
        wanted == Supervision.BARGE && !canBarge(call, d) ? Supervision.WHISPER : wanted;
    if (may != how) d.effect(new Effect.Send(new PbxCommand.SuperviseBy(one.leg(), may)));
  }

  /// Who is on hold hears music; of several in a conference the PBX would let one hear them.
  private static boolean canBarge(Call call, Deciding d) {
    return !(call.state() instanceof CallState.Held) && !d.state().inConference(call.contact());
  }

  static Optional<Supervised> supervised(LegId leg, Deciding d) {
    return d.state()
        .callOn(leg)
        .flatMap(call -> call.supervisor(leg).map(party -> new Supervised(call, party)));
  }

  /// Whether it was a supervisor's: nothing happens to anybody else then.
  static boolean legEnded(LegId leg, Deciding d) {
    Optional<Supervised> one = supervised(leg, d);
    one.ifPresent(gone -> ended(gone, d));
    return one.isPresent();
  }

  /// Who has barged in whispers from now on, until they want otherwise: else who is on hold would
  /// hear them beside the music, and of several in a conference the PBX would let only one.
  static void nobodyBargesIn(Call call, Deciding d) {
    call.supervisors().stream()
        .filter(party -> party.supervision().equals(Optional.of(Supervision.BARGE)))
        .forEach(party -> otherwise(new Supervised(call, party), Supervision.WHISPER, d));
  }

  /// The agent's part in it is over, and so is that of whoever has listened to it. Who takes the
  /// caller over in this moment has them.
  static void talkIsOver(Call call, Deciding d) {
    call.supervisors().stream()
        .filter(party -> party.connection() != Connection.INITIATED)
        .forEach(party -> end(new Supervised(call, party), d));
  }

  /// The caller is gone, or where no supervisor has them.
  static void callIsElsewhere(Call call, Deciding d) {
    call.supervisors().forEach(party -> end(new Supervised(call, party), d));
  }

  // ── What the PBX has ────────────────────────────────────────────────────────────────────────

  /// After a start or a lost link.
  static void live(PbxId pbx, List<LiveSupervisor> living, Deciding d) {
    for (Call call : List.copyOf(d.state().calls())) {
      for (Party party : call.supervisors()) {
        LegId leg = party.leg().orElseThrow();
        if (!leg.pbx().equals(pbx)) continue;
        living.stream()
            .filter(one -> one.leg().equals(leg))
            .findFirst()
            .ifPresentOrElse(
                one -> one.how().ifPresent(how -> connected(leg, how, d)),
                () -> {
                  // It is rung once more by now.
                  if (!isRinging(party, d)) legEnded(leg, d);
                });
      }
    }
    // Of a ledger that is lost, or whose end we have decided on and could not tell.
    living.stream()
        .map(LiveSupervisor::leg)
        .filter(leg -> d.state().callOn(leg).isEmpty())
        .forEach(leg -> d.effect(new Effect.Send(new PbxCommand.HangUpLeg(leg))));
  }
}
