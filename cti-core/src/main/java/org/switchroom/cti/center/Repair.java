package org.switchroom.cti.center;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.RouterMemory;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.contact.Stay;
import org.switchroom.cti.event.CallEvent.CallArrived;
import org.switchroom.cti.event.CenterEvent.NumberTaken;
import org.switchroom.cti.event.ContactEvent.ContactReset;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.event.WrapUpEnd;
import org.switchroom.cti.task.Task;

/// What does not fit together after a replay is made whole, before anything is decided: of another
/// build's ledger events may be missing, or its rules may have chosen otherwise.
///
/// ```
///   hands    of no contact, or a wrap-up that the router does not have ─▶ ended
///   calls    without a contact                                         ─▶ begin anew
///   contacts that do not fit ([ContactFit]): what agents have of them ends, and then
///              with a call that lives  ─▶ reset: the PBX says where its caller is
///              work                    ─▶ reset, and queued again with its age
///              of neither              ─▶ closed
///   router   remembers what fits ([RouterFit])
/// ```
///
/// All of it is events of the start's own turn, so the ledger tells it and every projection has it.
/// A caller is believed to live until their PBX says otherwise. Of a ledger that fits nothing is
/// repaired.
final class Repair {
  private final Deciding d;
  private final RouterMemory memory;
  private final Remembered router;
  private final ContactFit fit;

  private Repair(Deciding d) {
    this.d = d;
    memory = d.routing().memory();
    router = new Remembered(memory);
    fit = new ContactFit(d.state(), router);
  }

  static Repair of(Deciding d) {
    return new Repair(d);
  }

  /// Before there is a router.
  ///
  /// @return what it is to remember
  RouterMemory before() {
    numbers();
    for (AgentSession agent : List.copyOf(d.state().agents()))
      agent.contacts().forEach(one -> hand(agent.id(), one));
    for (Call call : List.copyOf(d.state().calls())) call(call);
    for (Contact contact : List.copyOf(d.state().contacts())) {
      if (!fit.fits(contact) || isElsewhere(contact)) contact(contact);
    }
    return RouterFit.of(d.state(), memory);
  }

  /// It waits in a queue that had another channel in the last run, and takes no such contacts now.
  /// Work is in the default queue where there was no other for it, and stays as it would have, had
  /// the run gone on.
  private boolean isElsewhere(Contact contact) {
    return contact.waits()
        && contact.queue().stream()
            .filter(queue -> d.plan().queue(queue).isPresent() && !d.plan().isDefault(queue))
            .anyMatch(queue -> !d.plan().queueFor(contact, queue).equals(queue));
  }

  /// As soon as there is one: work that waits nowhere.
  static void work(Deciding d) {
    for (Contact contact : List.copyOf(d.state().contacts())) {
      if (contact.task().isEmpty()) continue;
      if (contact.state() instanceof ContactState.Selecting(var chosen, var since)) {
        QueueRequest own = QueueRequest.of(contact.task().get().queue());
        ContactRules.queue(contact, chosen.orElse(own), since, d);
      }
    }
  }

  /// None is given twice.
  private void numbers() {
    long last = d.state().lastNumber();
    for (Contact contact : d.state().contacts()) {
      last = Math.max(last, contact.task().map(Repair::number).orElse(0L));
    }
    if (last > d.state().lastNumber()) d.emit(new NumberTaken(last));
  }

  private static long number(Task task) {
    return task.id().matches("\\d{1,18}") ? Long.parseLong(task.id()) : 0;
  }

  // ── What agents have ────────────────────────────────────────────────────────────────────────

  private void hand(AgentId agent, InHand one) {
    boolean known = d.state().contact(one.contact()).isPresent();
    if (!known && Remembered.isOffer(one)) lost(agent, one);
    else if (!known) done(agent, one, WrapUpEnd.NONE);
    else if (one.stage() == InHand.Stage.WRAP_UP && !router.has(agent, one)) {
      done(agent, one, WrapUpEnd.READY);
    }
  }

