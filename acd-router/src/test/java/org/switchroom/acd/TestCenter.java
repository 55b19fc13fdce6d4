package org.switchroom.acd;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Policy;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Reserve;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;

/// A few queues and agents in a test's hand: time goes by hand, and every fact is told to the
/// router and to the naive one, which must come to the same.
final class TestCenter {
  final Router router = new Router();
  private final NaiveRouter naive = new NaiveRouter();
  private final List<Decision> made = new ArrayList<>();
  private final Map<ContactId, Decision.Offer> offers = new LinkedHashMap<>();
  private final Set<OfferId> rejected = new HashSet<>();
  Instant now = Instant.parse("2026-01-05T09:00:00Z");
  private int contacts;

  static TestCenter of(Queue... queues) {
    var center = new TestCenter();
    for (Queue queue : queues) center.configured(queue);
    return center;
  }

  /// A queue that asks for its own name.
  static Queue queue(String name) {
    return Queue.of(new QueueId(name), SkillExpression.parse(name));
  }

  static UnaryOperator<Queue> by(Strategy.Kind kind) {
    return queue -> queue.withStrategy(Strategy.of(kind));
  }

  static Capacity capacity(int total, Map<Channel, Integer> each) {
    return new Capacity(new EnumMap<>(each), total);
  }

  TestCenter configured(Queue queue) {
    return tell(new AcdEvent.QueueConfigured(now, queue));
  }

  TestCenter policy(Policy policy) {
    return tell(new AcdEvent.RoutingConfigured(now, new RoutingPlan(policy, List.of())));
  }

  TestCenter reserve(String group, int keep, String queue) {
    var reserve = new Reserve(SkillExpression.parse(group), keep, Set.of(new QueueId(queue)));
    return tell(
        new AcdEvent.RoutingConfigured(
            now, new RoutingPlan(new Policy.LongestIdle(), List.of(reserve))));
  }

  /// @param skills each at 5
  static AgentProfile profile(String agent, String... skills) {
    var has = new HashMap<String, Integer>();
    for (String skill : skills) has.put(skill, 5);
    return AgentProfile.of(new AgentId(agent), new Skills(has));
  }

  /// At the desk, their phone free, ready.
  TestCenter ready(AgentProfile profile) {
    AgentId agent = profile.id();
    tell(new AcdEvent.AgentConfigured(now, profile));
    tell(new AcdEvent.PhoneChanged(now, agent, true));
    tell(new AcdEvent.AgentLoggedIn(now, agent));
    return ready(agent.value());
  }

  TestCenter ready(String... agents) {
    for (String agent : agents) tell(new AcdEvent.AgentReady(now, new AgentId(agent)));
    return this;
  }

  TestCenter onBreak(String agent) {
    return tell(new AcdEvent.AgentNotReady(now, new AgentId(agent), "break"));
  }

  TestCenter phone(String agent, boolean available) {
    return tell(new AcdEvent.PhoneChanged(now, new AgentId(agent), available));
  }

  TestCenter phones(boolean reachable) {
    return tell(new AcdEvent.PhonesReachable(now, reachable));
  }

  /// The last offer of it.
  TestCenter lost(ContactId contact) {
    return tell(new AcdEvent.OfferLost(now, offers.remove(contact).offer()));
  }

  TestCenter removed(String agent) {
    return tell(new AcdEvent.AgentRemoved(now, new AgentId(agent)));
  }

  TestCenter after(Duration time) {
    now = now.plus(time);
    return tell(new AcdEvent.TimePassed(now));
  }

  TestCenter after(int seconds) {
    return after(Duration.ofSeconds(seconds));
  }

  ContactId comes(String queue) {
    return comes(queue, 0, null);
  }

  /// @param preferred asked alone for a minute; null: nobody
  ContactId comes(String queue, int priority, String preferred) {
    return comes(queue, priority, preferred, SkillExpression.ANY);
  }

