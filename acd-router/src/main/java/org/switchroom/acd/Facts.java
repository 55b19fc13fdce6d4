package org.switchroom.acd;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.skill.SkillExpression;

/// The router's face for values: finds the handles that a fact names, and makes values of the
/// decisions.
final class Facts implements Decisions {
  private final Router router;
  private final Map<ContactId, RoutedContact> contacts = new HashMap<>();
  private final Map<OfferId, Assignment> offers = new HashMap<>();
  private DecisionSink sink =
      decision -> {
        throw new IllegalStateException(
            "%s is for nobody. Maybe a router for values was told something by its handles."
                .formatted(decision));
      };

  Facts(Router router) {
    this.router = router;
  }

  Collection<RoutedContact> contacts() {
    return contacts.values();
  }

  /// One that the router knew before.
  void recall(RoutedContact contact) {
    contacts.put(contact.id, contact);
  }

  void recall(Assignment assignment) {
    if (assignment.isOffer()) offers.put(new OfferId(assignment.offer), assignment);
  }

  RoutedContact contact(ContactId id) {
    RoutedContact contact = contacts.get(id);
    if (contact == null) {
      throw new IllegalArgumentException(
          "Contact %s is not known. Maybe it has left already.".formatted(id));
    }
    return contact;
  }

  boolean waits(ContactId id) {
    RoutedContact contact = contacts.get(id);
    return contact != null && contact.waits();
  }

  void on(AcdEvent event, DecisionSink sink) {
    this.sink = sink;
    long at = RouterTime.nanos(event.at());
    switch (event) {
      case AcdEvent.QueueConfigured(_, var queue) -> router.configure(at, queue);
      case AcdEvent.QueueRemoved removed -> remove(at, removed);
      case AcdEvent.AgentConfigured(_, var agent) -> router.configure(at, agent);
      case AcdEvent.AgentRemoved(_, var agent) -> router.remove(at, router.agent(agent));
      case AcdEvent.RoutingConfigured(_, var routing) -> router.configure(at, routing);
      case AcdEvent.AgentLoggedIn(_, var agent) -> router.logIn(at, router.agent(agent));
      case AcdEvent.AgentLoggedOut(_, var agent) -> router.logOut(at, router.agent(agent));
      case AcdEvent.AgentReady(_, var agent) -> router.ready(at, router.agent(agent));
      case AcdEvent.AgentNotReady(_, var agent, var reason) ->
          router.notReady(at, router.agent(agent), reason);
      case AcdEvent.PhoneChanged(_, var agent, var available) ->
          router.phone(at, router.agent(agent), available);
      case AcdEvent.PhonesReachable(_, var reachable) -> router.phones(at, reachable);
      case AcdEvent.ContactQueued queued -> queued(at, queued);
      case AcdEvent.PriorityChanged(_, var id, var priority) -> {
        RoutedContact contact = contacts.get(id);
        if (contact == null) router.timePassed(at);
        else router.priority(at, contact, priority);
      }
      case AcdEvent.ContactLeft(_, var id, var how, var left) -> {
        RoutedContact contact = contacts.get(id);
        if (contact == null) router.timePassed(at);
        else router.left(at, contact, how, RouterTime.nanos(left));
      }
      case AcdEvent.OfferRinging(_, var id) -> {
        Assignment offer = offers.get(id);
        if (offer == null) router.timePassed(at);
        else router.ringing(at, offer);
      }
      case AcdEvent.OfferAccepted(_, var id, var answered, var counts) -> {
        Assignment offer = offers.remove(id);
        if (offer == null) router.timePassed(at);
        else router.accepted(at, offer, RouterTime.nanos(answered), counts);
      }
      case AcdEvent.OfferRejected(_, var id, var reason) -> {
        Assignment offer = offers.remove(id);
        if (offer == null) router.timePassed(at);
        else router.rejected(at, offer, reason);
      }
      case AcdEvent.OfferLost(_, var id) -> {
        Assignment offer = offers.remove(id);
        if (offer == null) router.timePassed(at);
        else router.lost(at, offer);
      }
      case AcdEvent.ConsultStarted(_, var id) -> consult(at, id, true);
      case AcdEvent.ConsultEnded(_, var id) -> consult(at, id, false);
      case AcdEvent.ContactEnded(_, var id, var ended) -> {
        RoutedContact contact = contacts.get(id);
        if (contact == null) router.timePassed(at);
        else router.ended(at, contact, RouterTime.nanos(ended));
      }
      case AcdEvent.WrapUpCompleted(_, var id) -> {
        RoutedContact contact = contacts.get(id);
        if (contact == null) router.timePassed(at);
        else router.wrapUpCompleted(at, contact);
      }
      case AcdEvent.ContactAdopted(_, var id, var queue, var agent, var answered, var since) -> {
        QueueState line = router.line(queue);
        Agent adopter = router.agent(agent);
        RoutedContact known = contacts.get(id);
        long began = RouterTime.nanos(answered);
        if (known != null) {
          router.adopted(at, known, adopter, began);
        } else {
          long waited = since.map(RouterTime::nanos).orElse(RouterTime.NEVER);
          router.adopted(at, id, line, adopter, began, waited, made -> contacts.put(id, made));
        }
      }
      case AcdEvent.TimePassed _ -> router.timePassed(at);
      case AcdEvent.WallClockSet(_, var ahead) -> router.wallClock(at, ahead.toNanos());
    }
  }

