package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.call.Party;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.event.CallEvent.CallQueued;
import org.switchroom.cti.event.ContactEvent.FallbackTalked;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.CallerName;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent.EndedCall;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxEvent.Place;

/// Takes up what is there, after a start and after a lost link. The PBX says who lives and who is
/// bridged; the state says queue, priority and age; the channel's own variables only tell of calls
/// that it does not know.
///
/// Each method is one turn. Phones cannot be rung before the last of them, so nobody is offered
/// meanwhile.
final class Reconciliation {

  private Reconciliation() {}

  // ── What lives ──────────────────────────────────────────────────────────────────────────────

  /// @param living all of this PBX
  /// @param led whether a script of this run leads the caller
  static void live(LiveCall live, Living living, boolean led, Deciding d) {
    Optional<Call> known = d.state().call(live.call());
    if (known.isEmpty()) {
      unknown(live, d);
      return;
    }
    TakeOverRules.live(live, living, d);
    lostOffers(known.get(), live, living, d);
    if (isStale(live, known.get(), living, d)) {
      d.effect(new Effect.Send(new PbxCommand.HangUpLeg(live.leg().orElseThrow())));
      live = live.withNobody();
    }
    if (lostTalk(known.get(), live, living, d)) return;
    lostSupervisors(known.get(), living, d);
    RecordingRules.live(known.get(), live.recording(), living.after(), d);
    Call now = d.state().call(live.call()).orElseThrow();
    // Whom the router has just sent out of the hold is still in it by this list.
    if (isAway(now) && !isAway(known.get())) return;
    place(now, live, led, d);
    strayRing(live, d);
    if (living.after()) d.state().call(live.call()).ifPresent(call -> again(call, living, d));
  }

  /// What was asked in the moment in which the link was lost, or we died.
  private static void again(Call call, Living living, Deciding d) {
    ControlRules.again(call, d);
    ConsultRules.asksAgain(call, living, d);
  }

  private static boolean isAway(Call call) {
    return call.state() instanceof CallState.Away;
  }

  /// A phone that rings for who waits, and whose ring we have taken back when nobody heard it: its
  /// agent would answer behind our back.
  private static void strayRing(LiveCall live, Deciding d) {
    boolean waits = live.place() == Place.QUEUED || live.place() == Place.FALLBACK;
    if (!waits || live.leg().isEmpty()) return;
    LegId leg = live.leg().get();
    if (d.state().call(live.call()).flatMap(call -> call.on(leg)).isPresent()) return;
    d.effect(new Effect.Send(new PbxCommand.CancelRing(live.call(), leg)));
  }

  /// The PBX knows nothing of a leg that we have asked for: the agent did nothing wrong, and the
  /// caller keeps their place.
  private static void lostOffers(Call call, LiveCall live, Living living, Deciding d) {
    Contact contact = d.contact(call);
    for (ContactState.Offer offer : contact.offers()) {
      boolean rings = offer.leg().filter(living.legs()::contains).isPresent();
      boolean answered = offer.leg().isPresent() && offer.leg().equals(live.leg());
      if (rings || answered) continue;
      // One may have taken another's place.
      Contact now = d.contact(call);
      if (now.offer(offer.id()).isEmpty()) continue;
      boolean held = living.after() && live.place() == Place.QUEUED;
      if (held && ContactRules.ringsAgain(now, offer, d)) continue;
      ContactRules.offerEnded(now, offer, OfferEnd.LOST, d);
    }
  }

  /// Whether whoever had the caller before is with them by this list, as a leg is that we have hung
  /// up and that nobody has heard of: whom their last agent has on hold, no other can have.
  private static boolean isStale(LiveCall live, Call call, Living living, Deciding d) {
    if (live.place() != Place.HELD || live.leg().isEmpty()) return false;
    LegId leg = live.leg().get();
    Contact contact = d.contact(call);
    if (!(contact.state() instanceof ContactState.Handling talk) || talk.leg().isEmpty()) {
      return false;
    }
    LegId last = talk.leg().get();
    boolean handedOver = ConsultRules.isLost(contact, live) && living.legs().contains(last);
    boolean ours = LegId.isOurs(leg.channel()) && LegId.isOurs(last.channel());
    return !handedOver && ours && last.isAfter(leg) && call.on(leg).isEmpty();
  }

