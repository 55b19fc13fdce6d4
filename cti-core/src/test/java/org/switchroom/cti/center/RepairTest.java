package org.switchroom.cti.center;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.ContactKind;
import org.switchroom.acd.ContactMemory;
import org.switchroom.cti.contact.Stay;
import org.switchroom.cti.event.CenterEvent.RouterRemembered;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.ContactReset;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.runtime.TurnCodec;
import org.switchroom.cti.testkit.MemoryKeys;

/// Whatever a ledger lacks, has twice or tells otherwise: it is started with, whom the PBX holds is
/// served, and no agent is stuck. Each input's turn is held to [WholeState], and to the ledger
/// folded, by the floor.
class RepairTest {
  private static final int STEPS = Integer.getInteger("switchroom.repair.steps", 45);
  private static final int STEPS_AFTER = 12;
  private static final int DAYS = Integer.getInteger("switchroom.repair.days", 1);
  private static final int DAYS_OF_KINDS = 4 * DAYS;
  private static final int STEPS_OF_KINDS = 150;

  private final long first = Long.getLong("switchroom.seed", 1L);
  private final TurnCodec codec =
      new TurnCodec(
          new MemoryKeys(),
          lost -> {
            throw new AssertionError("Of a turn's bytes this cannot be read: " + lost);
          });

  private static TestFloor day(long seed, int steps) {
    TestFloor floor = new RandomFloor(seed).goOn(steps);
    return floor.isRunning() ? floor.crashes() : floor;
  }

  /// The next process: it starts, the PBX speaks, the day goes on, and ends well.
  private static void goesOn(TestFloor before, List<Turn> known, long seed, String what) {
    try {
      var floor = new TestFloor(before, known);
      floor.connect();
      nobodyIsLost(floor);
      var day = new RandomFloor(floor, seed);
      day.goOn(STEPS_AFTER);
      day.evening();
      day.everybodyIsOffered();
    } catch (RuntimeException | AssertionError e) {
      fail("The day of seed %d (-Dswitchroom.seed=%d), %s".formatted(seed, seed, what), e);
    }
  }

  private static void nobodyIsLost(TestFloor floor) {
    for (CallId call : floor.pbx.calls()) {
      if (floor.isAside(call)) continue;
      assertThat(floor.knows(call)).as("%s lives", call).isTrue();
      assertThat(floor.outcomes(call)).as("%s is over", call).isEmpty();
    }
  }

  // ── Ledgers that are not whole ──────────────────────────────────────────────────────────────

  private static List<Turn> without(List<Turn> turns, Predicate<Event> gone) {
    return turns.stream()
        .map(turn -> with(turn, turn.events().stream().filter(gone.negate()).toList()))
        .toList();
  }

  private static Turn with(Turn turn, List<Event> events) {
    return new Turn(turn.number(), turn.at(), turn.wall(), events);
  }

  private interface Change {
    /// What stands in the place of an event.
    List<Event> of(Event event);
  }

  /// Each event in turn.
  private void eachIs(Change change, String word) {
    for (long seed = first; seed < first + DAYS; seed++) {
      TestFloor before = day(seed, STEPS);
      List<Turn> turns = List.copyOf(before.turns());
      for (int i = 0; i < turns.size(); i++) {
        List<Event> events = turns.get(i).events();
        for (int j = 0; j < events.size(); j++) {
          List<Event> instead = change.of(events.get(j));
          if (instead.equals(List.of(events.get(j)))) continue;
          var others = new ArrayList<Event>(events);
          others.remove(j);
          others.addAll(j, instead);
          var known = new ArrayList<Turn>(turns);
          known.set(i, with(turns.get(i), others));
          goesOn(before, known, seed, word + " of turn " + i + ": " + events.get(j));
        }
      }
    }
  }

  @Test
  void nothingIsRepairedOfWhatIsWhole() {
    for (long seed = first; seed < first + 10L * DAYS; seed++) {
      TestFloor before = day(seed, STEPS_OF_KINDS);
      var floor = new TestFloor(before, before.turns());
      assertThat(floor.events(ContactReset.class)).as("seed %d", seed).isEmpty();
      goesOn(before, before.turns(), seed, "whole");
    }
  }

  @Test
  void anyEventMayBeMissing() {
    eachIs(_ -> List.of(), "without");
  }

  @Test
  void anyEventMayBeThereTwice() {
    eachIs(event -> List.of(event, event), "twice");
  }

  @Test
  void anotherAgentMayHaveBeenChosen() {
    eachIs(event -> List.of(told(event, swap("ann", "ben"))), "another agent");
  }

  @Test
  void anotherQueueMayHaveBeenChosen() {
    eachIs(event -> List.of(told(event, swap("sales", "billing"))), "another queue");
  }

  @Test
  void anyKindMayBeMissing() {
    for (long seed = first; seed < first + DAYS_OF_KINDS; seed++) {
      TestFloor before = day(seed, STEPS_OF_KINDS);
      Set<Class<?>> kinds = new LinkedHashSet<>();
      before.allEvents().forEach(event -> kinds.add(kind(event)));
      for (Class<?> kind : kinds) {
        List<Turn> known = without(before.turns(), event -> kind(event).equals(kind));
        goesOn(before, known, seed, "without any " + kind.getSimpleName());
      }
    }
  }

