package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.OfferId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.contact.ContactState.Handling;
import org.switchroom.cti.contact.Handover;
import org.switchroom.cti.contact.Stay;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.event.AgentEvent.AgentForgotten;
import org.switchroom.cti.event.AgentEvent.Presence;
import org.switchroom.cti.event.AgentEvent.PresenceAsked;
import org.switchroom.cti.event.CallEvent.CallConnected;
import org.switchroom.cti.event.CallEvent.CallDiverted;
import org.switchroom.cti.event.CallEvent.CallFellBack;
import org.switchroom.cti.event.CallEvent.CallReleased;
import org.switchroom.cti.event.CallEvent.CallTakenBack;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.ConsultationEnd;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.ContactOffered;
import org.switchroom.cti.event.ContactEvent.ContactParkedAgain;
import org.switchroom.cti.event.ContactEvent.ContactQueued;
import org.switchroom.cti.event.ContactEvent.ContactUnparked;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.ContactEvent.PriorityChanged;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactEvent.WrapUpBegan;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.ParkEnd;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.event.WrapUpEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;

/// How a contact moves: into a queue, to an agent, out again, to its end.
final class ContactRules {
  /// Why somebody is not ready whose phone did not answer; it did, as it turns out.
  private static final Set<String> REFUSED =
      Set.of(
          AgentState.Reasons.NO_ANSWER,
          AgentState.Reasons.DECLINED,
          AgentState.Reasons.PHONE_BUSY,
          AgentState.Reasons.PHONE_UNREACHABLE);

  /// A caller is sent out of the queues no more often than this; then the call is ended, so that
  /// two queues that send callers to each other's scripts do not do so for ever.
  static final int MOST_DIVERSIONS = 5;

  /// Where a caller is whom we have not sent there.
  private static final String NOBODY_KNOWS = "";

  private ContactRules() {}

  // ── Waiting ─────────────────────────────────────────────────────────────────────────────────

  /// A stay begins, where the PBX has been told to take them: by their script, or by the agent who
  /// gave them away. A queue that is not there any more, or is for something else, is the default
  /// one.
  ///
  /// @param since when the wait began
  static void queue(Contact contact, QueueRequest request, Instant since, Deciding d) {
    stay(contact, contact.stays() + 1, request, Optional.of(request.queue()), since, d);
  }

  /// A stay begins of which the PBX has not been told.
  ///
  /// @param hears the queue whose music the PBX would play to them; empty: its default
  static void queueUnasked(
      Contact contact, QueueRequest request, Optional<QueueId> hears, Instant since, Deciding d) {
    stay(contact, contact.stays() + 1, request, hears, since, d);
  }

  /// Who was away comes back to their place.
  static void queueAgain(Contact contact, Stay stay, Deciding d) {
    QueueRequest request = stay.request().in(stay.queue());
    stay(contact, stay.number(), request, Optional.of(stay.queue()), stay.since(), d);
  }

  private static void stay(
      Contact contact,
      int number,
      QueueRequest request,
      Optional<QueueId> hears,
      Instant since,
      Deciding d) {
    QueueId queue = d.plan().queueFor(contact, request.queue());
    music(contact, hears, queue, d);
    QueueRequest asked = request.in(queue);
    d.emit(
        new ContactQueued(
            contact.id(), number, queue, d.notAfter(since), asked, priority(contact, asked, d)));
    if (!contact.isConsultation()) AnnouncementRules.begin(contact.id(), d);
  }

  /// They are to hear another queue's.
  static void music(Contact contact, QueueId before, QueueId now, Deciding d) {
    music(contact, Optional.of(before), now, d);
  }

  private static void music(Contact contact, Optional<QueueId> before, QueueId now, Deciding d) {
    String music = d.plan().queue(now).map(QueueSettings::music).orElse("");
    String hears = before.flatMap(d.plan()::queue).map(QueueSettings::music).orElse("");
    if (hears.equals(music)) return;
    contact.call().ifPresent(call -> d.effect(new Effect.Send(new PbxCommand.Music(call, music))));
  }

