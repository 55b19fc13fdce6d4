package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Plan;
import org.switchroom.acd.plan.Policy;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.plan.RoutingStep;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;

/// What a restart must not change, and what is mended so that it does not. That nothing at all is
/// another after it, [RandomDayTest] says.
class RouterMemoryTest {
  private static final QueueId BILLING = new QueueId("billing");
  private static final QueueId ORDERS = new QueueId("orders");
  private static final SkillExpression SKILL = SkillExpression.parse("billing");
  private static final AgentId ANN = new AgentId("ann");
  private static final AgentId BEN = new AgentId("ben");
  private static final AgentId CIM = new AgentId("cim");

  private final List<Decision> decisions = new ArrayList<>();
  private final Map<QueueId, Queue> queues = new LinkedHashMap<>();
  private final Map<AgentId, AgentProfile> agents = new LinkedHashMap<>();
  private RoutingPlan routing = RoutingPlan.DEFAULT;
  private Instant now = Instant.parse("2026-01-05T09:00:00Z");
  private Router router = new Router();
  private int contacts;

  private void open(Queue queue) {
    queues.put(queue.id(), queue);
    tell(new AcdEvent.QueueConfigured(now, queue));
  }

  private static Queue billing() {
    return Queue.of(BILLING, SKILL);
  }

  private void seat(AgentId agent, Capacity capacity) {
    var profile = AgentProfile.of(agent, new Skills(Map.of("billing", 5))).withCapacity(capacity);
    agents.put(agent, profile);
    tell(new AcdEvent.AgentConfigured(now, profile));
    tell(new AcdEvent.PhoneChanged(now, agent, true));
    tell(new AcdEvent.AgentLoggedIn(now, agent));
    tell(new AcdEvent.AgentReady(now, agent));
    after(60);
  }

  private void seat(AgentId... agents) {
    for (AgentId agent : agents) seat(agent, Capacity.ONE_CALL);
  }

  private void tell(AcdEvent event) {
    router.on(event, decisions::add);
  }

  private void after(int seconds) {
    now = now.plusSeconds(seconds);
  }

  private ContactId caller() {
    return caller(BILLING);
  }

  private ContactId caller(QueueId queue) {
    var contact = new ContactId("c" + ++contacts);
    tell(new AcdEvent.ContactQueued(now, contact, queue, now, 0));
    return contact;
  }

  private Decision.Offer lastOffer() {
    return decisions.stream()
        .filter(Decision.Offer.class::isInstance)
        .map(Decision.Offer.class::cast)
        .reduce((_, second) -> second)
        .orElseThrow();
  }

  /// Who is offered the next caller; they talk for a minute.
  private AgentId nextTalk() {
    ContactId caller = caller();
    AgentId agent = lastOffer().agent();
    tell(new AcdEvent.OfferAccepted(now, lastOffer().offer()));
    after(60);
    tell(new AcdEvent.ContactEnded(now, caller));
    return agent;
  }

  private List<NotLoaded> restart() {
    var next = new Router();
    List<NotLoaded> left = next.load(now, plan(), router.memory());
    router = next;
    return left;
  }

  private Plan plan() {
    return new Plan(List.copyOf(queues.values()), List.copyOf(agents.values()), routing);
  }

  // ── What goes on ────────────────────────────────────────────────────────────────────────────

  @Test
  void agentsAreOfferedInTheOrderInWhichTheyBecameFree() {
    open(billing());
    seat(CIM, ANN, BEN);
    restart();
    assertThat(List.of(nextTalk(), nextTalk(), nextTalk())).containsExactly(CIM, ANN, BEN);
  }

  @ParameterizedTest
  @EnumSource
  void everyStrategyGoesOnWhereItWas(Strategy.Kind kind) {
    assertThat(day(kind, true)).isEqualTo(day(kind, false));
  }

