package org.switchroom.cti.center;

import java.time.Duration;
import java.util.Optional;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Decision;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.center.Dialing.Dialed;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.contact.Stay;
import org.switchroom.cti.event.About;
import org.switchroom.cti.event.AgentEvent.AgentForgotten;
import org.switchroom.cti.event.AgentEvent.AgentMoved;
import org.switchroom.cti.event.AgentEvent.Presence;
import org.switchroom.cti.event.AgentEvent.PresenceAsked;
import org.switchroom.cti.event.CallEvent.CallDiverted;
import org.switchroom.cti.event.CenterEvent.ShadowDiffered;
import org.switchroom.cti.event.ContactEvent.ContactMoved;
import org.switchroom.cti.event.ContactEvent.ContactOffered;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;

/// What follows from the router's decisions.
final class RoutingRules {

  private RoutingRules() {}

  /// From here on the turn is about whom it decides on. Who is set aside is decided on no more.
  static void on(Decision decision, Deciding d) {
    switch (decision) {
      case Decision.Offer offer -> {
        if (!isParked(offer.contact(), d) && about(offer.contact(), d)) offer(offer, d);
      }
      case Decision.Withdraw withdraw -> {
        // Who is set aside now has no offers any more.
        about(withdraw.contact(), d);
        withdraw(withdraw, d);
      }
      case Decision.AgentMoved moved -> moved(moved, d);
      case Decision.ContactMoved moved -> {
        if (!isParked(moved.contact(), d) && about(moved.contact(), d)) moved(moved, d);
      }
      case Decision.Diverted diverted -> {
        if (!isParked(diverted.contact(), d) && about(diverted.contact(), d)) diverted(diverted, d);
      }
      case Decision.Shadowed(_, var offer, var contact, var agent) -> {
        if (about(contact, d)) d.emit(new ShadowDiffered(offer, contact.value(), agent));
      }
    }
  }

  /// Whether it has been parked again since the router has decided on it, because the agent who had
  /// picked it up has not answered: what it asked for whoever is next is over.
  private static boolean isParked(ContactId routed, Deciding d) {
    return d.state().contact(Stay.contact(routed)).filter(Contact::parked).isPresent();
  }

  /// Returns whether anything is to be done for it.
  private static boolean about(ContactId routed, Deciding d) {
    Optional<Contact> contact = d.state().contact(Stay.contact(routed));
    // One that was set aside in this turn is known no more.
    ContactId id = Stay.contact(routed);
    boolean served =
        contact.isPresent()
            ? d.about().contact(contact.get().call(), contact.get().task())
            : d.about().becomes(kind(id), own(id));
    if (served) return true;
    d.about().again();
    SetAsideRules.on(routed, d);
    return false;
  }