  /// The script's points, the customer's tier's, and a supervisor's.
  static int priority(Contact contact, QueueRequest request, Deciding d) {
    int tier = d.plan().settings().tiers().getOrDefault(contact.tier(), 0);
    return Urgency.sum((long) request.priority() + tier + contact.boost());
  }

  /// Something of what makes it has changed.
  static void prioritize(Contact contact, Deciding d) {
    if (!contact.waits()) return;
    Stay stay = contact.stay().orElseThrow();
    int now = priority(contact, stay.request(), d);
    if (now == stay.priority()) return;
    d.emit(new PriorityChanged(contact.id(), stay.number(), now));
  }

  /// A stay ends without an agent.
  ///
  /// @param left not after the turn
  static void leave(Contact contact, StayEnd end, Instant left, Deciding d) {
    leave(contact, end, left, Optional.empty(), d);
  }

  /// @param talks the leg on which the caller talks already; empty: none
  static void leave(Contact contact, StayEnd end, Instant left, Optional<LegId> talks, Deciding d) {
    OfferEnd why =
        switch (end) {
          case PBX_FAULT, SET_ASIDE -> OfferEnd.LOST;
          case PUT_THROUGH, ABANDONED, CHOSE, OVERFLOWED, FELL_BACK, PARKED -> OfferEnd.CALLER_LEFT;
        };
    leave(contact, end, why, left, talks, d);
  }

  /// @param why nobody who is asked has it any more
  static void leave(
      Contact contact, StayEnd end, OfferEnd why, Instant left, Optional<LegId> talks, Deciding d) {
    Stay stay = contact.stay().orElseThrow();
    d.together(
        () -> {
          Instant over = left.isBefore(stay.since()) ? stay.since() : left;
          Duration waited = Duration.between(stay.since(), over);
          boolean inTime = d.plan().inTime(stay.queue(), waited);
          d.emit(new ContactLeft(contact.id(), stay.number(), stay.queue(), end, waited, inTime));
          for (ContactState.Offer offer : contact.offers()) {
            ended(contact, offer, why, d);
            if (talks.isEmpty() || !talks.equals(offer.leg())) cancel(contact, offer, d);
          }
        });
  }

  /// Nobody is to answer it any more.
  static void takeBack(Contact contact, ContactState.Offer offer, OfferEnd end, Deciding d) {
    ended(contact, offer, end, d);
    cancel(contact, offer, d);
  }

  private static void ended(Contact contact, ContactState.Offer offer, OfferEnd end, Deciding d) {
    Stay stay = contact.stay().orElseThrow();
    d.emit(new OfferEnded(contact.id(), stay.number(), offer.id(), offer.agent(), end));
  }

  /// The leg on which the caller talks by now is no ring any more.
  private static void cancel(Contact contact, ContactState.Offer offer, Deciding d) {
    if (offer.leg().isEmpty() || contact.call().isEmpty()) return;
    boolean talks = contact.state() instanceof Handling talk && talk.leg().equals(offer.leg());
    if (talks) return;
    d.effect(new Effect.Send(new PbxCommand.CancelRing(contact.call().get(), offer.leg().get())));
  }

  // ── Offers ──────────────────────────────────────────────────────────────────────────────────

  /// An agent's phone is rung for a call; work is put before them.
  static void offer(ContactOffered offered, Deciding d) {
    d.emit(offered);
    Contact contact = d.state().contact(offered.contact()).orElseThrow();
    noteWhoIsShown(contact.identity().matches(), contact.id(), offered.agent(), d);
    if (offered.leg().isEmpty()) return;
    QueueSettings queue = d.plan().queue(offered.queue()).orElseThrow();
    ring(contact, offered.agent(), offered.leg().get(), queue, d);
  }

  private static void ring(
      Contact contact, AgentId agent, LegId leg, QueueSettings queue, Deciding d) {
    d.effect(
        new Effect.Send(
            new PbxCommand.RingAgent(
                contact.call().orElseThrow(),
                leg,
                d.phones().of(agent),
                agent.value(),
                contact.arrival().from(),
                queue.ring(),
                contact.isConsultation() ? "" : queue.after(),
                shown(contact, queue, d),
                queue.alertInfo(),
                d.plan().agent(agent).filter(queue::answersAt).isPresent(),
                queue.id().value(),
                RecordingRules.wanted(contact, queue, d))));
  }

