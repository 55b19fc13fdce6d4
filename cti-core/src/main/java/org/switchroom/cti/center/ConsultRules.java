package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.call.Party;
import org.switchroom.cti.center.Dialing.Dialed;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.contact.ContactState.Handling;
import org.switchroom.cti.contact.Handover;
import org.switchroom.cti.contact.Outbound;
import org.switchroom.cti.event.CallEvent.CallArrived;
import org.switchroom.cti.event.CallEvent.CallConferenced;
import org.switchroom.cti.event.CallEvent.CallRetrieved;
import org.switchroom.cti.event.CallEvent.ConsultationBegan;
import org.switchroom.cti.event.CallEvent.ConsultationEnded;
import org.switchroom.cti.event.ConsultationEnd;
import org.switchroom.cti.event.ContactEvent.DialProgressed;
import org.switchroom.cti.event.DialProgress;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;

/// Agents ask somebody by the desk while the caller is on hold. They do it by a call of their own,
/// which waits like any caller's, is offered, answered and held like one; who answers sees what the
/// agent sees.
///
/// ```
///   agent ── caller              asks ─▶ caller on hold, agent ── own call ── queue ── colleague
///   alternate                         ─▶ agent ── caller,  own call on hold ── colleague
///   conference                        ─▶ agent ── caller ── own call ── colleague ── agent
///   complete, or the agent leaves     ─▶ caller ── colleague, or in the own call's place
///   cancel, or nobody answers         ─▶ caller on hold, or with the agent
/// ```
final class ConsultRules {
  /// How long an own call waits for one colleague alone: until its agent has had enough.
  private static final Duration ALONE = Duration.ofHours(1);

  private ConsultRules() {}

  // ── Asking ──────────────────────────────────────────────────────────────────────────────────

  /// @param leg on which the agent talks with the caller
  static Optional<Refusal> begin(AgentSession agent, LegId leg, Input.Consult asked, Deciding d) {
    Optional<Call> call = d.state().callOn(leg);
    if (call.isEmpty()) return Optional.of(Refusal.NO_CALL);
    if (call.get().consultation().isPresent()) return Optional.of(Refusal.CONSULTING);
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    if (!d.state().connected(leg.pbx())) return Optional.of(Refusal.PBX_DOWN);
    if (ControlRules.isMoving(call.get(), d)) return Optional.of(Refusal.UNDER_WAY);
    return switch (asked) {
      case Input.ConsultAgent to -> colleague(agent, call.get(), leg, to, d);
      case Input.ConsultQueue to -> queue(agent, call.get(), leg, to, d);
      case Input.ConsultNumber to -> number(agent, call.get(), leg, to, d);
    };
  }

  private static Optional<Refusal> colleague(
      AgentSession agent, Call call, LegId leg, Input.ConsultAgent asked, Deciding d) {
    AgentId colleague = asked.colleague();
    if (colleague.equals(agent.id())) return Optional.of(Refusal.TO_ONESELF);
    if (!AskedFirst.takesCalls(colleague, d)) return Optional.of(Refusal.COLLEAGUE_AWAY);
    QueueId queue = d.contact(call).queue().orElseThrow();
    begin(agent, call, leg, QueueRequest.of(queue).to(colleague, ALONE), asked.why(), d);
    return Optional.empty();
  }

  private static Optional<Refusal> queue(
      AgentSession agent, Call call, LegId leg, Input.ConsultQueue asked, Deciding d) {
    QueueId queue = asked.queue();
    if (!d.plan().queueFor(d.contact(call), queue).equals(queue)) {
      return Optional.of(Refusal.NO_QUEUE);
    }
    QueueRequest to = QueueRequest.of(queue).sentBy(agent.id(), QueueRequest.of(queue));
    begin(agent, call, leg, to, asked.why(), d);
    return Optional.empty();
  }

  private static Optional<Refusal> number(
      AgentSession agent, Call call, LegId leg, Input.ConsultNumber asked, Deciding d) {
    return switch (DialRules.check(
        asked.number(), Dialing.Wish.PERSON, Optional.of(agent.id()), Optional.of(call.id()), d)) {
      case Dialed.Refused(var why) -> {
        DialRules.note(why, call.id().toString(), d);
        yield Optional.of(Refusal.notDialed(why.code(), why.message()));
      }
      case Dialed.Allowed number -> {
        CallId own = newOwn(leg, d);
        d.together(
            () -> {
              begin(agent, call, own, Optional.empty(), number.number(), asked.why(), d);
              DialRules.counts(number, own, new ContactId(own.value()), Optional.of(agent.id()), d);
            });
        ask(call, own, leg, d);
        yield Optional.empty();
      }
    };
  }

