package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.Party;
import org.switchroom.cti.center.Dialing.Dialed;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState.Handling;
import org.switchroom.cti.contact.Outbound;
import org.switchroom.cti.event.CallEvent.CallMade;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.DialProgressed;
import org.switchroom.cti.event.DialProgress;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.TalkLimit;

/// Agents call numbers outside (CSTA Make Call). The called side is a caller from the beginning,
/// whom the PBX holds until the agent's phone is answered; then the number is called, and the agent
/// hears what there is to hear. From the click on the agent has the contact, and is offered nobody.
///
/// ```
///   INITIATED ─▶ PROMPTING ─▶ RINGING ─▶ REACHED: a talk like any other
///   the PBX      the agent's    the     ─▶ BUSY, NO_ANSWER, FAILED: a wrap-up
///   makes it     phone rings    number
/// ```
final class OutboundRules {
  private OutboundRules() {}

  // ── Making one ──────────────────────────────────────────────────────────────────────────────

  static Optional<Refusal> make(AgentSession agent, Input.MakeCall asked, Deciding d) {
    Optional<Refusal> refusal = mayNot(agent, d);
    if (refusal.isPresent()) return refusal;
    return switch (DialRules.check(
        asked.number(), Dialing.Wish.PERSON, Optional.of(agent.id()), Optional.empty(), d)) {
      case Dialed.Refused(var why) -> {
        DialRules.note(why, agent.id().value(), d);
        yield Optional.of(Refusal.notDialed(why.code(), why.message()));
      }
      case Dialed.Allowed number -> {
        make(agent, number, about(agent, asked, d), d);
        yield Optional.empty();
      }
    };
  }

  private static Optional<Refusal> mayNot(AgentSession agent, Deciding d) {
    if (agent.loggedOut()) return Optional.of(Refusal.NOT_LOGGED_IN);
    if (d.state().isInCall(agent)) return Optional.of(Refusal.IN_CALL);
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    if (!d.state().connected(PbxId.MAIN)) return Optional.of(Refusal.PBX_DOWN);
    if (d.phones().of(agent.id()).isEmpty()) return Optional.of(Refusal.NO_PHONE);
    if (!d.routing().decides()) return Optional.of(Refusal.NOT_FREE);
    boolean rings = d.phones().stateOf(agent.id(), PbxId.MAIN).available();
    return rings ? Optional.empty() : Optional.of(Refusal.PHONE_AWAY);
  }

  /// What the agent has not got is none of theirs to call for.
  private static Optional<Contact> about(AgentSession agent, Input.MakeCall asked, Deciding d) {
    if (asked.about().isEmpty()) return Optional.empty();
    var about = new ContactId(asked.about());
    return d.state().contact(about).filter(_ -> agent.has(about).isPresent());
  }

  private static void make(
      AgentSession agent, Dialed.Allowed number, Optional<Contact> about, Deciding d) {
    Dialing dialing = d.plan().settings().dialing();
    CallId call = newCall(d);
    var contact = new ContactId(call.value());
    LegId leg = PbxCommand.MakeCall.leg(call);
    var called = new PhoneNumber(number.number());
    var shown = new PhoneNumber(DialRules.shown(about, d));
    QueueId queue = queue(about, dialing, d);
    d.together(
        () -> {
          d.emit(
              new CallMade(
                  call, contact, agent.id(), leg, called, shown, dialing.limits().talk(number)));
          DialRules.counts(number, call, contact, Optional.of(agent.id()), d);
          d.emit(
              new ContactAnswered(
                  contact,
                  1,
                  queue,
                  Optional.empty(),
                  agent.id(),
                  Optional.of(leg),
                  d.at(),
                  Duration.ZERO,
                  false,
                  true));
        });
    make(d.state().call(call).orElseThrow(), d);
    d.effect(new Effect.LookUp(call, called));
  }

  private static void make(Call call, Deciding d) {
    Dialing dialing = d.plan().settings().dialing();
    Contact contact = d.contact(call);
    Handling talk = (Handling) contact.state();
    TalkLimit limit = contact.outbound().orElseThrow().limit();
    d.effect(
        new Effect.Send(
            new PbxCommand.MakeCall(
                call.id(),
                call.from(),
                call.dialed(),
                dialing.through(call.from().value()),
                DialRules.RING_OUTSIDE,
                limit.isKnown() ? limit : dialing.limits().made(),
                talk.agent().value(),
                talk.stay().queue().value())));
  }

  /// The PBX has none, and was told just now, or in vain.
  ///
  /// @return whether it is told once more
  static boolean makesAgain(Call call, Contact contact, Deciding d) {
    boolean asked = contact.state() instanceof Handling && isToRing(call, d);
    if (asked) make(call, d);
    return asked;
  }

  /// None that there is, or was.
  private static CallId newCall(Deciding d) {
    Instant at = d.at();
    CallId call = PbxCommand.MakeCall.call(PbxId.MAIN, at);
    while (d.state().contact(new ContactId(call.value())).isPresent() || d.state().isOver(call)) {
      at = at.plusNanos(1);
      call = PbxCommand.MakeCall.call(PbxId.MAIN, at);
    }
    return call;
  }