  /// The PBX knows nothing of it, and was told just now, or in vain.
  ///
  /// @return whether the phone is rung once more
  static boolean ringsAgain(Contact contact, ContactState.Offer offer, Deciding d) {
    boolean rang =
        d.state()
            .agent(offer.agent())
            .flatMap(agent -> agent.has(contact.id()))
            .filter(one -> one.stage() == InHand.Stage.RINGING)
            .isPresent();
    Optional<QueueSettings> queue = contact.queue().flatMap(d.plan()::queue);
    if (rang || queue.isEmpty() || !ControlRules.isFresh(offer.since(), d)) return false;
    ring(contact, offer.agent(), offer.leg().orElseThrow(), queue.get(), d);
    return true;
  }

  /// For the audit: whose records an agent has before them from now on.
  static void noteWhoIsShown(
      List<CustomerCard> shown, ContactId contact, AgentId agent, Deciding d) {
    if (shown.isEmpty()) return;
    String who =
        shown.stream()
            .map(card -> "customer " + card.customer().id())
            .collect(Collectors.joining(", "));
    d.emit(new Noted(agent.value(), Deed.SHOWN_CUSTOMER, "%s, contact %s".formatted(who, contact)));
  }

  /// The queue, and the customer where they are known, or else in quotes what anybody may have
  /// written there: the number is shown anyway.
  static String shown(Contact contact, QueueSettings queue, Deciding d) {
    if (contact.isConsultation()) return asking(contact, queue, d);
    if (contact.identity().card().isPresent()) return contact.name() + " · " + queue.title();
    String called = contact.arrival().name().value();
    return called.isEmpty() ? queue.title() : "“%s” · %s".formatted(called, queue.title());
  }

  /// Who asks, and about whom.
  private static String asking(Contact contact, QueueSettings queue, Deciding d) {
    String by =
        contact
            .handover()
            .map(Handover::by)
            .flatMap(d.plan()::agent)
            .map(AgentSettings::name)
            .orElse("");
    return "%s · %s · %s".formatted(by, contact.name(), queue.title());
  }

  /// Whether a colleague wants this agent and nobody else.
  private static boolean isAskedAlone(Contact contact, AgentId agent) {
    return contact.isConsultation()
        && contact
            .stay()
            .flatMap(stay -> stay.request().preferred())
            .filter(agent::equals)
            .isPresent();
  }

  /// Whether a colleague wants somebody else and nobody but them, who cannot be rung now.
  static boolean isForAnother(Contact contact, AgentId agent) {
    return contact.isConsultation()
        && contact
            .stay()
            .flatMap(stay -> stay.request().preferred())
            .filter(one -> !one.equals(agent))
            .isPresent();
  }

  static void asksNobodyElse(Contact contact, OfferEnd end, Deciding d) {
    CallId own = contact.call().orElseThrow();
    d.together(
        () -> {
          leave(contact, StayEnd.PUT_THROUGH, end, d.at(), Optional.empty(), d);
          d.emit(new CallDiverted(own, contact.id(), false, NOBODY_KNOWS));
        });
    OwnCalls.hangUp(own, d);
  }

  /// The offer came to nothing; who fell back meanwhile may be taken back now.
  static void offerEnded(Contact contact, ContactState.Offer offer, OfferEnd end, Deciding d) {
    if (isAskedAlone(contact, offer.agent())) {
      asksNobodyElse(contact, end, d);
      return;
    }
    if (parksAgain(contact, offer, end, d)) return;
    ended(contact, offer, end, d);
    notAnswered(contact, d);
  }

  /// An offer is over that was for who has picked the caller up: they are parked as before, and
  /// nobody has missed anything.
  ///
  /// @return whether it was such
  static boolean parksAgain(Contact contact, ContactState.Offer offer, OfferEnd end, Deciding d) {
    if (!contact.isPickUp(offer.agent())) return false;
    parkAgain(contact, end, d);
    return true;
  }

