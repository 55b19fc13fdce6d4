package org.switchroom.cti.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Decision;
import org.switchroom.acd.OfferId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.InHand.Stage;
import org.switchroom.cti.event.AgentEvent;
import org.switchroom.cti.event.AgentEvent.AgentForgotten;
import org.switchroom.cti.event.AgentEvent.AgentMoved;
import org.switchroom.cti.event.AgentEvent.DeskClosed;
import org.switchroom.cti.event.AgentEvent.DeskLost;
import org.switchroom.cti.event.AgentEvent.DeskOpened;
import org.switchroom.cti.event.AgentEvent.PhoneLeft;
import org.switchroom.cti.event.AgentEvent.PhoneTaken;
import org.switchroom.cti.event.AgentEvent.PresenceAsked;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactOffered;
import org.switchroom.cti.event.ContactEvent.DraftKept;
import org.switchroom.cti.event.ContactEvent.WrapUpBegan;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.pbx.LegId;

/// One agent: what the router has them do, their screens, and what is in their hands.
///
/// @param state as the router has it: of several contacts the most pressing
/// @param pending asked for while busy
/// @param desk whether a screen is open
/// @param deskUntil a screen that is gone has until then to come back
/// @param sitsAt the phone that they have taken since they logged in; empty: none
/// @param contacts in the order in which they came
public record AgentSession(
    AgentId id,
    AgentState state,
    Optional<Decision.Pending> pending,
    boolean desk,
    Optional<Instant> deskUntil,
    Optional<String> sitsAt,
    List<InHand> contacts) {
  /// Somebody of whom nothing has been heard.
  public static AgentSession of(AgentId id, Instant at) {
    return new AgentSession(
        id,
        new AgentState.LoggedOut(at),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /// What follows from an event about the agent.
  public AgentSession on(AgentEvent event) {
    return switch (event) {
      case PresenceAsked _, AgentForgotten _ -> this;
      case AgentMoved(_, var now, var asked) ->
          new AgentSession(id, now, asked, desk, deskUntil, seat(now), contacts);
      case PhoneTaken(_, var phone) -> at(Optional.of(phone));
      case PhoneLeft _ -> at(Optional.empty());
      case DeskOpened _ -> desk(true, Optional.empty());
      case DeskClosed(_, var until) -> desk(false, Optional.of(until));
      case DeskLost _ -> desk(false, Optional.empty());
    };
  }

  private Optional<String> seat(AgentState now) {
    return now instanceof AgentState.LoggedOut ? Optional.empty() : sitsAt;
  }

  /// After a start: what ends by itself ends so much later, and a screen that was there has until
  /// then to come back.
  public AgentSession started(Duration down, Instant until) {
    AgentSession later = each(one -> one.later(down)).with(later(state, down));
    return desk || deskUntil.isPresent() ? later.desk(false, Optional.of(until)) : later;
  }

  private static AgentState later(AgentState state, Duration down) {
    return state instanceof AgentState.InWrapUp(var since, var contact, var until, var needed)
        ? new AgentState.InWrapUp(since, contact, until.map(at -> at.plus(down)), needed)
        : state;
  }

  public AgentSession offered(ContactOffered e, Instant at) {
    return offerEnded(e.offer())
        .add(
            new InHand(
                e.contact(),
                e.stay(),
                e.queue(),
                Stage.OFFERED,
                at,
                at,
                Optional.of(e.offer()),
                e.leg(),
                Optional.empty(),
                false,
                Duration.ZERO,
                Draft.NONE));
  }

  public AgentSession ringing(OfferId offer, Instant at) {
    return each(
        one -> one.offer().filter(offer::equals).isPresent() ? one.at(Stage.RINGING, at) : one);
  }

  public AgentSession offerEnded(OfferId offer) {
    return keep(
        contacts.stream().filter(one -> one.offer().filter(offer::equals).isEmpty()).toList());
  }

  public AgentSession answered(ContactAnswered e, boolean voice) {
    InHand before =
        contacts.stream()
            .filter(one -> one.is(e.contact()) && one.stay() == e.stay())
            .findFirst()
            .orElse(null);
    var now =
        new InHand(
            e.contact(),
            e.stay(),
            e.queue(),
            voice ? Stage.TALKING : Stage.WORKING,
            e.answered(),
            before == null ? e.answered() : before.offered(),
            e.offer(),
            e.leg(),
            Optional.empty(),
            false,
            Duration.ZERO,
            before == null ? Draft.NONE : before.draft());
    return done(e.contact(), e.stay()).add(now);
  }

  /// The talk on this leg; what was talked of on it before, and is wrapped up, stays as it is.
  public AgentSession held(LegId leg, boolean held, Instant at) {
    Stage stage = held ? Stage.HELD : Stage.TALKING;
    return each(
        one ->
            one.leg().filter(leg::equals).isPresent() && one.stage() != Stage.WRAP_UP
                ? one.at(stage, at)
                : one);
  }

  public AgentSession wrapsUp(WrapUpBegan e) {
    return each(
        one ->
            one.is(e.contact()) && one.stay() == e.stay()
                ? one.wrapUp(e.since(), e.until(), e.dispositionNeeded())
                : one);
  }

  public AgentSession typed(DraftKept e) {
    int stay = noted(e.contact()).map(InHand::stay).orElse(0);
    return each(one -> one.is(e.contact()) && one.stay() == stay ? one.with(e.draft()) : one);
  }

  /// The contact is in another queue.
  public AgentSession moved(ContactId contact, int stay, QueueId to) {
    return each(one -> one.is(contact) && one.stay() == stay ? one.in(to) : one);
  }

  /// The agent's part in this stay is over.
  public AgentSession done(ContactId contact, int stay) {
    return keep(contacts.stream().filter(one -> !(one.is(contact) && one.stay() == stay)).toList());
  }

  /// Whether they go when they are done with what they have.
  public boolean isLoggingOut() {
    return pending.filter(Decision.Pending.LogOut.class::isInstance).isPresent();
  }

  // ── Looking ─────────────────────────────────────────────────────────────────────────────────

  /// What is most pressing of what they have.
  public Optional<InHand> foremost() {
    return contacts.stream().max(Comparator.comparing(InHand::stage));
  }

  /// Of a contact that the agent has in hand more than once, the latest.
  public Optional<InHand> has(ContactId contact) {
    return contacts.stream().filter(one -> one.is(contact)).reduce((_, last) -> last);
  }

  public Optional<InHand> has(ContactId contact, int stay) {
    return contacts.stream().filter(one -> one.is(contact) && one.stay() == stay).findFirst();
  }

  /// Of a contact that the agent has in hand more than once, what they say something of: a wrap-up
  /// that is not done, the first that was begun; else the latest.
  public Optional<InHand> noted(ContactId contact) {
    return contacts.stream()
        .filter(one -> one.is(contact) && one.stage() == Stage.WRAP_UP)
        .findFirst()
        .or(() -> has(contact));
  }

  /// What they have typed of it in their last talk by now.
  public Draft typed(ContactId contact) {
    return has(contact).map(InHand::draft).orElse(Draft.NONE);
  }

  public boolean loggedOut() {
    return state instanceof AgentState.LoggedOut;
  }

  // ── Changing ────────────────────────────────────────────────────────────────────────────────

  private AgentSession add(InHand one) {
    var more = new ArrayList<>(contacts);
    more.add(one);
    return keep(more);
  }

  private AgentSession each(UnaryOperator<InHand> change) {
    return keep(contacts.stream().map(change).toList());
  }

  private AgentSession keep(List<InHand> others) {
    return new AgentSession(id, state, pending, desk, deskUntil, sitsAt, List.copyOf(others));
  }

  private AgentSession with(AgentState other) {
    return new AgentSession(id, other, pending, desk, deskUntil, sitsAt, contacts);
  }

  private AgentSession desk(boolean open, Optional<Instant> until) {
    return new AgentSession(id, state, pending, open, until, sitsAt, contacts);
  }

  private AgentSession at(Optional<String> phone) {
    return new AgentSession(id, state, pending, desk, deskUntil, phone, contacts);
  }
}
