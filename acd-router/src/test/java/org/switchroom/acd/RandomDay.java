package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Change;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Hours;
import org.switchroom.acd.plan.Objectives;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Overflow.Target;
import org.switchroom.acd.plan.Overflow.Trigger;
import org.switchroom.acd.plan.Plan;
import org.switchroom.acd.plan.Policy;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Reserve;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.plan.RoutingStep;
import org.switchroom.acd.plan.ServiceLevelRule;
import org.switchroom.acd.plan.ServiceLevelRule.Treatment;
import org.switchroom.acd.plan.Staffed;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.Condition;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;

/// A seeded random day: agents come and go, contacts come and leave, offers end in every way, and
/// the configuration changes under all of them. After every fact the router's decisions must be the
/// naive router's, and nobody may have too much.
///
/// Now and then the router is replaced by another that has loaded its memory, and the day goes on:
/// the naive router knows nothing of it. The one before is told the same facts for a while, and
/// must come to the same decisions and the same memory.
public final class RandomDay {
  private static final String[] CONDITIONS = {
    "waiting > 3", "ready >= 1", "staffed < 3 or longest-wait > 20", "service-level < 80"
  };

  private final SplittableRandom random;
  private final int skills;

  /// What there is much of on a day: what is wrong only then is found on it.
  private enum Theme {
    ANYTHING,
    /// All phones ring, in groups and beside reserves.
    RING_ALL,
    /// Agents are kept free, and steps ask who is ready.
    RESERVES,
    /// Breaks and late log-ins, and queues that go by shares.
    SHARES,
    /// Several contacts at a time, and agents go by how many they have had.
    FEWEST,
    /// Several contacts at a time, and agents go by how busy they were.
    OCCUPIED,
    /// Queues are full soon, and there are messages beside calls.
    WORK
  }

  private final Theme theme;
  private final boolean chats;

  private Router router = new Router();

  /// The one before; null: nobody follows.
  private Router twin;

  private int twinFacts;
  private final MemoryFold fold = new MemoryFold();
  private final NaiveRouter naive = new NaiveRouter();
  private final List<AgentId> agents = new ArrayList<>();
  private final List<QueueId> queues = new ArrayList<>();
  private final List<QueueId> queuesGone = new ArrayList<>();
  private final Map<QueueId, Queue> queuesNow = new LinkedHashMap<>();
  private final Set<AgentId> configured = new LinkedHashSet<>();
  private RoutingPlan routingNow = RoutingPlan.DEFAULT;
  private final Map<AgentId, AgentProfile> profiles = new HashMap<>();
  private final List<ContactId> contacts = new ArrayList<>();
  private final Map<OfferId, Decision.Offer> offers = new LinkedHashMap<>();
  private final Map<ContactId, AgentId> talks = new HashMap<>();
  private final Set<Class<?>> seen = new HashSet<>();

  /// All that was told, and all that came of it.
  private final List<AcdEvent> told = new ArrayList<>();

  private final List<Decision> made = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-05T08:00:00Z");
  private int names;
  private long decided;
  private int restarts;

  public RandomDay(long seed, int agents, int queues, int skills) {
    random = new SplittableRandom(seed);
    this.skills = skills;
    theme = Theme.values()[(int) Math.floorMod(seed, (long) Theme.values().length)];
    chats = theme == Theme.FEWEST || theme == Theme.OCCUPIED;
    router.remember(true);
    for (int i = 0; i < queues; i++) this.queues.add(new QueueId("q" + i));
    for (int i = 0; i < agents; i++) this.agents.add(new AgentId("a%04d".formatted(i)));
    this.queues.forEach(queue -> tell(new AcdEvent.QueueConfigured(now, queue(queue))));
    this.agents.forEach(agent -> tell(new AcdEvent.AgentConfigured(now, agent(agent))));
    if (theme == Theme.RESERVES || theme == Theme.RING_ALL) {
      tell(new AcdEvent.RoutingConfigured(now, routing()));
    }
    for (AgentId agent : this.agents) {
      tell(new AcdEvent.PhoneChanged(now, agent, true));
      if (random.nextInt(4) > 0) tell(new AcdEvent.AgentLoggedIn(now, agent));
      if (random.nextInt(4) > 0) tell(new AcdEvent.AgentReady(now, agent));
    }
  }