  private static Contact contact(ContactId routed, Deciding d) {
    return d.state()
        .contact(Stay.contact(routed))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The router decides on %s, which is no contact. Maybe it was not told that it is over."
                        .formatted(routed)));
  }

  private static void moved(Decision.ContactMoved moved, Deciding d) {
    Contact contact = contact(moved.contact(), d);
    Duration waited =
        contact.stay().map(stay -> Duration.between(stay.since(), d.at())).orElse(Duration.ZERO);
    ContactRules.music(contact, moved.from(), moved.to(), d);
    d.emit(
        new ContactMoved(
            contact.id(),
            Stay.number(moved.contact()),
            moved.from(),
            moved.to(),
            moved.cause(),
            waited,
            d.plan().inTime(moved.from(), waited)));
    if (contact.waits()) AnnouncementRules.begin(contact.id(), d);
  }

  private static void offer(Decision.Offer offer, Deciding d) {
    Contact contact = contact(offer.contact(), d);
    if (ContactRules.isForAnother(contact, offer.agent())) {
      ContactRules.asksNobodyElse(contact, OfferEnd.LOST, d);
      return;
    }
    Optional<LegId> leg =
        contact.call().map(call -> LegId.ofOffer(call.pbx(), offer.offer().value()));
    ContactRules.offer(
        new ContactOffered(
            contact.id(),
            Stay.number(offer.contact()),
            offer.queue(),
            offer.offer(),
            offer.agent(),
            leg),
        d);
  }

  private static void withdraw(Decision.Withdraw withdraw, Deciding d) {
    Optional<ContactState.Offer> known = ofAgent(withdraw, d);
    // The rules have ended it themselves.
    if (known.isEmpty()) return;
    Contact contact = contact(withdraw.contact(), d);
    ContactState.Offer offer = known.get();
    OfferEnd end =
        switch (withdraw.why()) {
          case NO_ANSWER -> OfferEnd.NO_ANSWER;
          case TAKEN -> OfferEnd.TAKEN;
          case AGENT_LEFT -> OfferEnd.AGENT_LEFT;
          case CALLER_LEFT -> OfferEnd.CALLER_LEFT;
        };
    ContactRules.withdrawn(contact, offer, end, d);
  }

  /// Of a contact that somebody else has taken already.
  private static Optional<ContactState.Offer> ofAgent(Decision.Withdraw withdraw, Deciding d) {
    return d.state().agent(withdraw.agent()).stream()
        .flatMap(agent -> agent.contacts().stream())
        .filter(one -> one.offer().filter(withdraw.offer()::equals).isPresent())
        .map(
            one ->
                new ContactState.Offer(
                    withdraw.offer(), withdraw.agent(), one.leg(), one.offered()))
        .findFirst();
  }

  private static String kind(ContactId id) {
    return ScriptRules.isWork(id) ? About.TASK : About.CALL;
  }

  private static String own(ContactId id) {
    return ScriptRules.isWork(id) ? ScriptRules.taskOf(id) : id.value();
  }

  private static void moved(Decision.AgentMoved moved, Deciding d) {
    switch (moved.state()) {
      // The router takes it back when the contact is gone.
      case AgentState.Reserved(_, _, var contact) -> {
        if (about(contact, d)) become(moved, d);
      }
      case AgentState.Ringing(_, _, var contact) -> {
        if (about(contact, d)) become(moved, d);
      }
      case AgentState.Talking(_, var contact) -> {
        about(contact, d);
        become(moved, d);
      }
      case AgentState.Consulting(_, var contact) -> {
        about(contact, d);
        become(moved, d);
      }
      case AgentState.InWrapUp(_, var contact, _, _) -> {
        about(contact, d);
        become(moved, d);
      }
      case AgentState.LoggedOut _, AgentState.NotReady _, AgentState.Ready _ -> free(moved, d);
    }
  }

  /// Who is set aside is logged out.
  private static void free(Decision.AgentMoved moved, Deciding d) {
    boolean served = d.about().agent(moved.agent());
    if (!served) d.about().again();
    become(moved, d);
    if (served || moved.state() instanceof AgentState.LoggedOut) return;
    if (d.routing().router().knows(moved.agent())) {
      d.emit(new PresenceAsked(moved.agent(), new Presence.LoggedOut()));
    }
  }

  private static void become(Decision.AgentMoved moved, Deciding d) {
    d.emit(new AgentMoved(moved.agent(), moved.state(), moved.pending()));
    d.state().agent(moved.agent()).ifPresent(agent -> ContactRules.endedWrapUps(agent, d));
    d.state().agent(moved.agent()).ifPresent(agent -> ContactRules.nobodyWrapsUp(agent, d));
    if (!d.routing().router().knows(moved.agent())) d.emit(new AgentForgotten(moved.agent()));
  }

  /// The caller leaves the queues.
  private static void diverted(Decision.Diverted diverted, Deciding d) {
    Contact contact = contact(diverted.contact(), d);
    Call call = call(contact, d);
    ContactRules.leave(contact, StayEnd.OVERFLOWED, d.at(), d);
    boolean again = contact.diversions() < ContactRules.MOST_DIVERSIONS;
    boolean dialing = again && diverted.target().kind() == Overflow.Target.Kind.NUMBER;
    Optional<PbxCommand> command =
        again
            ? command(call, diverted.target(), d)
            : Optional.of(new PbxCommand.HangUpCall(call.id()));
    d.emit(new CallDiverted(call.id(), contact.id(), dialing, diverted.target().argument()));
    if (command.isPresent()) d.effect(new Effect.Send(command.get()));
    else CallRules.queued(d.state().call(call.id()).orElseThrow(), d.at(), d);
  }

  private static Call call(Contact contact, Deciding d) {
    return contact
        .call()
        .flatMap(d.state()::call)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The router sends %s out of the queues, which has no call. Maybe it was not told that it is work."
                        .formatted(contact.id())));
  }

  /// Empty: they are not sent anywhere, and the PBX holds them as before.
  private static Optional<PbxCommand> command(Call call, Overflow.Target.Away target, Deciding d) {
    String argument = target.argument();
    return switch (target.kind()) {
      case SCRIPT -> Optional.of(script(call, argument));
      case VOICEMAIL -> Optional.of(script(call, argument.isEmpty() ? "voicemail" : argument));
      case CALLBACK -> Optional.of(script(call, argument.isEmpty() ? "callback" : argument));
      case NUMBER -> dial(call, argument, d);
      case HANG_UP -> Optional.of(new PbxCommand.HangUpCall(call.id()));
    };
  }

  /// Empty: it is not dialed, and is as one that does not answer.
  private static Optional<PbxCommand> dial(Call call, String number, Deciding d) {
    return switch (DialRules.dial(number, Dialing.Wish.OVERFLOW, call, Optional.empty(), d)) {
      case Dialed.Allowed(var digits, _) -> Optional.of(DialRules.outside(call, digits, d));
      case Dialed.Refused _ -> Optional.empty();
    };
  }

  private static PbxCommand script(Call call, String name) {
    return new PbxCommand.RunScript(call.id(), name, false);
  }
}
