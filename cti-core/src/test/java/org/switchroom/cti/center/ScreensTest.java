package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.event.About;
import org.switchroom.cti.event.AgentEvent.DeskOpened;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.figures.DayFigures;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.screens.QueueView;
import org.switchroom.cti.screens.ScreenPop;
import org.switchroom.cti.screens.ScreenProjection;
import org.switchroom.cti.testkit.RecordedScreens;

/// What screens show of what has happened.
class ScreensTest {
  private static final AgentId ANN = new AgentId("ann");

  /// Other screens than the floor's own, which know what it knows.
  private static ScreenProjection on(RecordedScreens screens, TestFloor floor) {
    var projection =
        new ScreenProjection(
            screens,
            new CenterPlan(floor.plan.settings()),
            new DayFigures(ZoneOffset.UTC, floor.now, Map.of()));
    projection.replica().restore(floor.engine.snapshot());
    return projection;
  }

  @Test
  void aPhoneWaitsForAllPopsOfItsAgent() {
    var floor =
        TestPlan.of("q")
            .agents("ann")
            .capacity("ann", new Capacity(Map.of(Channel.VOICE, 2), 2))
            .open()
            .ready("ann");
    CallId first = floor.caller();
    floor.answers("ann");
    CallId second = floor.caller();
    Map<ContactId, CompletableFuture<Void>> written = new LinkedHashMap<>();
    var screens =
        new RecordedScreens() {
          @Override
          public CompletionStage<Void> pop(
              AgentId agent, ContactId contact, Optional<ScreenPop> pop) {
            return written.computeIfAbsent(contact, _ -> new CompletableFuture<>());
          }
        };
    ScreenProjection projection = on(screens, floor);
    var shown =
        projection
            .on(new Turn(1, floor.now, floor.now, List.of(new DeskOpened(ANN))), About.NOBODY)
            .get(ANN)
            .toCompletableFuture();
    assertThat(written.keySet())
        .containsExactly(TestFloor.contactOf(first), TestFloor.contactOf(second));
    for (ContactId contact : List.copyOf(written.keySet())) {
      assertThat(shown).isNotDone();
      written.get(contact).complete(null);
    }
    assertThat(shown).isDone();
  }

  @Test
  void ofManyTurnsQueuesAreShownOnce() {
    var floor = TestPlan.of("q", "other").agents("ann").open();
    List<String> shown = new ArrayList<>();
    var screens =
        new RecordedScreens() {
          @Override
          public void show(QueueView view) {
            shown.add("%s %d".formatted(view.queue(), view.waiting()));
          }
        };
    ScreenProjection projection = on(screens, floor);
    int before = floor.turns().size();
    floor.caller();
    floor.caller();
    for (Turn turn : floor.turns().subList(before, floor.turns().size())) {
      projection.on(turn, About.NOBODY);
    }
    assertThat(shown).as("until nothing else is to be done").isEmpty();
    assertThat(projection.hasOverview()).isTrue();
    projection.overview(About.NOBODY);
    assertThat(shown).containsExactly("q 2");
    assertThat(projection.hasOverview()).isFalse();
  }

  @Test
  void whatIsOnTheScreenOfWhoIsRemovedIsTakenOff() {
    var floor = TestPlan.of("q").tasks("work").agents("ann", "ben").open().ready("ann");
    floor.caller();
    assertThat(floor.pops("ann")).hasSize(1);
    floor.reload(plan -> plan.without("ann"));
    assertThat(floor.pops("ann")).isEmpty();
    floor.ready("ben").leaves(floor.lastRing().call());
    floor.message(floor.arrives(), "work");
    assertThat(floor.tasks("ben")).hasSize(1);
    floor.reload(plan -> plan.agent("cat", "q").without("ben"));
    assertThat(floor.tasks("ben")).isEmpty();
  }

  @Test
  void whoIsConfiguredAnewIsShown() {
    var floor = TestPlan.of("q").agents("ann").open();
    floor.reload(plan -> plan.agent("cat", "q"));
    assertThat(floor.state("cat")).isEqualTo("logged-out");
    floor.ready("cat");
    floor.reload(plan -> plan.without("cat"));
    floor.after(5).reload(plan -> plan.agent("cat", "q"));
    assertThat(floor.state("cat")).isEqualTo("logged-out");
  }

  @Test
  void screensThatBeginShowWhatIs() {
    var floor =
        TestPlan.of("q")
            .agents("ann", "ben")
            .wrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(30))
            .open()
            .ready("ann", "ben");
    CallId call = floor.caller();
    floor.rings("ann");
    floor.screensAreRight();
    floor.answers("ann");
    floor.desk("ann").types(call, "", "x");
    floor.caller();
    floor.caller();
    floor.desk("sam").boosts(floor.lastRing().call(), 4);
    floor.screensAreRight();
    floor.leaves(call);
    floor.desk("ben").takesBreak("lunch");
    floor.screensAreRight();
    floor.after(30);
    floor.screensAreRight();
    floor.linkIsLost();
    floor.screensAreRight();
    floor.restarts();
    floor.screensAreRight();
  }
}