  /// Returns how many decisions there were, and of how many kinds.
  public Played play(int facts) {
    for (int i = 0; i < facts; i++) {
      now = now.plusMillis(random.nextInt(4) == 0 ? 0 : random.nextInt(1, 1_500));
      tell(next());
      if (i % 64 == 0) compareWaiting();
      if (i % 4 == 0) comparePlaces(i % 12 == 0 ? queues : queues.subList(0, 1));
      if (random.nextInt(3) == 0) router.drainChanges(fold::apply);
      if (random.nextInt(32) == 0) compareMemory();
      if (random.nextInt(64) == 0) restart();
    }
    return new Played(decided, seen.size(), restarts);
  }

  public record Played(long decisions, int kinds, int restarts) {}

  public List<AcdEvent> told() {
    return told;
  }

  public List<Decision> made() {
    return made;
  }

  private void tell(AcdEvent fact) {
    var real = new ArrayList<Decision>();
    router.on(fact, real::add);
    List<Decision> expected = naive.on(fact);
    assertThat(real).as("after %s", fact).isEqualTo(expected);
    assertThat(router.nextDeadline()).as("deadline after %s", fact).isEqualTo(naive.nextDeadline());
    if (twin != null) tellTwin(fact, real);
    decided += real.size();
    told.add(fact);
    made.addAll(real);
    note(fact);
    for (Decision decision : real) {
      seen.add(decision.getClass());
      follow(decision);
    }
  }

  private void compareWaiting() {
    for (QueueId queue : queues) {
      assertThat(router.waitingIn(queue)).isEqualTo(naive.waitingIn(queue));
    }
    assertThat(router.shadowTally())
        .isEqualTo(new Router.ShadowTally(naive.asked, naive.otherwise));
  }

  /// Of some queues oftener than of others: places are kept from the first time that they are
  /// asked.
  private void comparePlaces(List<QueueId> some) {
    for (QueueId queue : some) {
      Map<ContactId, Integer> expected = naive.places(queue);
      var found = new LinkedHashMap<ContactId, Integer>();
      expected.keySet().forEach(contact -> found.put(contact, router.place(contact)));
      assertThat(found).as("places in %s", queue).isEqualTo(expected);
      naive
          .expectedWaits(queue)
          .forEach(
              (contact, wait) ->
                  assertThat(router.expectedWait(contact))
                      .as("wait of %s", contact)
                      .isEqualTo(wait));
    }
  }

  // ── As it is now ────────────────────────────────────────────────────────────────────────────

  RouterMemory memory() {
    return router.memory();
  }

  Plan plan() {
    return new Plan(
        List.copyOf(queuesNow.values()),
        configured.stream().map(profiles::get).toList(),
        routingNow);
  }

  Instant now() {
    return now;
  }

  // ── Restarts ────────────────────────────────────────────────────────────────────────────────

  private void compareMemory() {
    router.drainChanges(fold::apply);
    same(fold.memory(), router.memory());
  }

  /// Says only what differs.
  private static void same(RouterMemory memory, RouterMemory expected) {
    if (memory.equals(expected)) return;
    assertThat(memory.changesSince(expected)).isEqualTo(expected.changesSince(memory));
    assertThat(memory).isEqualTo(expected);
  }

  private void restart() {
    compareMemory();
    RouterMemory memory = router.memory();
    var next = new Router();
    next.remember(true);
    assertThat(next.load(now, plan(), memory)).isEmpty();
    same(next.memory(), memory);
    next.drainChanges(change -> fail("It was loaded, and has changed: %s", change));
    assertThat(next.nextDeadline()).isEqualTo(router.nextDeadline());
    twin = router;
    twin.remember(false);
    twinFacts = random.nextInt(1, 100);
    router = next;
    restarts++;
  }

  private void tellTwin(AcdEvent fact, List<Decision> real) {
    var same = new ArrayList<Decision>();
    twin.on(fact, same::add);
    assertThat(real).as("as the router before after %s", fact).isEqualTo(same);
    if (--twinFacts > 0) return;
    same(router.memory(), twin.memory());
    twin = null;
  }

  // ── What must never be ──────────────────────────────────────────────────────────────────────

