package org.switchroom.cti.center;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.call.Party;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.pbx.LegId;

/// Whether what a ledger tells of one contact fits together: its state, its call, what agents have
/// of it, and what the router remembers. What the router remembers beyond it is no fault of the
/// contact's: see [RouterFit].
final class ContactFit {
  /// What an agent has of a contact, and does not wrap up.
  record Hand(AgentId agent, InHand one) {}

  private final State state;
  private final Remembered router;

  ContactFit(State state, Remembered router) {
    this.state = state;
    this.router = router;
  }

  boolean fits(Contact contact) {
    List<Hand> hands = hands(contact);
    Optional<Call> call = contact.call().flatMap(state::call);
    boolean voice = contact.task().isEmpty();
    if (contact.closed()) return call.isEmpty() && hands.isEmpty();
    if (contact.state() instanceof ContactState.CutOff) {
      return hands.isEmpty()
          && call.map(one -> isAlone(one, CallState.InScript.class)).orElse(true);
    }
    if (voice != call.isPresent()) return false;
    return switch (contact.state()) {
      case ContactState.Queued _, ContactState.Offered _ ->
          call.map(one -> waits(one, contact)).orElse(true)
              && asks(contact, hands)
              && router.waits(contact);
      case ContactState.Handling talk ->
          hands.size() == 1
              && isOf(hands.getFirst(), talk)
              && call.map(one -> talks(one, talk, hands.getFirst().one())).orElse(true)
              && isRouted(contact, hands.getFirst());
      case ContactState.Selecting _ ->
          hands.isEmpty() && call.filter(one -> isAlone(one, CallState.InScript.class)).isPresent();
      case ContactState.Away _ ->
          hands.isEmpty() && call.filter(one -> isAlone(one, CallState.Away.class)).isPresent();
      case ContactState.Handled _ ->
          hands.isEmpty() && call.filter(one -> isAlone(one, CallState.Released.class)).isPresent();
      case ContactState.Parked _ ->
          hands.isEmpty()
              && contact.parking().isPresent()
              && call.filter(
                      one ->
                          isAlone(one, CallState.Queued.class)
                              || isAlone(one, CallState.Released.class))
                  .isPresent();
      case ContactState.CutOff _, ContactState.Closed _ -> true;
    };
  }

  List<Hand> hands(Contact contact) {
    var hands = new ArrayList<Hand>();
    for (AgentId id : state.agentsWith(contact.id())) {
      state.agent(id).stream()
          .flatMap(agent -> agent.contacts().stream())
          .filter(one -> one.contact().equals(contact.id()))
          .filter(one -> one.stage() != InHand.Stage.WRAP_UP)
          .forEach(one -> hands.add(new Hand(id, one)));
    }
    return hands;
  }

  // ── Waiting ─────────────────────────────────────────────────────────────────────────────────

  private static boolean waits(Call call, Contact contact) {
    Set<LegId> offered = new HashSet<>();
    contact.offers().forEach(offer -> offer.leg().ifPresent(offered::add));
    return call.state() instanceof CallState.Queued
        && call.talking().isEmpty()
        && legs(call).equals(offered);
  }

  private static Set<LegId> legs(Call call) {
    Set<LegId> legs = new HashSet<>();
    for (Party party : call.parties()) {
      if (party.role() != Party.Role.SUPERVISOR) party.leg().ifPresent(legs::add);
    }
    return legs;
  }

  private static boolean asks(Contact contact, List<Hand> hands) {
    int stay = contact.stay().map(one -> one.number()).orElse(0);
    return hands.size() == contact.offers().size()
        && hands.stream()
            .allMatch(
                hand ->
                    Remembered.isOffer(hand.one())
                        && hand.one().stay() == stay
                        && hand.one()
                            .offer()
                            .flatMap(contact::offer)
                            .filter(offer -> offer.agent().equals(hand.agent()))
                            .isPresent());
  }

  // ── With an agent ───────────────────────────────────────────────────────────────────────────

  private static boolean isOf(Hand hand, ContactState.Handling talk) {
    return hand.agent().equals(talk.agent())
        && hand.one().stay() == talk.stay().number()
        && !Remembered.isOffer(hand.one());
  }

  private static boolean talks(Call call, ContactState.Handling talk, InHand one) {
    boolean held = call.state() instanceof CallState.Held;
    boolean talks = call.state() instanceof CallState.Talking;
    InHand.Stage stage = held ? InHand.Stage.HELD : InHand.Stage.TALKING;
    return (held || talks)
        && one.stage() == stage
        && call.talking()
            .filter(party -> party.who().equals(talk.agent().value()))
            .filter(party -> party.leg().equals(talk.leg()))
            .isPresent();
  }

  /// Who was found with more than they may have talks, and the router knows nothing of it.
  private boolean isRouted(Contact contact, Hand hand) {
    return router.hasAlone(hand.agent(), hand.one())
        || contact.task().isEmpty() && router.lacks(contact.routed());
  }

  private static boolean isAlone(Call call, Class<? extends CallState> where) {
    return where.isInstance(call.state()) && legs(call).isEmpty();
  }
}