  /// @return whether the caller has somebody else now, or goes to them
  private static boolean lostTalk(Call call, LiveCall live, Living living, Deciding d) {
    if (!(d.contact(call).state() instanceof ContactState.Handling talk)) return false;
    LegId leg = talk.leg().filter(one -> !living.legs().contains(one)).orElse(null);
    if (leg == null) return false;
    if (ConsultRules.isGone(call, leg, living.legs(), d)) return true;
    if (d.contact(call).isUnreached()) {
      if (OutboundRules.isToRing(call, d)) return false;
      if (living.after() && OutboundRules.ringsAgain(call, d)) return false;
      OutboundRules.givenUp(call, leg, d);
      return true;
    }
    if (live.place() == Place.HELD && HoldRules.left(call, leg, d)) return true;
    ContactRules.agentGone(call, leg, TalkEnd.AGENT_LEFT, d);
    return false;
  }

  private static void lostSupervisors(Call call, Living living, Deciding d) {
    for (Party party : call.supervisors()) {
      LegId leg = party.leg().orElseThrow();
      if (living.legs().contains(leg)) continue;
      if (living.after() && SupervisionRules.ringsAgain(leg, d)) continue;
      SupervisionRules.legEnded(leg, d);
    }
  }

  private static void place(Call call, LiveCall live, boolean led, Deciding d) {
    switch (live.place()) {
      case QUEUED -> {
        if (!ConsultRules.dialsAgain(call, d)) CallRules.queued(call, since(live, d), d);
      }
      case FALLBACK -> {
        CallRules.queued(call, since(live, d), d);
        ContactRules.fellBack(d.state().call(call.id()).orElseThrow(), d);
      }
      case TALKING, HELD -> talk(call, live, d);
      // Where their session was the last run's, it may not have ended.
      case IN_SCRIPT -> {
        ContactRules.leftTheHold(call, StayEnd.CHOSE, false, d);
        if (!led && call.awaited().isEmpty()) CutOffRules.toScript(call, d);
      }
      case DIALING -> {
        if (OwnCalls.isForgotten(call, d.contact(call), d.state())) OwnCalls.hangUp(call.id(), d);
        else ContactRules.leftTheHold(call, StayEnd.CHOSE, true, d);
      }
      // With somebody of the PBX's fallback queue.
      case ELSEWHERE -> ContactRules.leftTheHold(call, StayEnd.FELL_BACK, true, d);
    }
  }

  /// An offer that was out may have been answered since, also one that was taken back meanwhile; or
  /// an agent's phone has the caller, by a colleague's transfer or from the PBX's fallback queue.
  private static void talk(Call call, LiveCall live, Deciding d) {
    if (OwnCalls.isLeft(call, d.contact(call), d)) return;
    if (TransferRules.isLost(call, d.contact(call), live)) {
      TransferRules.again(call, live, d);
      return;
    }
    if (ConsultRules.isLost(d.contact(call), live)) {
      ConsultRules.again(call, live, d);
      return;
    }
    if (live.leg().isPresent() && PhoneRules.isAnAgents(live.phone(), d)) {
      var placed = new QueueId(queueName(live, d.contact(call), d));
      PhoneRules.connected(call.id(), live.phone(), live.leg().get(), placed, d);
      return;
    }
    if (live.leg().isEmpty() || live.agent().isBlank()) {
      if (live.place() == Place.HELD) nobodyHolds(call, d);
      else ContactRules.leftTheHold(call, StayEnd.FELL_BACK, true, d);
      return;
    }
    LegId leg = live.leg().get();
    // Also one who is not configured any more.
    var agent = new AgentId(live.agent());
    Contact contact = d.contact(call);
    if (NuisanceRules.isLost(contact, agent)) {
      NuisanceRules.hangUp(call, leg, agent, live.place() == Place.HELD, d);
      return;
    }
    boolean offered =
        contact.offers().stream().anyMatch(offer -> offer.leg().filter(leg::equals).isPresent());
    if (offered) {
      CallRules.connected(leg, d);
    } else if (!(contact.state() instanceof ContactState.Handling)) {
      found(contact, live, leg, agent, d);
    }
    held(live, leg, d);
  }