  private List<AgentId> day(Strategy.Kind kind, boolean restarts) {
    var day = new RouterMemoryTest();
    Map<AgentId, Integer> shares = Map.of(ANN, 50, BEN, 30, CIM, 20);
    day.open(billing().withStrategy(new Strategy(kind, List.of(), shares)));
    day.seat(CIM, ANN, BEN);
    var talks = new ArrayList<AgentId>();
    for (int i = 0; i < 30; i++) {
      talks.add(day.nextTalk());
      if (restarts) assertThat(day.restart()).isEmpty();
    }
    return talks;
  }

  @Test
  void aStepEndsWhenItWouldHave() {
    var later = new RoutingStep(Optional.empty(), List.of(), 5, Optional.empty());
    open(
        billing()
            .withSteps(
                List.of(
                    new RoutingStep(
                        Optional.empty(), List.of(), 0, Optional.of(Duration.ofSeconds(20))),
                    later)));
    ContactId caller = caller();
    Instant due = now.plusSeconds(20);
    after(15);
    restart();
    assertThat(router.nextDeadline()).contains(due);
    assertThat(router.waitingIn(BILLING)).containsExactly(caller);
    after(5);
    tell(new AcdEvent.TimePassed(now));
    assertThat(router.memory().contacts().getFirst().steps().priority()).isEqualTo(5);
  }