  private void follow(Decision decision) {
    switch (decision) {
      case Decision.Offer offer -> {
        assertThat(talks)
            .as("%s is offered though it has an agent", offer)
            .doesNotContainKey(offer.contact());
        assertThat(offers.put(offer.offer(), offer)).isNull();
        AgentProfile profile = profiles.get(offer.agent());
        long inHand =
            offers.values().stream().filter(one -> one.agent().equals(offer.agent())).count()
                + talks.values().stream().filter(offer.agent()::equals).count();
        assertThat(inHand).as("%s", offer).isLessThanOrEqualTo(profile.capacity().total());
      }
      case Decision.Withdraw withdraw ->
          assertThat(offers.remove(withdraw.offer())).as("%s", withdraw).isNotNull();
      case Decision.Diverted diverted -> contacts.remove(diverted.contact());
      case Decision.AgentMoved _, Decision.ContactMoved _, Decision.Shadowed _ -> {}
    }
  }

  private void note(AcdEvent fact) {
    switch (fact) {
      case AcdEvent.OfferAccepted(_, var id, _, _) -> {
        Decision.Offer offer = offers.remove(id);
        if (offer != null) talks.put(offer.contact(), offer.agent());
      }
      case AcdEvent.OfferRejected(_, var id, _) -> offers.remove(id);
      case AcdEvent.OfferLost(_, var id) -> offers.remove(id);
      case AcdEvent.ContactEnded(_, var id, _) -> {
        talks.remove(id);
      }
      case AcdEvent.QueueConfigured(_, var queue) -> queuesNow.put(queue.id(), queue);
      case AcdEvent.QueueRemoved(_, var queue, _) -> queuesNow.remove(queue);
      case AcdEvent.AgentConfigured(_, var agent) -> configured.add(agent.id());
      case AcdEvent.AgentRemoved(_, var agent) -> configured.remove(agent);
      case AcdEvent.RoutingConfigured(_, var routing) -> routingNow = routing;
      default -> {}
    }
  }

  // ── What happens ────────────────────────────────────────────────────────────────────────────

  private AcdEvent next() {
    AgentId agent = pick(agents);
    if (!router.knows(agent)) return comes(agent);
    return switch (random.nextInt(32)) {
      case 0 -> new AcdEvent.AgentLoggedIn(now, agent);
      case 1, 2, 3 -> new AcdEvent.AgentReady(now, agent);
      case 4 ->
          random.nextInt(2) == 0
              ? new AcdEvent.AgentNotReady(now, agent, pick(List.of("break", "desk-lost")))
              : new AcdEvent.AgentReady(now, agent);
      case 5 ->
          random.nextInt(4) == 0
              ? new AcdEvent.AgentLoggedOut(now, agent)
              : new AcdEvent.AgentLoggedIn(now, agent);
      case 6 -> new AcdEvent.PhoneChanged(now, agent, random.nextInt(4) > 0);
      case 7, 8, 9, 10, 11, 12, 13 -> queued();
      case 14 ->
          new AcdEvent.ContactLeft(
              now, contact(), pick(List.of(AcdEvent.Departure.values())), heardOf());
      case 15 -> new AcdEvent.OfferRinging(now, offer());
      case 16, 17, 18, 19 -> accepted();
      case 20 ->
          random.nextInt(3) == 0
              ? new AcdEvent.OfferLost(now, offer())
              : new AcdEvent.OfferRejected(now, offer(), pick(List.of("declined", "no-answer")));
      case 21, 22, 23, 24 -> new AcdEvent.ContactEnded(now, talk(), heardOf());
      case 25, 26 -> new AcdEvent.WrapUpCompleted(now, contact());
      case 27 -> new AcdEvent.PriorityChanged(now, contact(), random.nextInt(-3, 8));
      case 28 -> consultOrAdopt(agent);
      case 29 ->
          switch (random.nextInt(6)) {
            case 0, 1 -> configured();
            case 2 -> new AcdEvent.WallClockSet(now, ahead());
            case 3 -> new AcdEvent.PhonesReachable(now, random.nextInt(8) > 0);
            default -> new AcdEvent.TimePassed(now);
          };
      default -> {
        Optional<Instant> due = router.nextDeadline().filter(at -> at.isAfter(now));
        boolean soon = due.isPresent() && random.nextBoolean();
        if (soon && Duration.between(now, due.get()).toSeconds() < 60) now = due.get();
        yield new AcdEvent.TimePassed(now);
      }
    };
  }