  /// Nobody is left to take the caller off hold. Whose agent has ended the call has gone with it.
  private static void nobodyHolds(Call call, Deciding d) {
    Contact contact = d.contact(call);
    boolean ended =
        contact.state() instanceof ContactState.Handled h && h.end() == TalkEnd.AGENT_LEFT;
    if (ended || contact.isConsultation())
      d.effect(new Effect.Send(new PbxCommand.HangUpCall(call.id())));
    else ContactRules.takeBack(call, d);
  }

  /// With somebody of the PBX's fallback queue: nobody else is to be rung for them.
  private static void held(LiveCall live, LegId leg, Deciding d) {
    Call call = d.state().call(live.call()).orElseThrow();
    if (live.place() == Place.TALKING) OutboundRules.answered(leg, d);
    // The PBX connects whom the phone itself holds.
    boolean on = call.isHeld();
    if (live.place() == Place.HELD && !on) {
      CallRules.held(call, d);
    } else if (live.place() == Place.TALKING && on) {
      CallRules.connected(leg, d);
    }
    conference(live, d);
  }

  private static void conference(LiveCall live, Deciding d) {
    Call call = d.state().call(live.call()).orElseThrow();
    if (live.place() != Place.TALKING) return;
    live.conference()
        .ifPresentOrElse(
            own -> ConsultRules.conferenced(call, own, d),
            () -> ConsultRules.conferencedNoMore(call, d));
  }

  private static void found(Contact contact, LiveCall live, LegId leg, AgentId agent, Deciding d) {
    QueueId queue = new QueueId(queueName(live, contact, d));
    ContactRules.found(contact, agent, leg, queue, since(live, d), d.at(), d);
  }

  private static String queueName(LiveCall live, Contact contact, Deciding d) {
    if (!live.queue().isEmpty()) return live.queue();
    return contact.queue().orElse(d.plan().settings().defaultQueue()).value();
  }

  /// Of a ledger that is lost, or of before there was one: the channel's variables are all there
  /// is.
  private static void unknown(LiveCall live, Deciding d) {
    if (OwnCalls.isNobodys(live.call(), d)) return;
    if (d.state().isOver(live.call())) return;
    Instant arrived = since(live, d);
    Call call = CutOffRules.comes(live.call(), live.from(), live.dialed(), live.name(), arrived, d);
    d.effect(new Effect.LookUp(live.call(), live.from()));
    live.recording().ifPresent(one -> RecordingRules.began(call, one, d));
    Contact contact = d.contact(call);
    switch (live.place()) {
      case TALKING, HELD -> talk(call, live, d);
      case QUEUED, FALLBACK -> {
        strayRing(live, d);
        if (live.place() == Place.FALLBACK) ContactRules.takeBack(call, d);
        if (contact.state() instanceof ContactState.CutOff) {
          CallRules.queued(call, arrived, d);
        } else {
          d.emit(new CallQueued(call.id(), call.contact()));
          ContactRules.queueUnasked(contact, request(live, d), Optional.empty(), arrived, d);
        }
      }
      case IN_SCRIPT -> CutOffRules.toScript(call, d);
      case DIALING, ELSEWHERE -> {}
    }
  }

  private static QueueRequest request(LiveCall live, Deciding d) {
    String name =
        live.queue().isEmpty() ? d.plan().settings().defaultQueue().value() : live.queue();
    return new QueueRequest(
        new QueueId(name), live.priority(), live.ask(), Optional.empty(), Duration.ZERO);
  }

  private static Instant since(LiveCall live, Deciding d) {
    return live.arrived().map(d::ours).orElse(d.at());
  }

  // ── What is missing ─────────────────────────────────────────────────────────────────────────

  /// The PBX has it not; one of ours it may not have yet.
  ///
  /// @param remembered what it kept of the end
  static void missing(Call call, Optional<EndedCall> remembered, Deciding d) {
    Contact contact = d.contact(call);
    boolean begins =
        remembered.isEmpty()
            && (ConsultRules.isToBegin(call, contact, d)
                || OutboundRules.makesAgain(call, contact, d));
    if (!begins) gone(call, remembered, d);
  }

  // ── What is over ────────────────────────────────────────────────────────────────────────────