  private static QueueId queue(Optional<Contact> about, Dialing dialing, Deciding d) {
    return about
        .flatMap(Contact::queue)
        .filter(queue -> isForCalls(queue, d))
        .or(() -> dialing.queue().filter(queue -> isForCalls(queue, d)))
        .orElse(d.plan().settings().defaultQueue());
  }

  private static boolean isForCalls(QueueId queue, Deciding d) {
    return d.plan().queue(queue).filter(QueueSettings::forCalls).isPresent();
  }

  // ── On the way ──────────────────────────────────────────────────────────────────────────────

  /// The PBX holds the called side, of whom nobody is reached yet: the agent's phone is rung, once.
  /// Whose agent is gone is not called.
  static void held(Call call, Contact contact, Deciding d) {
    if (!(contact.state() instanceof Handling talk)) {
      d.effect(new Effect.Send(new PbxCommand.HangUpCall(call.id())));
      return;
    }
    if (progress(contact) != DialProgress.INITIATED) return;
    d.emit(new DialProgressed(contact.id(), DialProgress.PROMPTING));
    ring(call, contact, talk, d);
  }

  /// Whether the agent's phone is not rung yet, and is wanted to: the PBX makes the call first.
  static boolean isToRing(Call call, Deciding d) {
    Contact contact = d.contact(call);
    return contact.isUnreached()
        && progress(contact) == DialProgress.INITIATED
        && ControlRules.isFresh(call.arrived(), d);
  }

  /// The PBX knows nothing of the leg to the agent's phone, and was told just now, or in vain.
  ///
  /// @return whether the phone is rung once more
  static boolean ringsAgain(Call call, Deciding d) {
    Contact contact = d.contact(call);
    boolean asked =
        contact.isPrompting()
            && progress(contact) == DialProgress.PROMPTING
            && ControlRules.isFresh(call.arrived(), d);
    if (asked) ring(call, contact, (Handling) contact.state(), d);
    return asked;
  }

  private static void ring(Call call, Contact contact, Handling talk, Deciding d) {
    QueueId in = d.plan().queueFor(contact, talk.stay().queue());
    QueueSettings queue = d.plan().queue(in).orElseThrow();
    d.effect(
        new Effect.Send(
            new PbxCommand.RingAgent(
                call.id(),
                talk.leg().orElseThrow(),
                d.phones().of(talk.agent()),
                talk.agent().value(),
                call.from(),
                queue.ring(),
                "",
                ContactRules.shown(contact, queue, d),
                "",
                d.plan().agent(talk.agent()).filter(queue::answersAt).isPresent(),
                queue.id().value(),
                RecordingRules.wanted(contact, queue, d))));
  }

  private static DialProgress progress(Contact contact) {
    return contact.outbound().map(Outbound::progress).orElse(DialProgress.FAILED);
  }

  /// The agent's phone is answered, and the number is called.
  ///
  /// @return whether it was such a phone
  static boolean answered(LegId leg, Deciding d) {
    Optional<Contact> prompting = prompting(leg, d);
    prompting.ifPresent(contact -> d.emit(new DialProgressed(contact.id(), DialProgress.RINGING)));
    return prompting.isPresent();
  }

  private static Optional<Contact> prompting(LegId leg, Deciding d) {
    return d.state().callOn(leg).map(d::contact).filter(Contact::isPrompting);
  }

  /// The agent's phone was not answered, or is gone: nobody is called.
  ///
  /// @return whether it was such a phone
  static boolean legEnded(LegId leg, Deciding d) {
    if (prompting(leg, d).isEmpty()) return false;
    givenUp(d.state().callOn(leg).orElseThrow(), leg, d);
    return true;
  }

  /// Nobody is called, or called any more.
  static void givenUp(Call call, LegId leg, Deciding d) {
    ContactRules.agentGone(call, leg, TalkEnd.AGENT_LEFT, d);
    d.effect(new Effect.Send(new PbxCommand.HangUpLeg(leg)));
    d.effect(new Effect.Send(new PbxCommand.HangUpCall(call.id())));
  }

  /// How far the number is that an agent calls, or asks beside a caller. It may be told twice.
  static void progressed(CallId call, DialProgress progress, Deciding d) {
    d.state()
        .call(call)
        .map(d::contact)
        .filter(contact -> contact.outbound().filter(one -> !one.progress().isEnd()).isPresent())
        .ifPresent(contact -> d.emit(new DialProgressed(contact.id(), progress)));
  }

  /// The call is over, and the agent's phone may still ring for it.
  static void over(Call call, Contact contact, Deciding d) {
    if (!contact.isPrompting()) return;
    call.talking()
        .flatMap(Party::leg)
        .ifPresent(leg -> d.effect(new Effect.Send(new PbxCommand.HangUpLeg(leg))));
  }
}