  static void parkAgain(Contact contact, OfferEnd end, Deciding d) {
    d.together(
        () -> {
          leave(contact, StayEnd.PARKED, end, d.at(), Optional.empty(), d);
          d.emit(new ContactParkedAgain(contact.id()));
        });
    notAnswered(d.state().contact(contact.id()).orElseThrow(), d);
  }

  /// Nobody is to answer it any more, and whoever has it next is asked.
  static void withdrawn(Contact contact, ContactState.Offer offer, OfferEnd end, Deciding d) {
    if (parksAgain(contact, offer, end, d)) return;
    takeBack(contact, offer, end, d);
    notAnswered(contact, d);
  }

  static void notAnswered(Contact contact, Deciding d) {
    contact
        .call()
        .flatMap(d.state()::call)
        .filter(Call::fellBack)
        .ifPresent(call -> fellBack(call, d));
  }

  /// The PBX has not heard of us for a while, and we are here: whoever waits, waits with us. Whose
  /// agent may answer in this moment is left where they are, and taken back if nobody answers: a
  /// caller is never moved by two hands.
  static void fellBack(Call call, Deciding d) {
    Contact contact = d.contact(call);
    if (contact.parked()) takeBack(call, d);
    if (!contact.waits()) return;
    if (contact.offers().isEmpty()) takeBack(call, d);
    else if (!call.fellBack()) d.emit(new CallFellBack(call.id(), call.contact()));
  }

  // ── With an agent ───────────────────────────────────────────────────────────────────────────

  /// An offer is taken.
  static void answered(Contact contact, ContactState.Offer offer, Optional<LegId> leg, Deciding d) {
    Stay stay = contact.stay().orElseThrow();
    Duration waited = Duration.between(stay.since(), d.at());
    boolean pickedUp = contact.isPickUp(offer.agent());
    if (pickedUp) d.emit(new ContactUnparked(contact.id(), ParkEnd.PICKED_UP));
    d.emit(
        new ContactAnswered(
            contact.id(),
            stay.number(),
            stay.queue(),
            Optional.of(offer.id()),
            offer.agent(),
            leg,
            d.at(),
            waited,
            !pickedUp && d.plan().inTime(stay.queue(), waited),
            pickedUp));
  }

  /// A colleague's phone has given it to them: a stay of its own, in which nobody has waited.
  static void handedOver(Contact contact, AgentId agent, LegId leg, QueueId wanted, Deciding d) {
    found(contact, agent, leg, wanted, d.at(), d.at(), true, d);
  }

  /// An agent was found with it, on a leg that we may have rung, or have given up.
  ///
  /// @param answered when the talk began
  static void found(
      Contact contact,
      AgentId agent,
      LegId leg,
      QueueId wanted,
      Instant since,
      Instant answered,
      Deciding d) {
    found(contact, agent, leg, wanted, since, answered, false, d);
  }

  private static void found(
      Contact contact,
      AgentId agent,
      LegId leg,
      QueueId wanted,
      Instant since,
      Instant answered,
      boolean handedOver,
      Deciding d) {
    boolean waits = contact.waits();
    QueueId queue = waits ? contact.queue().orElseThrow() : d.plan().queueFor(contact, wanted);
    Instant from = waits ? contact.stay().orElseThrow().since() : since;
    Instant told = d.notAfter(answered);
    // A PBX that remembers whole seconds may have it begin before the wait that it ended.
    Instant began = waits && told.isBefore(from) ? from : told;
    Duration waited = Duration.between(from.isAfter(began) ? began : from, began);
    int stay = waits ? contact.stay().orElseThrow().number() : contact.stays() + 1;
    Optional<OfferId> offer =
        contact.offers().stream()
            .filter(one -> one.leg().filter(leg::equals).isPresent())
            .map(ContactState.Offer::id)
            .findFirst();
    Optional<Presence> before = presence(agent, d);
    boolean pickedUp = offer.isPresent() && contact.isPickUp(agent);
    boolean given = handedOver || pickedUp || contact.parked();
    d.together(
        () -> {
          if (contact.inPark()) {
            var end = pickedUp ? ParkEnd.PICKED_UP : ParkEnd.TAKEN;
            d.emit(new ContactUnparked(contact.id(), end));
          }
          otherRings(contact, agent, offer, d);
          contact
              .call()
              .ifPresent(call -> d.emit(new CallConnected(call, contact.id(), agent, leg)));
          d.emit(
              new ContactAnswered(
                  contact.id(),
                  stay,
                  queue,
                  offer,
                  agent,
                  Optional.of(leg),
                  began,
                  waited,
                  !given && d.plan().inTime(queue, waited),
                  given));
          before.ifPresent(same -> d.emit(new PresenceAsked(agent, same)));
        });
  }