  /// The PBX has the call no more.
  ///
  /// @param remembered what it kept of the end
  static void gone(Call call, Optional<EndedCall> remembered, Deciding d) {
    remembered.ifPresent(end -> unseen(call, end, d));
    Call now = d.state().call(call.id()).orElseThrow();
    Instant ended = remembered.map(end -> d.ours(end.ended())).orElse(d.at());
    CallRules.ended(now, ended, remembered.isPresent(), d);
  }

  /// The PBX remembers a call of which we saw no end, and maybe nothing else. It may be the one of
  /// somebody who was cut off before: what became of it became of what they wanted.
  static void remembered(EndedCall end, Deciding d) {
    if (d.state().isOver(end.call())) {
      d.effect(new Effect.Send(new PbxCommand.Forget(end.call())));
      return;
    }
    Instant arrived = end.arrived().orElse(end.ended());
    Call call =
        CutOffRules.comes(
            end.call(), end.from(), end.dialed(), CallerName.NONE, d.ours(arrived), d);
    gone(call, Optional.of(end), d);
  }

  /// What happened to it meanwhile, before its end.
  private static void unseen(Call call, EndedCall end, Deciding d) {
    Contact contact = d.contact(call);
    boolean came =
        contact.state() instanceof ContactState.Selecting
            || contact.state() instanceof ContactState.CutOff;
    if (came && end.queued().isPresent() && !end.queue().isEmpty()) {
      d.emit(new CallQueued(call.id(), call.contact()));
      ContactRules.queue(
          contact, QueueRequest.of(new QueueId(end.queue())), d.ours(end.queued().get()), d);
    }
    Contact now = d.contact(call);
    if (!now.waits() || end.answered().isEmpty()) return;
    Instant answered = end.answered().get();
    Optional<AgentId> agent = answeredBy(end, d);
    if (isOfAnEarlierTalk(answered, agent, call, now, d)) return;
    if (agent.isPresent()) {
      ContactRules.found(
          now,
          agent.get(),
          legOf(now, agent.get()),
          now.queue().orElseThrow(),
          now.stay().orElseThrow().since(),
          d.ours(answered),
          d);
    } else {
      fallbackTalked(now, end, answered, d);
    }
  }

  /// The PBX remembers the last talk, also of who waits again since. It tells whole seconds: in
  /// that in which the wait began, only whose phone was rung can have answered.
  ///
  /// @param call as it was before its end: who has another's place in the queue has waited for
  ///   longer than they are there
  private static boolean isOfAnEarlierTalk(
      Instant answered, Optional<AgentId> agent, Call call, Contact contact, Deciding d) {
    Instant waits = contact.stay().orElseThrow().since();
    if (call.state() instanceof CallState.Queued(var placed)) waits = later(waits, placed);
    Instant since = d.wall(waits).truncatedTo(ChronoUnit.SECONDS);
    boolean rang =
        contact.offers().stream().anyMatch(offer -> agent.equals(Optional.of(offer.agent())));
    boolean before = rang ? answered.isBefore(since) : !answered.isAfter(since);
    return contact.talks() > 0 && before;
  }

  /// An agent's own phone, also where the PBX's own queue has rung it.
  private static Optional<AgentId> answeredBy(EndedCall end, Deciding d) {
    return d.plan()
        .agent(end.agent())
        .or(() -> d.phones().with(end.phone()).stream().findFirst())
        .filter(agent -> d.state().agent(agent).filter(one -> !one.loggedOut()).isPresent());
  }

  private static LegId legOf(Contact contact, AgentId agent) {
    return contact.offers().stream()
        .filter(offer -> offer.agent().equals(agent))
        .findFirst()
        .flatMap(ContactState.Offer::leg)
        .orElse(new LegId("unseen"));
  }

  private static void fallbackTalked(Contact contact, EndedCall end, Instant answered, Deciding d) {
    // It tells whole seconds, which may lie before the wait that the talk has ended.
    Instant began = later(d.ours(answered), contact.stay().orElseThrow().since());
    ContactRules.leave(contact, StayEnd.FELL_BACK, began, d);
    d.emit(new FallbackTalked(contact.id(), end.phone(), began, later(d.ours(end.ended()), began)));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  /// A leg whose caller is gone.
  static void alone(LegId leg, Deciding d) {
    d.effect(new Effect.Send(new PbxCommand.HangUpLeg(leg)));
  }
}
