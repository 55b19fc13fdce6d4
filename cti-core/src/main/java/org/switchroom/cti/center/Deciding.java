package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.Decision;
import org.switchroom.acd.MemoryChange;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.event.About;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;

/// One input while it is decided on: the events so far, and what shall be done when they are in the
/// ledger. An event is applied at once, so that what is decided next sees it; what the router
/// decides on it is decided on before the turn ends.
final class Deciding {
  /// More than any turn has. A rule that goes in a circle is a fault, not a longer turn.
  private static final int MOST_EVENTS = 200_000;

  private final State state;
  private final Routing routing;
  private final CenterPlan plan;
  private final Instant at;
  private final Instant wall;
  private final About about;
  private final Decider decider;
  private final List<Event> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private boolean draining;

  /// What becomes of a decision of the router's.
  interface Decider {
    void on(Decision decision, Deciding d);
  }

  /// @param about what the turn is about
  Deciding(
      State state,
      Routing routing,
      CenterPlan plan,
      Instant at,
      Instant wall,
      About about,
      Decider decider) {
    this.state = state;
    this.routing = routing;
    this.plan = plan;
    this.at = at;
    this.wall = wall;
    this.about = about;
    this.decider = decider;
  }

  State state() {
    return state;
  }

  Routing routing() {
    return routing;
  }

  CenterPlan plan() {
    return plan;
  }

  Phones phones() {
    return new Phones(state, plan);
  }

  /// What the caller of a call wants.
  Contact contact(Call call) {
    return state.contact(call.contact()).orElseThrow();
  }

  About about() {
    return about;
  }

  /// The turn's time.
  Instant at() {
    return at;
  }

  /// How far the wall clock is ahead of it; negative: behind.
  Duration wallAhead() {
    return Duration.between(at, wall);
  }

  void emit(Event event) {
    if (events.size() >= MOST_EVENTS) {
      throw new IllegalStateException(
          "A turn of more than %d events, the last of them %s. Maybe a rule goes in a circle."
              .formatted(MOST_EVENTS, event));
    }
    events.add(event);
    state.apply(event, at);
    drain();
  }

  /// Several events that are one step: what the router decides on the first is decided on after the
  /// last.
  void together(Runnable several) {
    if (draining) {
      several.run();
      return;
    }
    draining = true;
    several.run();
    draining = false;
    drain();
  }

  /// A decision is about whom the router has decided on, whatever the turn is about.
  private void drain() {
    if (draining) return;
    Optional<Decision> next = routing.nextDecision();
    if (next.isEmpty()) return;
    draining = true;
    for (; next.isPresent(); next = routing.nextDecision()) decider.on(next.get(), this);
    draining = false;
    about.again();
  }

  /// In our time, and not after the turn.
  ///
  /// @param wall as the PBX has it: it goes by the wall clock
  Instant ours(Instant wall) {
    return notAfter(wall.minus(routing.router().wallAhead()));
  }

  /// As the PBX has it.
  ///
  /// @param ours a time of ours
  Instant wall(Instant ours) {
    return ours.plus(routing.router().wallAhead());
  }

  void effect(Effect effect) {
    effects.add(effect);
  }

  /// @param from whoever is older than the turn is no younger
  Instant notAfter(Instant from) {
    return from.isAfter(at) ? at : from;
  }

  /// Ends the turn: what the router remembers now goes with it.
  Decided end() {
    for (MemoryChange change : routing.changes())
      events.add(new CenterEvent.RouterRemembered(change));
    return new Decided(new Turn(0, at, wall, List.copyOf(events)), List.copyOf(effects));
  }

  /// What came of an input.
  ///
  /// @param effects to be done when the turn is in the ledger
  record Decided(Turn turn, List<Effect> effects) {
    boolean nothing() {
      return turn.events().isEmpty() && effects.isEmpty();
    }
  }
}