  /// Their phone may still ring for the caller whom they have got on another leg, such as the
  /// fallback queue's.
  private static void otherRings(
      Contact contact, AgentId agent, Optional<OfferId> taken, Deciding d) {
    for (ContactState.Offer offer : contact.offers()) {
      boolean other = offer.agent().equals(agent) && !taken.equals(Optional.of(offer.id()));
      if (other) takeBack(contact, offer, OfferEnd.TAKEN, d);
    }
  }

  /// What an agent who is found in a talk is to be afterwards: not ready if they were so by their
  /// own wish, and not because this phone did not answer.
  private static Optional<Presence> presence(AgentId agent, Deciding d) {
    return d.state()
        .agent(agent)
        .map(AgentSession::state)
        .filter(AgentState.NotReady.class::isInstance)
        .map(state -> ((AgentState.NotReady) state).reason())
        .filter(reason -> !REFUSED.contains(reason))
        .map(Presence.NotReady::new);
  }

  /// The agent's part is over; what is to be said of it is asked for.
  ///
  /// @param ended not after the turn
  static void endTalk(Contact contact, Handling talk, Instant ended, TalkEnd end, Deciding d) {
    endTalk(contact, talk, ended, end, "", d);
  }

  /// @param to the number it was given to; empty: to nobody
  static void endTalk(
      Contact contact, Handling talk, Instant ended, TalkEnd end, String to, Deciding d) {
    Stay stay = talk.stay();
    Instant over = d.notAfter(ended).isBefore(talk.since()) ? talk.since() : d.notAfter(ended);
    Optional<InHand> inHand =
        d.state().agent(talk.agent()).flatMap(agent -> agent.has(contact.id(), stay.number()));
    Duration held = inHand.map(one -> one.heldBy(over)).orElse(Duration.ZERO);
    d.together(
        () -> {
          d.emit(
              new TalkEnded(
                  contact.id(),
                  stay.number(),
                  stay.queue(),
                  talk.agent(),
                  talk.since(),
                  over,
                  held,
                  end,
                  to));
          // What a colleague was asked is for whoever has asked to write down, and where nobody was
          // called there is nothing to write.
          boolean needed = !contact.isConsultation() && !contact.isPrompting();
          if (needed && d.routing().has(talk.agent(), contact, stay.number())) {
            beginWrapUp(contact, talk, d);
          } else {
            d.emit(
                new WrapUpDone(
                    contact.id(),
                    stay.number(),
                    stay.queue(),
                    talk.agent(),
                    d.at(),
                    WrapUpEnd.NONE,
                    inHand.map(InHand::draft).orElse(Draft.NONE)));
            forgetStranger(talk.agent(), d);
          }
        });
  }

  /// Somebody who was found with it and is not configured any more.
  private static void forgetStranger(AgentId agent, Deciding d) {
    boolean there = d.plan().has(agent) || d.routing().router().knows(agent);
    boolean busy = d.state().agent(agent).filter(one -> !one.contacts().isEmpty()).isPresent();
    if (!there && !busy) d.emit(new AgentForgotten(agent));
  }

  private static void beginWrapUp(Contact contact, Handling talk, Deciding d) {
    Stay stay = talk.stay();
    WrapUp rule =
        d.plan().queue(stay.queue()).map(queue -> queue.routing().wrapUp()).orElse(WrapUp.none());
    d.emit(
        new WrapUpBegan(
            contact.id(),
            stay.number(),
            stay.queue(),
            talk.agent(),
            d.at(),
            rule.mode() == WrapUp.Mode.TIMED
                ? Optional.of(d.at().plus(rule.limit()))
                : Optional.empty(),
            rule.mode() == WrapUp.Mode.MANDATORY));
  }