  @Test
  void aWrapUpAndWhatTheAgentAskedForGoOn() {
    open(billing().withWrapUp(new WrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(30))));
    seat(ANN);
    ContactId caller = caller();
    tell(new AcdEvent.OfferAccepted(now, lastOffer().offer()));
    tell(new AcdEvent.ConsultStarted(now, caller));
    restart();
    assertThat(router.stateOf(ANN)).isEqualTo(new AgentState.Consulting(now, caller));
    tell(new AcdEvent.ContactEnded(now, caller));
    tell(new AcdEvent.AgentNotReady(now, ANN, "lunch"));
    restart();
    after(30);
    tell(new AcdEvent.TimePassed(now));
    assertThat(router.stateOf(ANN)).isEqualTo(new AgentState.NotReady(now, "lunch"));
  }

  @Test
  void anOfferThatIsOutIsAnsweredAfterwardsAndNoNumberIsGivenTwice() {
    open(billing());
    seat(ANN, BEN);
    caller();
    OfferId offer = lastOffer().offer();
    restart();
    tell(new AcdEvent.OfferAccepted(now, offer));
    assertThat(router.stateOf(ANN)).isInstanceOf(AgentState.Talking.class);
    caller();
    assertThat(lastOffer().offer().value()).isGreaterThan(offer.value());
  }

  @Test
  void aQueueThatWasRemovedAndCameBackIsAnother() {
    open(billing().withWrapUp(new WrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO)));
    open(Queue.of(ORDERS, SKILL));
    seat(ANN, BEN);
    ContactId talking = caller();
    tell(new AcdEvent.OfferAccepted(now, lastOffer().offer()));
    caller();
    OfferId rings = lastOffer().offer();
    tell(new AcdEvent.QueueRemoved(now, BILLING, ORDERS));
    open(billing());
    restart();
    tell(new AcdEvent.OfferRejected(now, rings, "declined"));
    assertThat(decisions.getLast()).isInstanceOf(Decision.ContactMoved.class);
    assertThat(router.waitingIn(ORDERS)).hasSize(1);
    tell(new AcdEvent.ContactEnded(now, talking));
    assertThat(router.stateOf(ANN)).isInstanceOf(AgentState.InWrapUp.class);
    assertThat(router.memory().removedQueues()).hasSize(1);
    tell(new AcdEvent.WrapUpCompleted(now, talking));
    assertThat(router.memory().removedQueues()).isEmpty();
  }

  @Test
  void whoWasRemovedFinishesAndIsGone() {
    open(billing());
    seat(ANN);
    ContactId caller = caller();
    tell(new AcdEvent.OfferAccepted(now, lastOffer().offer()));
    tell(new AcdEvent.AgentRemoved(now, ANN));
    agents.remove(ANN);
    assertThat(restart()).isEmpty();
    assertThat(router.stateOf(ANN)).isInstanceOf(AgentState.Talking.class);
    tell(new AcdEvent.ContactEnded(now, caller));
    assertThat(router.knows(ANN)).isFalse();
  }

  // ── A configuration that has changed meanwhile ──────────────────────────────────────────────

  @Test
  void whoWaitsInAQueueThatIsNotThereIsNamed() {
    open(billing());
    seat(ANN);
    ContactId rings = caller();
    ContactId waits = caller();
    queues.remove(BILLING);
    List<NotLoaded> left = restart();
    assertThat(left)
        .filteredOn(NotLoaded.OfContact.class::isInstance)
        .extracting(one -> ((NotLoaded.OfContact) one).contact().contact())
        .containsExactly(rings, waits);
    assertThat(left).anyMatch(NotLoaded.OfInHand.class::isInstance);
    assertThat(router.stateOf(ANN)).isInstanceOf(AgentState.Ready.class);
  }

  @Test
  void whoRangAtAnAgentWhoIsNotThereWaitsAndIsOfferedAtTheNextFact() {
    open(billing());
    seat(ANN);
    ContactId caller = caller();
    seat(BEN);
    agents.remove(ANN);
    assertThat(restart()).hasSize(2);
    assertThat(router.waitingIn(BILLING)).containsExactly(caller);
    tell(new AcdEvent.TimePassed(now));
    assertThat(lastOffer().agent()).isEqualTo(BEN);
  }

  @Test
  void whoWaitsInAQueueThatIsConfiguredOtherwiseGoesByWhatItIsNow() {
    open(billing().withAsk(SkillExpression.parse("mandarin")));
    seat(ANN);
    ContactId caller = caller();
    after(10);
    RoutingStep step =
        new RoutingStep(Optional.empty(), List.of(), 3, Optional.of(Duration.ofSeconds(40)));
    queues.put(BILLING, billing().withSteps(List.of(step)));
    assertThat(restart()).isEmpty();
    assertThat(router.nextDeadline()).contains(now.plusSeconds(30));
    assertThat(router.memory().contacts().getFirst().ask()).isEqualTo("billing");
    tell(new AcdEvent.TimePassed(now));
    assertThat(lastOffer().contact()).isEqualTo(caller);
  }

  @Test
  void whomTheMemoryDoesNotKnowIsNew() {
    open(billing());
    var profile = AgentProfile.of(BEN, new Skills(Map.of("billing", 5)));
    agents.put(BEN, profile);
    queues.put(ORDERS, Queue.of(ORDERS, SKILL));
    assertThat(restart()).isEmpty();
    assertThat(router.stateOf(BEN)).isEqualTo(new AgentState.LoggedOut(now));
    assertThat(router.waitingIn(ORDERS)).isEmpty();
  }

  // ── Changes ─────────────────────────────────────────────────────────────────────────────────

  @Test
  void aTurnTellsWhatItChangedAndNothingElse() {
    open(billing());
    seat(ANN, BEN);
    router.remember(true);
    ContactId caller = caller();
    var changes = new ArrayList<MemoryChange>();
    router.drainChanges(changes::add);
    assertThat(changes)
        .extracting(change -> change.getClass().getSimpleName())
        .containsExactly("QueueMemory", "AgentMemory", "ContactMemory", "CounterMemory");
    changes.clear();
    tell(new AcdEvent.TimePassed(now));
    router.drainChanges(changes::add);
    assertThat(changes).isEmpty();
    tell(new AcdEvent.OfferAccepted(now, lastOffer().offer()));
    tell(new AcdEvent.ContactEnded(now, caller));
    router.drainChanges(changes::add);
    assertThat(changes.getFirst()).isEqualTo(new MemoryChange.ContactGone(caller));
  }

  @Test
  void whoIsTalkedToWaitsForNobodyAnyMore() {
    open(billing());
    open(Queue.of(ORDERS, SKILL));
    seat(ANN);
    router.remember(true);
    var fold = new MemoryFold(router.memory());
    var preferred = new AcdEvent.Preferred(ANN, Duration.ofSeconds(30));
    var caller = new ContactId("caller");
    tell(
        new AcdEvent.ContactQueued(
            now,
            caller,
            BILLING,
            now,
            0,
            SkillExpression.ANY,
            Optional.of(preferred),
            ContactKind.CALLER));
    router.drainChanges(fold::apply);
    assertThat(fold.memory().contacts().getFirst().preferred()).isPresent();
    tell(new AcdEvent.QueueRemoved(now, BILLING, ORDERS));
    router.drainChanges(fold::apply);
    tell(new AcdEvent.OfferAccepted(now, lastOffer().offer()));
    router.drainChanges(fold::apply);
    assertThat(fold.memory().contacts().getFirst().preferred()).isEmpty();
    assertThat(fold.memory()).isEqualTo(router.memory());
  }

  @Test
  void whatIsMisusedIsSaid() {
    assertThatThrownBy(() -> router.drainChanges(_ -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("remember(true)");
    open(billing());
    assertThatThrownBy(() -> router.load(now, plan(), RouterMemory.EMPTY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 queues and 0 agents");
    assertThatThrownBy(() -> new Router((_, _) -> {}).memory())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("handles");
  }

  // ── Mended, so that memory says all ─────────────────────────────────────────────────────────

  private static Capacity chats(int most) {
    var each = new EnumMap<Channel, Integer>(Channel.class);
    each.put(Channel.CHAT, most);
    return new Capacity(each, most);
  }

  @Test
  void whoHasHandledOneMoreIsBehindAtOnce() {
    open(
        billing()
            .withChannel(Channel.CHAT)
            .withStrategy(Strategy.of(Strategy.Kind.FEWEST_CONTACTS))
            .withWrapUp(new WrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO)));
    seat(ANN, chats(3));
    seat(BEN, chats(3));
    ContactId first = caller();
    tell(new AcdEvent.OfferAccepted(now, lastOffer().offer()));
    caller();
    tell(new AcdEvent.OfferAccepted(now, lastOffer().offer()));
    tell(new AcdEvent.ContactEnded(now, first));
    caller();
    assertThat(lastOffer().agent()).isEqualTo(BEN);
  }

  @Test
  void whoIsCountedAnewIsOrderedAnew() {
    Queue occupied = billing().withStrategy(Strategy.of(Strategy.Kind.LEAST_OCCUPIED));
    open(occupied);
    open(Queue.of(ORDERS, SKILL));
    seat(ANN);
    nextTalk();
    seat(BEN);
    open(billing());
    open(occupied);
    caller();
    assertThat(lastOffer().agent()).isEqualTo(ANN);
  }

  @Test
  void whoIsFoundTalkingHasNotBeenFreeSince1970() {
    routing = new RoutingPlan(new Policy.Weighted(1, 1, 1, 1), List.of());
    tell(new AcdEvent.RoutingConfigured(now, routing));
    open(billing().withChannel(Channel.CHAT));
    seat(ANN, chats(2));
    after(600);
    var profile = AgentProfile.of(BEN, new Skills(Map.of("billing", 5))).withCapacity(chats(2));
    tell(new AcdEvent.AgentConfigured(now, profile));
    tell(new AcdEvent.ContactAdopted(now, new ContactId("found"), BILLING, BEN));
    caller();
    caller();
    assertThat(lastOffer().agent()).isEqualTo(ANN);
  }

  @Test
  void nothingIsTimedAnyMoreInAQueueThatWasRemoved() {
    var waited = new Overflow.Trigger.Waited(Duration.ofSeconds(40));
    var away = new Overflow.Target.Away(Overflow.Target.Kind.VOICEMAIL, "");
    open(billing().withOverflow(List.of(new Overflow(waited, away))));
    open(Queue.of(ORDERS, SKILL));
    seat(ANN);
    caller();
    Instant offerEnds = now.plusSeconds(20);
    tell(new AcdEvent.QueueRemoved(now, BILLING, ORDERS));
    assertThat(router.nextDeadline()).contains(offerEnds);
    tell(new AcdEvent.OfferRinging(now, lastOffer().offer()));
    tell(new AcdEvent.OfferRejected(now, lastOffer().offer(), "declined"));
    assertThat(router.nextDeadline()).isEmpty();
  }
}