  private static void begin(
      AgentSession agent, Call call, LegId leg, QueueRequest to, String why, Deciding d) {
    CallId own = newOwn(leg, d);
    d.together(() -> begin(agent, call, own, Optional.of(to), "", why, d));
    ask(call, own, leg, d);
  }

  private static void begin(
      AgentSession agent,
      Call call,
      CallId own,
      Optional<QueueRequest> to,
      String number,
      String why,
      Deciding d) {
    var about = new ContactId(own.value());
    Contact contact = d.contact(call);
    d.emit(
        new CallArrived(own, about, call.from(), call.dialed(), d.at(), contact.arrival().name()));
    d.emit(
        new ConsultationBegan(
            call.id(),
            contact.id(),
            agent.id(),
            own,
            about,
            to,
            number,
            why,
            agent.typed(contact.id())));
  }

  private static void ask(Call call, CallId own, LegId leg, Deciding d) {
    if (!call.isHeld()) d.effect(new Effect.Send(new PbxCommand.Hold(call.id(), leg)));
    d.effect(new Effect.Send(new PbxCommand.Consult(own, leg)));
  }

  /// The own call has not begun: the order was lost.
  static void asksAgain(Call call, Living living, Deciding d) {
    Optional<Call> own = call.consultation().flatMap(d.state()::call);
    if (own.isEmpty() || living.calls().contains(own.get().id())) return;
    call.talking()
        .flatMap(Party::leg)
        .filter(living.legs()::contains)
        .ifPresent(leg -> ask(call, own.get().id(), leg, d));
  }

  /// Whether it is an own call that may not have begun, because the order was lost just now.
  static boolean isToBegin(Call own, Contact asked, Deciding d) {
    boolean began =
        !(asked.state() instanceof ContactState.Selecting)
            || asked.outbound().filter(one -> one.progress() != DialProgress.INITIATED).isPresent();
    return !began
        && OwnCalls.isAsked(own, asked, d.state())
        && ControlRules.isFresh(own.arrived(), d);
  }

  /// None that there is, or was: who has cancelled may ask again within the millisecond.
  private static CallId newOwn(LegId leg, Deciding d) {
    Instant since = d.at();
    CallId own = PbxCommand.Consult.own(leg, since);
    while (d.state().call(own).isPresent() || d.state().isOver(own)) {
      since = since.plusMillis(1);
      own = PbxCommand.Consult.own(leg, since);
    }
    return own;
  }

  /// The own call is held, and is to be with a number outside: it is called now.
  ///
  /// @return whether it is such
  static boolean dials(Call own, Contact asked, Deciding d) {
    if (!asked.isConsultation() || asked.outbound().isEmpty()) return false;
    // It is called once.
    if (asked.outbound().get().progress() != DialProgress.INITIATED) return true;
    String number = asked.outbound().get().number();
    d.emit(new DialProgressed(asked.id(), DialProgress.RINGING));
    d.effect(new Effect.Send(outside(own, number, d)));
    return true;
  }

  /// The own call is held still, and the order to call the number was lost.
  ///
  /// @return whether it is such
  static boolean dialsAgain(Call own, Deciding d) {
    Contact asked = d.contact(own);
    Optional<String> number =
        asked
            .outbound()
            .filter(one -> asked.isConsultation() && one.progress() == DialProgress.RINGING)
            .map(Outbound::number);
    if (number.isEmpty() || OwnCalls.isForgotten(own, asked, d.state())) return false;
    d.effect(new Effect.Send(outside(own, number.get(), d)));
    return true;
  }

  private static PbxCommand outside(Call own, String number, Deciding d) {
    Optional<Contact> about = d.contact(own).about().flatMap(d.state()::contact);
    return DialRules.outside(own, number, DialRules.shown(about, d), d);
  }

  // ── Between the two ─────────────────────────────────────────────────────────────────────────

