package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Decision;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.agent.InHand.Stage;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.Handover;
import org.switchroom.cti.contact.Stay;
import org.switchroom.cti.event.AgentEvent.Presence;
import org.switchroom.cti.event.AgentEvent.PresenceAsked;
import org.switchroom.cti.event.ContactEvent.ContactParked;
import org.switchroom.cti.event.ContactEvent.ContactPickedUp;
import org.switchroom.cti.event.ContactEvent.ContactUnparked;
import org.switchroom.cti.event.ContactEvent.ParkTimed;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.ParkEnd;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxId;

/// Agents park a caller (CSTA Park Call), and whoever may serve them picks them up (CSTA Directed
/// Pickup Call). To the PBX they wait, as anybody does; to the router they are not there, until one
/// agent is asked for them who has said that they want them.
///
/// ```
///   talk ─▶ parked ─▶ picked up ─▶ that agent is asked ─▶ talk
///            │  ▲                            │
///            │  └──── does not answer ───────┘
///            └─▶ nobody in time ─▶ the queue, before all others: who parked them, then anybody
/// ```
final class ParkRules {
  /// What cannot be done now is tried so much later.
  private static final Duration LATER = Duration.ofSeconds(10);

  private ParkRules() {}

  // ── Parking ─────────────────────────────────────────────────────────────────────────────────

  /// @param leg on which the agent talks with the caller
  static Optional<Refusal> park(AgentSession agent, LegId leg, Input.Park asked, Deciding d) {
    Optional<Contact> known = d.state().contact(asked.contact());
    Optional<Call> on = known.flatMap(Contact::call).flatMap(d.state()::call);
    // What a colleague is asked is the caller's agent's to end.
    if (on.isEmpty() || known.get().isConsultation()) return Optional.of(Refusal.NO_CALL);
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    if (!d.state().connected(leg.pbx())) return Optional.of(Refusal.PBX_DOWN);
    Contact contact = known.get();
    Call call = on.get();
    int stay = contact.stay().orElseThrow().number();
    Draft draft = agent.has(contact.id(), stay).map(InHand::draft).orElse(Draft.NONE);
    Instant until = d.at().plus(care(contact, d.plan()));
    d.together(
        () -> {
          ContactRules.agentGone(call, leg, TalkEnd.PARKED, d);
          d.emit(new ContactParked(contact.id(), agent.id(), until, asked.why(), draft));
        });
    ContactRules.takeBack(d.state().call(call.id()).orElseThrow(), d);
    // After the caller has left the talk, who is never alone with nobody.
    d.effect(new Effect.Send(new PbxCommand.HangUpLeg(leg)));
    return Optional.empty();
  }

  /// As the queue has it that the talk came of.
  private static Duration care(Contact contact, CenterPlan plan) {
    return contact
        .queue()
        .flatMap(plan::queue)
        .map(QueueSettings::parkReturn)
        .orElse(QueueSettings.PARK_RETURN);
  }

  // ── Picking up ──────────────────────────────────────────────────────────────────────────────

  /// Of several who do it in the same moment the first has them.
  static Optional<Refusal> pickUp(AgentSession agent, Input.PickUp asked, Deciding d) {
    Optional<Contact> known = d.state().contact(asked.contact());
    Optional<AgentId> picker = known.flatMap(Contact::picker);
    if (picker.isPresent()) {
      boolean again = picker.get().equals(agent.id());
      return again ? Optional.empty() : Optional.of(Refusal.PICKED_UP);
    }
    if (known.filter(one -> d.state().isParked(one.id())).isEmpty()) {
      boolean taken = known.flatMap(Contact::parking).isPresent() && !known.get().parked();
      return Optional.of(taken ? Refusal.PICKED_UP : Refusal.NOT_PARKED);
    }
    Contact contact = known.get();
    Optional<Refusal> refusal = mayNot(agent, contact, d);
    if (refusal.isPresent()) return refusal;
    Optional<Presence> after = afterwards(agent);
    Stay stay = contact.stay().orElseThrow();
    QueueId queue = d.plan().queueFor(contact, stay.queue());
    QueueRequest request = stay.request().in(queue).beforeAll().to(agent.id(), AskedFirst.ALONE);
    d.together(
        () -> {
          d.emit(
              new ContactPickedUp(
                  contact.id(),
                  contact.stays() + 1,
                  queue,
                  agent.id(),
                  request,
                  Urgency.MOST_PRIORITY));
          after.ifPresent(same -> d.emit(new PresenceAsked(agent.id(), same)));
        });
    return asked(agent, contact.id(), d);
  }