  /// Wrap-ups that the router has ended by itself, by time or because the agent went on.
  static void endedWrapUps(AgentSession agent, Deciding d) {
    for (InHand one : agent.contacts()) {
      if (one.stage() != InHand.Stage.WRAP_UP) continue;
      Contact contact = d.state().contact(one.contact()).orElseThrow();
      if (d.routing().has(agent.id(), contact, one.stay())) continue;
      boolean timed = one.until().filter(until -> !until.isAfter(d.at())).isPresent();
      wrappedUp(one, agent.id(), timed ? WrapUpEnd.TIMED : WrapUpEnd.READY, d);
    }
  }

  /// Who has logged out, and whose last screen is gone, comes back to no wrap-up: it is over, with
  /// what was typed by then.
  static void nobodyWrapsUp(AgentSession agent, Deciding d) {
    if (!agent.isLoggingOut() || agent.desk() || agent.deskUntil().isPresent()) return;
    for (InHand one : agent.contacts()) {
      // One may be over by the end of another.
      boolean still =
          d.state()
              .agent(agent.id())
              .flatMap(now -> now.has(one.contact(), one.stay()))
              .filter(now -> now.stage() == InHand.Stage.WRAP_UP)
              .isPresent();
      if (!still) continue;
      wrappedUp(one, agent.id(), WrapUpEnd.LEFT, d);
    }
  }

  private static void wrappedUp(InHand one, AgentId agent, WrapUpEnd end, Deciding d) {
    d.emit(
        new WrapUpDone(
            one.contact(), one.stay(), one.queue(), agent, one.since(), end, one.draft()));
  }

  // ── Out, and over ───────────────────────────────────────────────────────────────────────────

  /// The caller goes to a script of their choice, and keeps their place.
  static void choose(Contact contact, Call call, String script, Deciding d) {
    leave(contact, StayEnd.CHOSE, d.at(), d);
    d.emit(new CallDiverted(call.id(), contact.id(), false, script));
    d.effect(new Effect.Send(new PbxCommand.RunScript(call.id(), script, true)));
  }

  /// The PBX is to bring the caller back to the hold.
  static void takeBack(Call call, Deciding d) {
    d.emit(new CallTakenBack(call.id(), call.contact()));
    d.effect(new Effect.Send(new PbxCommand.TakeBack(call.id())));
  }

  static void close(Contact contact, ContactOutcome outcome, Instant closed, Deciding d) {
    ContactOutcome how = contact.isConsultation() ? ContactOutcome.CONSULTED : outcome;
    d.emit(new ContactClosed(contact.id(), how, d.notAfter(closed)));
  }

  /// The agent is out of the talk, and the caller's channel lives.
  static void agentGone(Call call, LegId leg, TalkEnd end, Deciding d) {
    agentGone(call, leg, end, "", d);
  }

  static void agentGone(Call call, LegId leg, TalkEnd end, String to, Deciding d) {
    Contact contact = d.contact(call);
    if (!(contact.state() instanceof ContactState.Handling talk)) return;
    if (talk.leg().filter(leg::equals).isEmpty()) return;
    d.together(
        () -> {
          OwnCalls.end(call, ConsultationEnd.TALK_ENDED, d);
          SupervisionRules.talkIsOver(call, d);
          d.emit(new CallReleased(call.id(), call.contact(), leg));
          endTalk(contact, talk, d.at(), end, to, d);
        });
  }

  /// A script, a number or somebody who is no agent has the caller, and we had them wait.
  ///
  /// @param dialing they are with a number, or on the way to it
  static void leftTheHold(Call call, StayEnd why, boolean dialing, Deciding d) {
    Contact contact = d.contact(call);
    boolean parked = contact.inPark();
    // Who is on the way to the hold comes there still.
    boolean held = contact.waits() || parked && call.isHeld();
    if (!held) return;
    if (contact.waits()) leave(contact, parked ? StayEnd.PARKED : why, d.at(), d);
    if (parked) d.emit(new ContactUnparked(contact.id(), ParkEnd.LEFT));
    d.emit(new CallDiverted(call.id(), contact.id(), dialing, NOBODY_KNOWS));
  }
}