  /// The router remembers several kinds of things.
  private static Class<?> kind(Event event) {
    return event instanceof RouterRemembered(var change) ? change.getClass() : event.getClass();
  }

  @Test
  void theRouterMayRememberNothing() {
    for (long seed = first; seed < first + DAYS_OF_KINDS; seed++) {
      TestFloor before = day(seed, STEPS_OF_KINDS);
      List<Turn> known = without(before.turns(), RouterRemembered.class::isInstance);
      goesOn(before, known, seed, "without the router's memory");
      known = without(before.turns(), event -> !(event instanceof RouterRemembered));
      goesOn(before, known, seed, "without everything but the router's memory");
    }
  }

  private static UnaryOperator<String> swap(String one, String other) {
    return text ->
        text.replace("\"" + one + "\"", "\"?\"")
            .replace("\"" + other + "\"", "\"" + one + "\"")
            .replace("\"?\"", "\"" + other + "\"");
  }

  private Event told(Event event, UnaryOperator<String> change) {
    ByteBuffer bytes =
        codec.encode(new Turn(1, TestFloor.NINE, TestFloor.NINE, List.of(event))).duplicate();
    try {
      byte[] other = change.apply(UTF_8.decode(bytes).toString()).getBytes(UTF_8);
      return codec.decode(1, other).events().getFirst();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void workThatTheRouterTookForACallerWaitsAsWork() {
    var before = TestPlan.of("sales").tasks("work").agents("ann").open();
    ContactId task = before.message(before.arrives(), "work");
    before.crashes();
    List<Turn> known =
        before.turns().stream()
            .map(turn -> with(turn, turn.events().stream().map(RepairTest::asOfACaller).toList()))
            .toList();
    var floor = new TestFloor(before, known).connect();
    assertThat(floor.events(ContactReset.class)).extracting(ContactReset::contact).contains(task);
    assertThat(floor.engine.routerMemory().contacts())
        .filteredOn(one -> Stay.contact(one.contact()).equals(task))
        .extracting(ContactMemory::kind)
        .containsExactly(ContactKind.WORK);
    assertThat(floor.ready("ann").desk("ann").answers(task)).isEmpty();
  }

  private static Event asOfACaller(Event event) {
    if (!(event instanceof RouterRemembered(ContactMemory one))) return event;
    return new RouterRemembered(
        new ContactMemory(
            one.contact(),
            one.queue(),
            one.removed(),
            one.number(),
            one.arrived(),
            one.entered(),
            one.priority(),
            one.ownAsk(),
            one.preferred(),
            one.outdated(),
            one.ask(),
            one.steps(),
            one.visited(),
            one.reach(),
            one.waited(),
            ContactKind.CALLER,
            one.passedOver(),
            one.missedBy()));
  }

  // ── The kept ledger of another build ────────────────────────────────────────────────────────

  private static final TestPlan OTHER = TestPlan.of("orders", "returns").agents("ann");

  private static List<Turn> kept() throws IOException {
    var codec = new TurnCodec(new MemoryKeys(), _ -> {});
    var turns = new ArrayList<Turn>();
    try (var in = TurnCodec.class.getResourceAsStream("ledger-of-another-build.jsonl")) {
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        turns.add(codec.decode(turns.size() + 1, line.getBytes(UTF_8)));
      }
    }
    return turns;
  }

  private static TestFloor ofAnotherBuild() throws IOException {
    var before = new TestFloor(OTHER);
    List<Turn> turns = kept();
    Instant last = turns.getLast().at();
    before.now = last.plusSeconds(3);
    return new TestFloor(before, turns);
  }

  @Test
  void aLedgerOfAnotherBuildWhoseCallsAreOver() throws Exception {
    TestFloor floor = ofAnotherBuild().connect().ready("ann");
    assertThat(floor.liveCalls()).isZero();
    assertThat(floor.engine.state().contacts()).isEmpty();
    floor.caller("orders");
    floor.answers("ann");
    assertThat(floor.stages("ann")).hasSize(1);
  }

  @Test
  void aLedgerOfAnotherBuildWhoseCallsLive() throws Exception {
    TestFloor floor = ofAnotherBuild();
    var call = new CallId("17.5");
    floor.saysOnly(live(call, floor.now));
    assertThat(floor.contact(call).waits()).isTrue();
    assertThat(floor.events(ContactClosed.class)).isEmpty();
    floor.ready("ann");
    floor.answers("ann");
    assertThat(floor.state("ann")).isEqualTo("talking");
    floor.leaves(call);
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.engine.state().contacts()).isEmpty();
  }

  private static LiveCall live(CallId call, Instant since) {
    return new LiveCall(
        call,
        new PhoneNumber("+886223000001"),
        new PhoneNumber("8001"),
        Place.QUEUED,
        "orders",
        Optional.of(since),
        0,
        "",
        "en",
        Optional.empty(),
        "");
  }
}