  static Optional<Refusal> alternate(Call call, LegId leg, Deciding d) {
    if (call.isHeld()) return ControlRules.wish(call, d, new PbxCommand.Retrieve(leg));
    CallId own = call.consultation().orElseThrow();
    return ControlRules.wish(
        call, d, new PbxCommand.Hold(call.id(), leg), new PbxCommand.BackToConsultation(own));
  }

  // ── All three ───────────────────────────────────────────────────────────────────────────────

  /// The agent goes to the caller, and whoever is asked follows. That it is so the PBX says; until
  /// then nothing has changed, and if it cannot be done the agent is with the caller.
  static Optional<Refusal> conference(Call call, LegId leg, Deciding d) {
    if (call.isConference()) return Optional.empty();
    Optional<Call> own = call.consultation().flatMap(d.state()::call);
    if (own.filter(one -> isAnswered(d.contact(one))).isEmpty()) {
      return Optional.of(Refusal.NOT_ANSWERED);
    }
    if (own.get().state() instanceof CallState.Held) return Optional.of(Refusal.COLLEAGUE_HOLDS);
    var conference = new PbxCommand.Conference(call.id(), own.get().id());
    return call.isHeld()
        ? ControlRules.wish(call, d, new PbxCommand.Retrieve(leg), conference)
        : ControlRules.wish(call, d, conference);
  }

  /// The own call with a number outside that the agent hears; empty: they hear none.
  static Optional<Call> numberWith(Call call, Deciding d) {
    boolean with = call.isConference() || call.isHeld();
    return call.consultation()
        .filter(_ -> with)
        .flatMap(d.state()::call)
        .filter(own -> d.contact(own).outbound().filter(Outbound::reached).isPresent());
  }

  private static boolean isAnswered(Contact asked) {
    return asked.state() instanceof Handling
        || asked.outbound().filter(Outbound::reached).isPresent();
  }

  /// It is so. Whom a colleague has put on hold in this moment they take off it: the music would be
  /// heard by all.
  static void conferenced(Call call, CallId own, Deciding d) {
    boolean asks = call.consultation().filter(own::equals).isPresent();
    boolean held = call.isHeld() || call.isHeldOnPhone();
    boolean talks = call.state() instanceof CallState.Talking || held;
    if (!asks || !talks || call.isConference() || call.talking().isEmpty()) return;
    if (held) d.emit(new CallRetrieved(call.id(), call.contact(), call.talker()));
    d.emit(new CallConferenced(call.id(), call.contact(), call.talker(), own));
    SupervisionRules.nobodyBargesIn(call, d);
    d.state().call(own).ifPresent(other -> SupervisionRules.nobodyBargesIn(other, d));
    d.state()
        .call(own)
        .filter(Call::isHeld)
        .flatMap(Call::talking)
        .flatMap(Party::leg)
        .ifPresent(leg -> d.effect(new Effect.Send(new PbxCommand.Retrieve(leg))));
  }

  /// It is not so any more, and somebody is asked still.
  static void conferencedNoMore(Call call, Deciding d) {
    if (!call.isConference()) return;
    d.emit(new CallRetrieved(call.id(), call.contact(), call.talker()));
  }

  static Optional<Refusal> cancel(Call call, LegId leg, Deciding d) {
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    OwnCalls.end(call, ConsultationEnd.CANCELLED, d);
    if (call.isHeld()) ControlRules.ask(call, d, new PbxCommand.Retrieve(leg));
    return Optional.empty();
  }

  // ── Completing ──────────────────────────────────────────────────────────────────────────────

  static Optional<Refusal> complete(Call call, LegId leg, Deciding d) {
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    return completes(call, leg, d) ? Optional.empty() : Optional.of(Refusal.NO_CONSULTATION);
  }

  /// The agent has hung up their phone while they asked somebody, or in a conference: who is asked,
  /// or is to be, has the caller. Whom nobody has is not lost.
  ///
  /// @return whether that is so
  static boolean hungUp(Call call, LegId leg, Deciding d) {
    return (call.isHeld() || call.isConference()) && completes(call, leg, d);
  }

  /// The same, where it was not heard of.
  ///
  /// @param legs that live: where whoever was asked is gone, too, nobody has the caller
  static boolean isGone(Call call, LegId leg, Set<LegId> legs, Deciding d) {
    Optional<Call> own = call.consultation().flatMap(d.state()::call);
    // That somebody there has answered meanwhile is told after this.
    boolean outside =
        own.map(d::contact).flatMap(Contact::outbound).filter(Outbound::mayAnswer).isPresent();
    boolean answered =
        outside
            || own.flatMap(Call::talking).flatMap(Party::leg).filter(legs::contains).isPresent();
    return answered && hungUp(call, leg, d);
  }