  /// One of five was parked, and counts no more.
  private AcdEvent accepted() {
    OfferId offer = offer();
    return new AcdEvent.OfferAccepted(now, offer, heardOf(), offer.value() % 5 > 0);
  }

  /// Somebody who was removed is there again, to work at once.
  private AcdEvent comes(AgentId agent) {
    tell(new AcdEvent.AgentConfigured(now, agent(agent)));
    tell(new AcdEvent.PhoneChanged(now, agent, true));
    tell(new AcdEvent.AgentLoggedIn(now, agent));
    return new AcdEvent.AgentReady(now, agent);
  }

  private AcdEvent consultOrAdopt(AgentId agent) {
    return switch (random.nextInt(4)) {
      case 0 -> new AcdEvent.ConsultStarted(now, talk());
      case 1 -> new AcdEvent.ConsultEnded(now, talk());
      case 2 -> adopted(contact(), agent);
      default -> {
        var id = new ContactId("adopted" + ++names);
        contacts.add(id);
        yield adopted(id, agent);
      }
    };
  }

  private AcdEvent adopted(ContactId id, AgentId agent) {
    Instant answered = heardOf();
    Optional<Instant> since =
        Optional.of(answered.minusSeconds(random.nextInt(60))).filter(_ -> random.nextBoolean());
    return new AcdEvent.ContactAdopted(now, id, pick(queues), agent, answered, since);
  }

  /// Now, or some time ago: it is heard of late.
  private Instant heardOf() {
    return random.nextInt(8) == 0 ? now.minusSeconds(random.nextInt(40)) : now;
  }

  /// By as much as it wavers, or over one closing or several.
  private Duration ahead() {
    return switch (random.nextInt(4)) {
      case 0 -> Duration.ZERO;
      case 1 -> Duration.ofNanos(random.nextLong(-5_000_000_000L, 5_000_000_000L));
      default -> Duration.ofSeconds(random.nextInt(-40_000, 40_000));
    };
  }

  private AcdEvent queued() {
    var id = new ContactId("c" + ++names);
    contacts.add(id);
    if (contacts.size() > 400) contacts.removeFirst();
    SkillExpression own = random.nextInt(5) == 0 ? ask() : SkillExpression.ANY;
    Optional<AcdEvent.Preferred> preferred =
        random.nextInt(5) == 0
            ? Optional.of(
                new AcdEvent.Preferred(pick(agents), Duration.ofSeconds(random.nextInt(0, 12))))
            : Optional.empty();
    return new AcdEvent.ContactQueued(
        now,
        id,
        pick(queues),
        now.minusSeconds(random.nextInt(3)),
        random.nextInt(4) == 0 ? random.nextInt(-2, 6) : 0,
        own,
        preferred,
        ContactKind.values()[Math.max(0, random.nextInt(7) - 4)],
        random.nextInt(4) == 0 ? List.of(pick(agents), pick(agents)) : List.of());
  }

  private AcdEvent configured() {
    return switch (random.nextInt(7)) {
      case 0, 1 -> new AcdEvent.QueueConfigured(now, queue(pick(queues)));
      case 2 -> {
        if (queues.size() < 3) yield new AcdEvent.QueueConfigured(now, queue(pick(queues)));
        QueueId gone = queues.remove(random.nextInt(queues.size()));
        queuesGone.add(gone);
        yield new AcdEvent.QueueRemoved(now, gone, pick(queues));
      }
      case 3 -> {
        boolean again = !queuesGone.isEmpty() && random.nextBoolean();
        QueueId id = again ? queuesGone.removeLast() : new QueueId("new" + ++names);
        queues.add(id);
        yield new AcdEvent.QueueConfigured(now, queue(id));
      }
      case 4 -> new AcdEvent.AgentConfigured(now, agent(pick(agents)));
      case 5 -> agentRemovedOrNew();
      default -> new AcdEvent.RoutingConfigured(now, routing());
    };
  }

