package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Plan;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;

/// A router loads what another remembered in the middle of a random day, with a configuration of
/// another random day in which some of its queues and agents are missing and others are new.
/// Nothing is thrown, then or later; everybody is loaded or named; and the changes say what became
/// another.
class LoadTest {
  private SplittableRandom random;
  private RouterMemory memory;
  private Plan plan;
  private Instant now;
  private final Router router = new Router();
  private MemoryFold fold;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyMemoryIsLoadedWithAnyConfiguration(long seed) {
    random = new SplittableRandom(seed);
    var day = new RandomDay(seed, 10, 5, 4);
    day.play(random.nextInt(100, 600));
    memory = day.memory();
    now = day.now();
    plan = partOf(day.plan(), new RandomDay(seed + 1_000, 12, 7, 4).plan());

    router.remember(true);
    List<NotLoaded> left = router.load(now, plan, memory);

    fold = new MemoryFold(memory);
    drain();
    everybodyIsLoadedOrNamed(left);
    for (int i = 0; i < 150; i++) goOn();
    assertThat(router.memory().agents().stream().map(AgentMemory::agent))
        .containsAll(plan.agents().stream().map(AgentProfile::id).toList());
  }

  /// Each queue and agent as before, as in the other plan, or not at all.
  private Plan partOf(Plan day, Plan other) {
    var queues = new ArrayList<Queue>();
    for (Queue queue : other.queues()) {
      Queue before =
          day.queues().stream()
              .filter(one -> one.id().equals(queue.id()))
              .findFirst()
              .orElse(queue);
      int fate = random.nextInt(4);
      if (fate > 0) queues.add(fate == 1 ? queue : before);
    }
    var agents = new ArrayList<AgentProfile>();
    for (AgentProfile agent : other.agents()) if (random.nextInt(4) > 0) agents.add(agent);
    return new Plan(queues, agents, random.nextBoolean() ? day.routing() : other.routing());
  }

  private void everybodyIsLoadedOrNamed(List<NotLoaded> left) {
    RouterMemory loaded = router.memory();
    var contacts = new ArrayList<ContactId>();
    loaded.contacts().forEach(contact -> contacts.add(contact.contact()));
    var agents = new ArrayList<AgentId>();
    loaded.agents().forEach(agent -> agents.add(agent.agent()));
    var inHand = new ArrayList<ContactId>();
    loaded.agents().forEach(agent -> agent.inHand().forEach(one -> inHand.add(one.contact())));
    var queues = new ArrayList<QueueId>();
    loaded.queues().forEach(queue -> queues.add(queue.queue()));
    Set<AgentId> planned = new HashSet<>(plan.agents().stream().map(AgentProfile::id).toList());
    Set<QueueId> there = new HashSet<>(plan.queues().stream().map(Queue::id).toList());
    for (NotLoaded one : left) {
      switch (one) {
        case NotLoaded.OfQueue(var queue) -> {
          assertThat(there).doesNotContain(queue.queue());
          queues.add(queue.queue());
        }
        case NotLoaded.OfAgent(var agent) -> {
          assertThat(planned).doesNotContain(agent.agent());
          agents.add(agent.agent());
        }
        case NotLoaded.OfContact(var contact) -> contacts.add(contact.contact());
        case NotLoaded.OfInHand(_, var held) -> {
          assertThat(held.stage().isOffer()).isTrue();
          inHand.add(held.contact());
        }
      }
    }
    assertThat(contacts)
        .containsExactlyInAnyOrderElementsOf(
            memory.contacts().stream().map(ContactMemory::contact).toList());
    assertThat(inHand)
        .containsExactlyInAnyOrderElementsOf(
            memory.agents().stream()
                .flatMap(agent -> agent.inHand().stream())
                .map(AgentMemory.AssignmentMemory::contact)
                .toList());
    assertThat(agents)
        .doesNotHaveDuplicates()
        .containsAll(memory.agents().stream().map(AgentMemory::agent).toList())
        .containsAll(planned);
    assertThat(queues)
        .doesNotHaveDuplicates()
        .containsAll(memory.queues().stream().map(QueueMemory::queue).toList())
        .containsAll(there);
  }

  // ── The day goes on ─────────────────────────────────────────────────────────────────────────

  private void goOn() {
    now = now.plusMillis(random.nextInt(3_000));
    RouterMemory before = router.memory();
    if (before.agents().isEmpty()) return;
    AgentMemory agent = before.agents().get(random.nextInt(before.agents().size()));
    tell(
        switch (random.nextInt(8)) {
          case 0 -> new AcdEvent.AgentLoggedIn(now, agent.agent());
          case 1, 2 -> new AcdEvent.AgentReady(now, agent.agent());
          case 3 -> new AcdEvent.AgentNotReady(now, agent.agent(), "break");
          case 4 -> new AcdEvent.PhoneChanged(now, agent.agent(), random.nextInt(3) > 0);
          case 5 -> left(before);
          default -> new AcdEvent.TimePassed(now);
        });
    for (AgentMemory.AssignmentMemory one : agent.inHand()) tell(next(one));
    drain();
    for (AgentMemory one : router.memory().agents()) {
      assertThat(one.leaving().isPresent() && one.inHand().isEmpty()).as("%s", one).isFalse();
    }
  }

  private AcdEvent left(RouterMemory before) {
    if (before.contacts().isEmpty()) return new AcdEvent.TimePassed(now);
    int one = random.nextInt(before.contacts().size());
    return new AcdEvent.ContactLeft(now, before.contacts().get(one).contact());
  }

  private AcdEvent next(AgentMemory.AssignmentMemory held) {
    return switch (held.stage()) {
      case RESERVED, RINGING ->
          random.nextBoolean()
              ? new AcdEvent.OfferAccepted(now, held.offer().orElseThrow())
              : new AcdEvent.OfferRejected(now, held.offer().orElseThrow(), "declined");
      case TALKING, CONSULTING -> new AcdEvent.ContactEnded(now, held.contact());
      case WRAP_UP -> new AcdEvent.WrapUpCompleted(now, held.contact());
    };
  }

  private void tell(AcdEvent fact) {
    router.on(fact, _ -> {});
  }

  private void drain() {
    router.drainChanges(fold::apply);
    assertThat(router.memory().changesSince(fold.memory())).isEmpty();
    assertThat(fold.memory()).isEqualTo(router.memory());
  }
}