  private static boolean completes(Call call, LegId leg, Deciding d) {
    Optional<Call> own = call.consultation().flatMap(d.state()::call);
    if (own.isEmpty()) return false;
    Contact asked = d.contact(own.get());
    if (asked.outbound().isPresent()) {
      outside(call, own.get(), asked.outbound().get(), leg, d);
      return true;
    }
    switch (asked.state()) {
      case ContactState.Selecting(var chosen, _) -> {
        AgentSession agent = d.state().agent(call.talker()).orElseThrow();
        OwnCalls.end(call, ConsultationEnd.COMPLETED, d);
        TransferRules.toWhereAsked(agent, call, leg, asked, chosen.orElseThrow(), d);
      }
      case ContactState.Queued _, ContactState.Offered _ -> {
        completed(call, d);
        PhoneRules.putThrough(call.id(), own.get().id(), d);
        ContactRules.takeBack(d.state().call(call.id()).orElseThrow(), d);
        OwnCalls.hangUp(own.get().id(), d);
        hangUp(leg, d);
      }
      case Handling talk -> {
        completed(call, d);
        PhoneRules.putThrough(call.id(), own.get().id(), d);
        if (own.get().isHeld()) {
          // Whom the colleague has on hold they take off it themselves; until then the caller is
          // there, and not in a talk that ends with the agent's leg.
          if (!call.isHeld()) d.effect(new Effect.Send(new PbxCommand.Hold(call.id(), leg)));
          OwnCalls.hangUp(own.get().id(), d);
        } else {
          d.effect(new Effect.Send(new PbxCommand.Retrieve(talk.leg().orElseThrow())));
        }
        hangUp(leg, d);
      }
      case ContactState.Away _,
          ContactState.Handled _,
          ContactState.Parked _,
          ContactState.CutOff _,
          ContactState.Closed _ -> {
        return false;
      }
    }
    return true;
  }

  /// Who has answered at a number outside has the caller. Where nobody has yet, it is called once
  /// more, for the caller: whom nobody answers there waits in the queue again.
  private static void outside(Call call, Call own, Outbound number, LegId leg, Deciding d) {
    AgentSession agent = d.state().agent(call.talker()).orElseThrow();
    String why = d.contact(own).handover().map(Handover::why).orElse("");
    if (number.reached()) {
      completed(call, d);
    } else {
      OwnCalls.end(call, ConsultationEnd.COMPLETED, d);
      DialRules.countsFor(call, number.number(), agent.id(), d);
    }
    Optional<CallId> with = Optional.of(own.id()).filter(_ -> number.reached());
    TransferRules.outside(agent, call, leg, number.number(), with, why, d);
  }

  /// Whether the PBX has not heard of it: the caller is still with who has handed them over, or in
  /// the conference that they have left.
  static boolean isLost(Contact contact, LiveCall live) {
    return contact.state() instanceof Handling talk
        && talk.leg().isPresent()
        && !talk.leg().equals(live.leg())
        && (live.leg().isPresent() ? isFrom(contact, live) : live.conference().isPresent());
  }

  private static boolean isFrom(Contact contact, LiveCall live) {
    return contact.handover().filter(by -> by.by().value().equals(live.agent())).isPresent();
  }

  /// What was lost is done once more.
  static void again(Call call, LiveCall live, Deciding d) {
    LegId leg = ((Handling) d.contact(call).state()).leg().orElseThrow();
    PhoneRules.adopt(call, call.talker(), leg, d);
    d.effect(new Effect.Send(new PbxCommand.Retrieve(leg)));
    live.leg().ifPresent(from -> hangUp(from, d));
  }

  /// The own call lives until the other side has left it.
  private static void completed(Call call, Deciding d) {
    d.emit(
        new ConsultationEnded(
            call.id(),
            call.contact(),
            call.consultation().orElseThrow(),
            ConsultationEnd.COMPLETED));
  }

  private static void hangUp(LegId leg, Deciding d) {
    d.effect(new Effect.Send(new PbxCommand.HangUpLeg(leg)));
  }
}