  /// A removed agent may be there still, finishing; some are told to come back.
  private AcdEvent agentRemovedOrNew() {
    AgentId id = pick(agents);
    if (random.nextBoolean() || !configured.contains(id)) {
      return new AcdEvent.AgentConfigured(now, agent(id));
    }
    if (random.nextBoolean()) return new AcdEvent.AgentRemoved(now, id);
    tell(new AcdEvent.AgentRemoved(now, id));
    return new AcdEvent.AgentConfigured(now, agent(id));
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private ContactId contact() {
    return contacts.isEmpty() ? new ContactId("nobody") : pick(contacts);
  }

  private OfferId offer() {
    return offers.isEmpty() ? new OfferId(0) : pick(List.copyOf(offers.keySet()));
  }

  private ContactId talk() {
    return talks.isEmpty() ? new ContactId("nobody") : pick(List.copyOf(talks.keySet()));
  }

  // ── Configurations ──────────────────────────────────────────────────────────────────────────

  private String skill() {
    return "s" + random.nextInt(skills);
  }

  private SkillExpression ask() {
    return SkillExpression.parse(
        switch (random.nextInt(6)) {
          case 0 -> skill() + " >= " + random.nextInt(1, 8);
          case 1 -> skill() + " and " + skill();
          case 2 -> skill() + " or " + skill() + " >= 3";
          case 3 -> "any";
          default -> skill();
        });
  }

  private AgentProfile agent(AgentId id) {
    var has = new HashMap<String, Integer>();
    int count = random.nextInt(1, Math.min(skills, 6) + 1);
    for (int i = 0; i < count; i++) has.put(skill(), random.nextInt(10) + 1);
    AgentProfile profile = AgentProfile.of(id, new Skills(has)).withOrder(random.nextInt(5));
    if (chats || theme == Theme.WORK || random.nextInt(4) == 0) {
      var each = new EnumMap<Channel, Integer>(Channel.class);
      each.put(Channel.VOICE, random.nextInt(1, 3));
      each.put(Channel.CHAT, random.nextInt(chats ? 2 : 0, 4));
      each.put(Channel.TASK, random.nextInt(theme == Theme.WORK ? 1 : 0, 3));
      var capacity = new Capacity(each, random.nextInt(chats ? 2 : 1, 5));
      if (random.nextInt(3) == 0) capacity = capacity.withExclusive(Set.of(Channel.VOICE));
      profile = profile.withCapacity(capacity);
    }
    if (random.nextInt(6) == 0) profile = profile.withPrefers(List.of(pick(queues), pick(queues)));
    profiles.put(id, profile);
    return profile;
  }

  private Queue queue(QueueId id) {
    Queue queue =
        Queue.of(id, ask())
            .withUrgency(
                new Urgency(
                    random.nextInt(3),
                    random.nextInt(2) * random.nextInt(1_000),
                    random.nextInt(1, 4)))
            .withStrategy(strategy())
            .withOfferTimeout(Duration.ofSeconds(random.nextInt(5, 20)))
            .withMisses(random.nextInt(1, 4))
            .withWrapUp(
                new WrapUp(
                    pick(List.of(WrapUp.Mode.values())), Duration.ofSeconds(random.nextInt(5, 30))))
            .withObjectives(
                new Objectives(
                    80,
                    Duration.ofSeconds(10),
                    new ServiceLevelRule(treatment(), treatment(), treatment()),
                    random.nextInt(1, 9),
                    Duration.ofSeconds(random.nextInt(20, 200)),
                    random.nextInt(1, 5)))
            .withSteps(steps())
            .withOverflow(overflow());
    if (random.nextInt(chats ? 2 : 5) == 0) queue = queue.withChannel(Channel.CHAT);
    if (random.nextInt(theme == Theme.WORK ? 2 : 10) == 0) queue = queue.withChannel(Channel.TASK);
    if (random.nextInt(5) == 0) queue = queue.withHours(Optional.of(hours()));
    return queue;
  }

  private Treatment treatment() {
    return pick(List.of(Treatment.values()));
  }

  private Strategy strategy() {
    Strategy.Kind often =
        switch (theme) {
          case RING_ALL -> Strategy.Kind.RING_ALL;
          case SHARES -> Strategy.Kind.PERCENT_ALLOCATION;
          case FEWEST -> Strategy.Kind.FEWEST_CONTACTS;
          case OCCUPIED -> Strategy.Kind.LEAST_OCCUPIED;
          case ANYTHING, RESERVES, WORK -> Strategy.Kind.LONGEST_IDLE;
        };
    boolean usual = random.nextInt(theme == Theme.ANYTHING ? 3 : 2) == 0;
    Strategy.Kind kind = usual ? often : pick(List.of(Strategy.Kind.values()));
    var shares = new HashMap<AgentId, Integer>();
    for (AgentId agent : agents) {
      if (shares.size() < 20 && random.nextBoolean()) shares.put(agent, random.nextInt(1, 100));
    }
    boolean groups = random.nextInt(theme == Theme.RING_ALL ? 2 : 4) == 0;
    List<SkillExpression> tries = groups ? List.of(ask(), ask()) : List.of();
    return new Strategy(kind, tries, shares);
  }

  private List<RoutingStep> steps() {
    var steps = new ArrayList<RoutingStep>();
    int count = random.nextInt(theme == Theme.RESERVES ? 2 : 3) == 0 ? random.nextInt(1, 4) : 0;
    for (int i = 0; i < count; i++) {
      Optional<Condition> when =
          random.nextInt(3) == 0
              ? Optional.of(Condition.parse(pick(List.of(CONDITIONS))))
              : Optional.empty();
      Optional<Duration> lasts =
          i == count - 1
              ? Optional.empty()
              : Optional.of(Duration.ofSeconds(random.nextInt(2, 20)));
      steps.add(new RoutingStep(when, changes(), random.nextInt(4), lasts));
    }
    return steps;
  }

  private List<Change> changes() {
    return switch (random.nextInt(7)) {
      case 0 -> List.of(new Change.Ask(ask()));
      case 1 -> List.of(new Change.Add(ask()));
      case 2 -> List.of(new Change.Remove(Set.of(skill(), skill().concat("x"))));
      case 3 -> List.of(new Change.Lower(Map.of(skill(), 1)));
      case 4 -> List.of(new Change.Raise(Map.of(skill(), 5)), new Change.Broaden(ask()));
      case 5 -> List.of(new Change.Broaden(ask()));
      default -> List.of();
    };
  }

  private List<Overflow> overflow() {
    var rules = new ArrayList<Overflow>();
    int count = random.nextInt(theme == Theme.WORK ? 2 : 3) == 0 ? random.nextInt(1, 4) : 0;
    for (int i = 0; i < count; i++) {
      Trigger trigger =
          switch (random.nextInt(5)) {
            case 0 -> new Trigger.Full(random.nextInt(0, 6));
            case 1 -> new Trigger.Closed(random.nextBoolean());
            case 2 -> new Trigger.Unstaffed(random.nextBoolean());
            default -> new Trigger.Waited(Duration.ofSeconds(random.nextInt(3, 40)));
          };
      Target target =
          random.nextInt(3) == 0
              ? new Target.Away(Target.Kind.VOICEMAIL, "")
              : new Target.ToQueue(pick(queues));
      rules.add(new Overflow(trigger, target));
    }
    return rules;
  }

  /// Open and closed by turns, every ten minutes.
  private static Hours hours() {
    var spans = new ArrayList<Hours.Span>();
    for (int minute = 0; minute < 1_420; minute += 20) {
      LocalTime from = LocalTime.MIDNIGHT.plusMinutes(minute);
      spans.add(new Hours.Span(from, from.plusMinutes(10)));
    }
    var week = new EnumMap<DayOfWeek, List<Hours.Span>>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) week.put(day, spans);
    return Hours.weekly(ZoneOffset.UTC, week);
  }

  private RoutingPlan routing() {
    var reserves = new ArrayList<Reserve>();
    if (theme == Theme.RESERVES || random.nextInt(2) == 0)
      reserves.add(new Reserve(ask(), random.nextInt(1, 4), Set.of(pick(queues))));
    if (random.nextInt(3) == 0)
      reserves.add(new Reserve(ask(), random.nextInt(1, 4), Set.of(pick(queues))));
    return new RoutingPlan(
        policy(),
        reserves,
        random.nextInt(2) == 0 ? Optional.of(policy()) : Optional.empty(),
        pick(List.of(Staffed.values())));
  }

  private Policy policy() {
    return switch (random.nextInt(5)) {
      case 0 ->
          new Policy.Weighted(
              random.nextInt(10), random.nextInt(10), random.nextInt(10), random.nextInt(10));
      case 1 -> new Policy.GeneralizedCMu();
      case 2 -> new Policy.QueueRatio();
      default -> new Policy.LongestIdle();
    };
  }
}