  private void lost(AgentId agent, InHand one) {
    one.offer()
        .ifPresent(
            offer ->
                d.emit(new OfferEnded(one.contact(), one.stay(), offer, agent, OfferEnd.LOST)));
  }

  private void done(AgentId agent, InHand one, WrapUpEnd end) {
    d.emit(
        new WrapUpDone(
            one.contact(), one.stay(), one.queue(), agent, one.since(), end, one.draft()));
  }

  private void ends(ContactFit.Hand hand) {
    InHand one = hand.one();
    if (Remembered.isOffer(one)) {
      lost(hand.agent(), one);
      return;
    }
    d.emit(
        new TalkEnded(
            one.contact(),
            one.stay(),
            one.queue(),
            hand.agent(),
            one.since(),
            d.at(),
            one.heldBy(d.at()),
            TalkEnd.PBX_FAULT));
    done(hand.agent(), one, WrapUpEnd.NONE);
  }

  // ── Calls and contacts ──────────────────────────────────────────────────────────────────────

  private void call(Call call) {
    boolean known =
        d.state()
            .contact(call.contact())
            .flatMap(Contact::call)
            .filter(call.id()::equals)
            .isPresent();
    if (known) return;
    d.emit(new CallArrived(call.id(), call.contact(), call.from(), call.dialed(), call.arrived()));
    d.effect(new Effect.LookUp(call.id(), call.from()));
  }

  private void contact(Contact contact) {
    fit.hands(contact).forEach(this::ends);
    for (ContactState.Offer offer : contact.offers()) lostOf(contact, offer);
    boolean lives = contact.call().flatMap(d.state()::call).isPresent();
    boolean open = contact.task().isPresent() && !isDone(contact);
    if (lives || open) {
      reset(contact);
    } else if (!contact.closed()) {
      reset(contact);
      ContactOutcome outcome =
          contact.task().isPresent() ? ContactOutcome.DONE : CallRules.outcome(contact, true);
      ContactRules.close(contact, outcome, d.at(), d);
    }
  }

  /// Of which no agent knows.
  private void lostOf(Contact contact, ContactState.Offer offer) {
    boolean still =
        d.state().contact(contact.id()).flatMap(now -> now.offer(offer.id())).isPresent();
    int stay = contact.stay().map(Stay::number).orElse(contact.stays());
    if (still) {
      d.emit(new OfferEnded(contact.id(), stay, offer.id(), offer.agent(), OfferEnd.LOST));
    }
  }

  private static boolean isDone(Contact contact) {
    return contact.closed() || contact.state() instanceof ContactState.Handled;
  }

  private void reset(Contact contact) {
    switch (contact.state()) {
      case ContactState.Selecting(var chosen, var since) -> reset(contact, chosen, since);
      case ContactState.Queued(var stay) -> reset(contact, request(stay), stay.since());
      case ContactState.Offered(var stay, _) -> reset(contact, request(stay), stay.since());
      case ContactState.Handling talk -> reset(contact, request(talk.stay()), talk.stay().since());
      case ContactState.Away away ->
          reset(
              contact,
              away.chosen()
                  .or(
                      () ->
                          Optional.of(away.stay())
                              .filter(_ -> away.keepsPlace())
                              .flatMap(Repair::request)),
              away.stay().since());
      case ContactState.Handled h ->
          reset(contact, h.chosen().or(() -> request(h.stay())), h.chosenAt());
      case ContactState.Parked(var stay) -> reset(contact, request(stay), stay.since());
      case ContactState.CutOff cut -> reset(contact, Optional.of(cut.request()), cut.since());
      case ContactState.Closed(_, var at, var last) ->
          reset(contact, last.flatMap(Repair::request), last.map(Stay::since).orElse(at));
    }
  }

  private static Optional<QueueRequest> request(Stay stay) {
    return Optional.of(stay.request().in(stay.queue()));
  }

  private void reset(Contact contact, Optional<QueueRequest> chosen, Instant since) {
    d.emit(new ContactReset(contact.id(), chosen, d.notAfter(since)));
  }
}