  /// Who has more in hand than was seen is not asked, and has picked nobody up.
  private static Optional<Refusal> asked(AgentSession agent, ContactId id, Deciding d) {
    Optional<Contact> waits = d.state().contact(id).filter(contact -> contact.isPickUp(agent.id()));
    if (waits.isEmpty() || !waits.get().offers().isEmpty()) return Optional.empty();
    ContactRules.parkAgain(waits.get(), OfferEnd.LOST, d);
    return Optional.of(Refusal.NOT_FREE);
  }

  private static Optional<Refusal> mayNot(AgentSession agent, Contact contact, Deciding d) {
    if (agent.loggedOut()) return Optional.of(Refusal.NOT_LOGGED_IN);
    if (!d.plan().mayServe(agent.id(), contact)) return Optional.of(Refusal.NOT_SERVED);
    if (d.state().isInCall(agent)) return Optional.of(Refusal.IN_CALL);
    boolean needed =
        agent.contacts().stream()
            .anyMatch(one -> one.stage() == Stage.WRAP_UP && one.dispositionNeeded());
    if (needed) return Optional.of(Refusal.DISPOSITION_NEEDED);
    if (hasTooMuch(agent, d) || !d.routing().decides()) return Optional.of(Refusal.NOT_FREE);
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    boolean connected =
        d.state().connected(PbxId.MAIN)
            && contact.call().filter(call -> d.state().connected(call.pbx())).isPresent();
    if (!connected) return Optional.of(Refusal.PBX_DOWN);
    boolean rings = d.phones().stateOf(agent.id(), PbxId.MAIN).available();
    return rings ? Optional.empty() : Optional.of(Refusal.PHONE_AWAY);
  }

  /// Work that they have, beside which they are offered no call.
  private static boolean hasTooMuch(AgentSession agent, Deciding d) {
    Capacity capacity = d.plan().agent(agent.id()).orElseThrow().profile().capacity();
    long work = agent.contacts().stream().filter(one -> one.stage() != Stage.WRAP_UP).count();
    boolean alone = work > 0 && capacity.exclusive().contains(Channel.TASK);
    return alone || work >= capacity.total() || capacity.of(Channel.VOICE) == 0;
  }

  /// What the agent is after it, who is ready for it now: as they are, or wanted to be next.
  private static Optional<Presence> afterwards(AgentSession agent) {
    if (agent.pending().isPresent()) {
      return Optional.of(
          switch (agent.pending().get()) {
            case Decision.Pending.NotReady(var reason) -> new Presence.NotReady(reason);
            case Decision.Pending.LogOut() -> new Presence.LoggedOut();
          });
    }
    return agent.state() instanceof AgentState.NotReady(_, var reason)
        ? Optional.of(new Presence.NotReady(reason))
        : Optional.empty();
  }

  // ── Back ────────────────────────────────────────────────────────────────────────────────────

  /// Nobody has picked them up in time.
  static void due(Contact contact, Deciding d) {
    Optional<Call> call = contact.call().flatMap(d.state()::call);
    boolean held = call.filter(one -> one.state() instanceof CallState.Queued).isPresent();
    if (!held || isKept(contact, d)) {
      d.emit(new ParkTimed(contact.id(), d.at().plus(LATER)));
      return;
    }
    Handover by = contact.handover().orElseThrow();
    Stay stay = contact.stay().orElseThrow();
    QueueId queue = d.plan().queueFor(contact, stay.queue());
    QueueRequest first = stay.request().in(queue).beforeAll();
    QueueRequest request =
        AskedFirst.takesCalls(by.by(), d) ? first.to(by.by(), AskedFirst.ALONE) : first;
    d.together(
        () -> {
          d.emit(new ContactUnparked(contact.id(), ParkEnd.RETURNED));
          ContactRules.queueUnasked(
              d.state().contact(contact.id()).orElseThrow(),
              request,
              Optional.of(stay.queue()),
              d.at(),
              d);
        });
  }

  /// Whom a closed queue would send away stays where colleagues can pick them up, as long as
  /// anybody is kept on hold.
  private static boolean isKept(Contact contact, Deciding d) {
    Instant since = contact.parking().orElseThrow().since();
    boolean last = !since.plus(HoldCare.LONGEST).isAfter(d.at());
    return !last && HoldRules.isClosed(contact, d);
  }

  /// Where another configuration says otherwise, it is so of those who are parked already, from
  /// when they were.
  static void configured(CenterPlan before, Deciding d) {
    for (Contact contact : List.copyOf(d.state().contacts())) {
      if (!contact.inPark()) continue;
      Duration care = care(contact, d.plan());
      if (care.equals(care(contact, before))) continue;
      Instant since = contact.parking().orElseThrow().since();
      d.emit(new ParkTimed(contact.id(), since.plus(care)));
    }
  }
}
