package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A seeded random day: agents come and go, contacts come and leave, offers end in every way. After
/// every fact it checks the router's invariants, and that each choice is the one that looking at
/// everybody would make.
final class RandomDay {
  private static final int FACTS = 6_000;
  private static final int AGENTS = 40;
  private static final String[] SKILLS = {"orders", "billing", "mandarin", "returns"};
  private static final String[] ASKS = {
    "orders", "billing >= 5", "orders and mandarin", "billing or returns", "any", "returns >= 8"
  };

  private final SplittableRandom random;
  private final Router router;
  private final NaiveRouter naive = new NaiveRouter();
  private final Map<AgentId, Skills> skills = new LinkedHashMap<>();
  private final Map<AgentId, AgentState> states = new HashMap<>();
  private final Map<AgentId, Boolean> phones = new HashMap<>();
  private final Map<AgentId, Instant> idleSince = new HashMap<>();
  private final Map<ContactId, NaiveRouter.Waiting> known = new HashMap<>();
  private final Map<OfferId, Decision.Offer> out = new LinkedHashMap<>();
  private final Map<ContactId, AgentId> talks = new LinkedHashMap<>();
  private Instant now = Instant.parse("2026-01-05T08:00:00Z");
  private int contacts;

  RandomDay(long seed) {
    random = new SplittableRandom(seed);
    var queues = new ArrayList<Queue>();
    for (int i = 0; i < ASKS.length; i++) {
      var wrapUp =
          i % 2 == 0 ? WrapUp.none() : new WrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(15));
      queues.add(
          new Queue(
              new QueueId("q" + i),
              SkillExpression.parse(ASKS[i]),
              i % 3,
              Duration.ofSeconds(20),
              wrapUp));
    }
    router = new Router(queues);
    for (int i = 0; i < AGENTS; i++) {
      var has = new HashMap<String, Integer>();
      for (String skill : SKILLS) if (random.nextInt(3) > 0) has.put(skill, random.nextInt(10) + 1);
      var id = new AgentId("a%02d".formatted(i));
      skills.put(id, new Skills(has));
      states.put(id, new AgentState.LoggedOut(now));
      router.addAgent(id, skills.get(id));
    }
  }

  void play() {
    long offered = 0;
    for (int i = 0; i < FACTS; i++) {
      now = now.plusMillis(random.nextInt(1, 1_500));
      AcdEvent fact = next();
      var decisions = new ArrayList<Decision>();
      router.on(fact, decisions::add);
      note(fact);
      for (Decision decision : decisions) {
        if (decision instanceof Decision.Offer) offered++;
        follow(decision);
      }
      check(fact);
    }
    assertThat(offered).isGreaterThan(500);
  }

  private AcdEvent next() {
    var agent = pick(List.copyOf(skills.keySet()));
    return switch (random.nextInt(14)) {
      case 0 -> new AcdEvent.AgentLoggedIn(now, agent);
      case 1 -> new AcdEvent.AgentReady(now, agent);
      case 2 ->
          random.nextInt(3) > 0
              ? new AcdEvent.AgentReady(now, agent)
              : new AcdEvent.AgentNotReady(now, agent, "break");
      case 3 ->
          random.nextInt(8) > 0
              ? new AcdEvent.PhoneChanged(now, agent, true)
              : new AcdEvent.PhoneChanged(now, agent, false);
      case 4 ->
          random.nextInt(10) > 0
              ? new AcdEvent.TimePassed(now)
              : new AcdEvent.AgentLoggedOut(now, agent);
      case 5, 6, 7 -> queued();
      case 8 ->
          known.isEmpty()
              ? new AcdEvent.TimePassed(now)
              : new AcdEvent.ContactLeft(now, pick(List.copyOf(known.keySet())));
      case 9, 10 ->
          out.isEmpty()
              ? new AcdEvent.TimePassed(now)
              : new AcdEvent.OfferAccepted(now, pick(List.copyOf(out.keySet())));
      case 11 ->
          out.isEmpty()
              ? new AcdEvent.TimePassed(now)
              : new AcdEvent.OfferRejected(now, pick(List.copyOf(out.keySet())), "declined");
      default ->
          talks.isEmpty()
              ? new AcdEvent.TimePassed(now)
              : new AcdEvent.ContactEnded(now, pick(List.copyOf(talks.keySet())));
    };
  }

  private AcdEvent queued() {
    int queue = random.nextInt(ASKS.length);
    var id = new ContactId("c" + ++contacts);
    Instant arrived = now.minusSeconds(random.nextInt(3));
    int priority = random.nextInt(3);
    known.put(
        id,
        new NaiveRouter.Waiting(
            id, SkillExpression.parse(ASKS[queue]), queue % 3 + priority, arrived, contacts));
    return new AcdEvent.ContactQueued(now, id, new QueueId("q" + queue), arrived, priority);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /// What the fact itself changes, before the router has decided anything.
  private void note(AcdEvent fact) {
    switch (fact) {
      case AcdEvent.ContactQueued queued ->
          naive.waiting.put(queued.contact(), known.get(queued.contact()));
      case AcdEvent.ContactLeft left -> {
        known.remove(left.contact());
        naive.waiting.remove(left.contact());
      }
      case AcdEvent.PhoneChanged phone -> {
        phones.put(phone.agent(), phone.available());
        refresh(phone.agent());
      }
      case AcdEvent.OfferAccepted accepted -> {
        Decision.Offer offer = out.remove(accepted.offer());
        known.remove(offer.contact());
        talks.put(offer.contact(), offer.agent());
      }
      case AcdEvent.OfferRejected rejected -> {
        Decision.Offer offer = out.remove(rejected.offer());
        naive.waiting.put(offer.contact(), known.get(offer.contact()));
      }
      case AcdEvent.ContactEnded ended -> talks.remove(ended.contact());
      default -> {}
    }
  }

  private void follow(Decision decision) {
    switch (decision) {
      case Decision.AgentMoved moved -> {
        AgentState before = states.put(moved.agent(), moved.state());
        // A caller who left gives the agent their old turn back; anything else begins a new one.
        boolean turnKept =
            before instanceof AgentState.Reserved || before instanceof AgentState.Ringing;
        if (moved.state() instanceof AgentState.Ready && !turnKept)
          idleSince.put(moved.agent(), now);
        // An agent who is reserved is chosen while they still were idle: that is checked at the
        // offer.
        if (!(moved.state() instanceof AgentState.Reserved)) refresh(moved.agent());
      }
      case Decision.Withdraw withdraw -> {
        Decision.Offer offer = out.remove(withdraw.offer());
        if (withdraw.why() == Decision.Why.NO_ANSWER) {
          naive.waiting.put(offer.contact(), known.get(offer.contact()));
        }
      }
      case Decision.Offer offer -> {
        NaiveRouter.Waiting contact = naive.waiting.get(offer.contact());
        NaiveRouter.Idle agent = naive.idle.get(offer.agent());
        assertThat(contact).as("offered contact waits").isNotNull();
        assertThat(agent).as("offered agent is idle").isNotNull();
        boolean obvious =
            offer.agent().equals(naive.agentFor(contact))
                || offer.contact().equals(naive.contactFor(agent));
        assertThat(obvious).as("%s is the obvious choice", offer).isTrue();
        naive.waiting.remove(offer.contact());
        refresh(offer.agent());
        out.put(offer.offer(), offer);
      }
    }
  }

  private void refresh(AgentId agent) {
    boolean idle =
        states.get(agent) instanceof AgentState.Ready && phones.getOrDefault(agent, false);
    if (idle)
      naive.idle.put(agent, new NaiveRouter.Idle(agent, skills.get(agent), idleSince.get(agent)));
    else naive.idle.remove(agent);
  }

  private void check(AcdEvent fact) {
    assertThat(naive.possible())
        .as("after %s nobody idles whom a waiting contact could have", fact)
        .isEmpty();
    var agents = new HashSet<AgentId>();
    var held = new HashSet<ContactId>();
    for (Decision.Offer offer : out.values()) {
      assertThat(agents.add(offer.agent())).as("one offer to %s", offer.agent()).isTrue();
      assertThat(held.add(offer.contact())).as("one offer of %s", offer.contact()).isTrue();
    }
    talks.forEach(
        (contact, agent) -> {
          assertThat(agents.add(agent)).as("%s has one contact", agent).isTrue();
          assertThat(held.add(contact)).as("%s has one agent", contact).isTrue();
        });
    assertThat(router.waitingCount()).isEqualTo(naive.waiting.size());
  }
}