  /// @param ask beside what its queue asks
  ContactId comes(String queue, int priority, String preferred, SkillExpression ask) {
    var id = new ContactId(queue + ++contacts);
    Optional<AcdEvent.Preferred> first =
        Optional.ofNullable(preferred)
            .map(agent -> new AcdEvent.Preferred(new AgentId(agent), Duration.ofMinutes(1)));
    tell(
        new AcdEvent.ContactQueued(
            now, id, new QueueId(queue), now, priority, ask, first, ContactKind.CALLER));
    return id;
  }

  ContactId comes(String queue, ContactKind kind) {
    var id = new ContactId(queue + ++contacts);
    tell(
        new AcdEvent.ContactQueued(
            now, id, new QueueId(queue), now, 0, SkillExpression.ANY, Optional.empty(), kind));
    return id;
  }

  /// These agents have sent it away.
  ContactId sentAway(String queue, String... agents) {
    var id = new ContactId(queue + ++contacts);
    List<AgentId> passedOver = Stream.of(agents).map(AgentId::new).toList();
    tell(
        new AcdEvent.ContactQueued(
            now,
            id,
            new QueueId(queue),
            now,
            0,
            SkillExpression.ANY,
            Optional.empty(),
            ContactKind.CALLER,
            passedOver));
    return id;
  }

  TestCenter answers(ContactId contact) {
    return tell(new AcdEvent.OfferAccepted(now, offers.get(contact).offer()));
  }

  /// One of the phones that ring for it.
  TestCenter answers(ContactId contact, String agent) {
    return tell(new AcdEvent.OfferAccepted(now, offer(contact, agent).offer()));
  }

  TestCenter rejects(ContactId contact, String agent, String reason) {
    OfferId offer = offer(contact, agent).offer();
    rejected.add(offer);
    return tell(new AcdEvent.OfferRejected(now, offer, reason));
  }

  TestCenter ends(ContactId contact) {
    return tell(new AcdEvent.ContactEnded(now, contact));
  }

  TestCenter leaves(ContactId contact) {
    return tell(new AcdEvent.ContactLeft(now, contact));
  }

  /// Comes, is answered at once and is over; by whom.
  String served(String queue) {
    ContactId contact = comes(queue);
    String agent = agentOf(contact);
    answers(contact).after(1).ends(contact);
    return agent;
  }

  /// Whom it was offered to last; `nobody`.
  String agentOf(ContactId contact) {
    Decision.Offer offer = offers.get(contact);
    return offer == null ? "nobody" : offer.agent().value();
  }

  /// Whose phones ring for it now.
  List<String> ringing(ContactId contact) {
    var ringing = new LinkedHashMap<OfferId, String>();
    for (Decision decision : made) {
      switch (decision) {
        case Decision.Offer offer when offer.contact().equals(contact) ->
            ringing.put(offer.offer(), offer.agent().value());
        case Decision.Withdraw withdraw -> ringing.remove(withdraw.offer());
        default -> {}
      }
    }
    ringing.keySet().removeAll(rejected);
    return List.copyOf(ringing.values());
  }

  AgentState state(String agent) {
    return router.stateOf(new AgentId(agent));
  }

  List<Decision> made() {
    return made;
  }

  private Decision.Offer offer(ContactId contact, String agent) {
    return made.reversed().stream()
        .filter(Decision.Offer.class::isInstance)
        .map(Decision.Offer.class::cast)
        .filter(one -> one.contact().equals(contact) && one.agent().value().equals(agent))
        .findFirst()
        .orElseThrow();
  }

  TestCenter tell(AcdEvent fact) {
    var real = new ArrayList<Decision>();
    router.on(fact, real::add);
    List<Decision> expected = naive.on(fact);
    if (!real.equals(expected)) {
      throw new AssertionError("After %s%n  %s%n  naive: %s".formatted(fact, real, expected));
    }
    made.addAll(real);
    for (Decision decision : real) {
      if (decision instanceof Decision.Offer offer) offers.put(offer.contact(), offer);
    }
    return this;
  }
}