  private void remove(long at, AcdEvent.QueueRemoved removed) {
    if (removed.queue().equals(removed.otherwise())) {
      throw new IllegalArgumentException(
          "Queue %s is removed, so nobody can go there instead.".formatted(removed.queue()));
    }
    router.remove(at, router.line(removed.queue()), router.line(removed.otherwise()));
  }

  private void consult(long at, ContactId id, boolean started) {
    RoutedContact contact = contacts.get(id);
    if (contact == null) router.timePassed(at);
    else router.consult(at, contact, started);
  }

  private void queued(long at, AcdEvent.ContactQueued queued) {
    QueueState line = router.line(queued.queue());
    if (contacts.containsKey(queued.contact())) {
      router.timePassed(at);
      return;
    }
    SkillExpression ask = queued.ask().equals(SkillExpression.ANY) ? null : queued.ask();
    Optional<AcdEvent.Preferred> preferred = queued.preferred();
    Agent agent = preferred.map(one -> router.matching().agents.get(one.agent())).orElse(null);
    long until = preferred.map(one -> at + one.within().toNanos()).orElse(0L);
    router.queued(
        at,
        queued.contact(),
        line,
        RouterTime.nanos(queued.arrived()),
        queued.priority(),
        ask,
        agent,
        until,
        queued.kind(),
        queued.passedOver(),
        contact -> contacts.put(queued.contact(), contact));
  }

  // ── Decisions ───────────────────────────────────────────────────────────────────────────────

  @Override
  public void offer(long at, Assignment assignment) {
    var id = new OfferId(assignment.offer);
    offers.put(id, assignment);
    RoutedContact contact = assignment.contact;
    sink.accept(
        new Decision.Offer(
            RouterTime.instant(at), id, contact.id, contact.queue(), assignment.agent.id()));
  }

  @Override
  public void withdraw(long at, Assignment assignment, Decision.Why why) {
    var id = new OfferId(assignment.offer);
    offers.remove(id);
    sink.accept(
        new Decision.Withdraw(
            RouterTime.instant(at), id, assignment.contact.id, assignment.agent.id(), why));
  }

  @Override
  public void moved(long at, Agent agent) {
    sink.accept(
        new Decision.AgentMoved(
            RouterTime.instant(at), agent.id(), agent.state(), Optional.ofNullable(agent.pending)));
  }

  @Override
  public void moved(long at, RoutedContact contact, QueueId from, Decision.Cause cause) {
    sink.accept(
        new Decision.ContactMoved(
            RouterTime.instant(at), contact.id, from, contact.queue(), cause));
  }

  @Override
  public void diverted(
      long at, RoutedContact contact, Overflow.Target.Away target, Decision.Cause cause) {
    sink.accept(
        new Decision.Diverted(RouterTime.instant(at), contact.id, contact.queue(), target, cause));
  }

  @Override
  public void shadowed(long at, Assignment assignment, RoutedContact contact, Agent agent) {
    AgentId other = agent.id();
    sink.accept(
        new Decision.Shadowed(
            RouterTime.instant(at), new OfferId(assignment.offer), contact.id, other));
  }

  @Override
  public void over(RoutedContact contact) {
    contacts.remove(contact.id);
  }
}
