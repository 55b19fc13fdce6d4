package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.cti.event.CallEvent.CallEnded;
import org.switchroom.cti.event.CenterEvent.EngineStarted;
import org.switchroom.cti.event.CenterEvent.WallClockSet;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;

/// The engine's time never falls. By the clock on the wall queues open and close, and the PBX tells
/// when something was. After each input the floor compares the state with the ledger's.
class WallClockTest {
  private static final Duration TEN_HOURS_BACK = Duration.ofHours(-10);

  /// It is nine in the morning.
  private static TestFloor open(int from, int to) {
    var rule =
        new Overflow(
            new Overflow.Trigger.Closed(true),
            new Overflow.Target.Away(Overflow.Target.Kind.HANG_UP, ""));
    return TestPlan.of("sales")
        .agents("ann")
        .routes(
            "sales",
            queue ->
                queue.withHours(Optional.of(TestPlan.hours(from, to))).withOverflow(List.of(rule)))
        .open();
  }

  private static List<Duration> told(TestFloor floor) {
    return floor.events(WallClockSet.class).stream().map(WallClockSet::ahead).toList();
  }

  private static boolean waits(TestFloor floor, CallId call) {
    return floor.contact(call).waits();
  }

  @Test
  void aQueueOpensByTheWallAfterARestartThatGoesOnTenHoursLater() {
    var floor = open(8, 18);
    floor.after(Duration.ofHours(10)).crashes();
    floor.clockIs(TEN_HOURS_BACK).starts().connect();
    assertThat(told(floor)).containsExactly(TEN_HOURS_BACK);
    assertThat(floor.turns())
        .filteredOn(turn -> turn.events().contains(new WallClockSet(TEN_HOURS_BACK)))
        .flatExtracting(Turn::events)
        .as("before anything else")
        .hasAtLeastOneElementOfType(EngineStarted.class);
    CallId call = floor.caller();
    assertThat(waits(floor, call)).as("it is nine by the wall, and the queue is open").isTrue();
    floor.after(Duration.ofHours(9).minusSeconds(1));
    assertThat(waits(floor, call)).as("a second to six").isTrue();
    floor.after(1);
    assertThat(floor.commands()).containsExactly(new PbxCommand.HangUpCall(call));
    assertThat(told(floor)).hasSize(1);
  }

  @Test
  void nobodyIsRoutedByTheOldClockAfterARestart() {
    var floor = open(8, 18);
    floor.crashes().clockIs(TEN_HOURS_BACK).starts();
    CallId call = floor.caller();
    floor.connect();
    assertThat(floor.commands())
        .as("it is eleven at night by the wall")
        .contains(new PbxCommand.HangUpCall(call));
  }

  @Test
  void whoWaitsDoesSoWhenTheClockIsSetBack() {
    var floor = open(8, 18);
    floor.after(Duration.ofHours(8));
    CallId call = floor.caller();
    floor.clockIs(Duration.ofHours(-6));
    floor.after(Duration.ofHours(6));
    assertThat(waits(floor, call)).as("five by the wall").isTrue();
    floor.clockIs(Duration.ZERO);
    assertThat(floor.commands()).containsExactly(new PbxCommand.HangUpCall(call));
    assertThat(told(floor)).containsExactly(Duration.ofHours(-6), Duration.ZERO);
  }

  @Test
  void aClockThatIsSetForwardClosesTheQueueWithoutAnyOtherInput() {
    var floor = open(8, 18);
    CallId call = floor.caller();
    floor.clockIs(Duration.ofHours(10));
    assertThat(floor.commands()).containsExactly(new PbxCommand.HangUpCall(call));
  }

  @Test
  void whatAClockWaversByIsNoNews() {
    var floor = open(8, 18);
    for (int step = 0; step < 100; step++) {
      floor.clockIs(Duration.ofMillis(step % 2 == 0 ? 1_900 : -40));
      floor.after(1).caller();
    }
    assertThat(told(floor)).isEmpty();
    floor.clockIs(Duration.ofMillis(2_001));
    assertThat(told(floor)).hasSize(1);
  }

  /// A set clock, walked off slowly, is told in small steps.
  @Test
  void aClockThatIsWalkedOffIsToldEveryTwoSeconds() {
    var floor = open(8, 18);
    floor.clockIs(Duration.ofSeconds(-10));
    for (int tenths = 99; tenths >= 0; tenths--) {
      floor.clockIs(Duration.ofMillis(-100L * tenths)).after(1);
    }
    assertThat(told(floor)).hasSizeBetween(4, 6);
  }

  // ── What the PBX tells ──────────────────────────────────────────────────────────────────────

  @Test
  void whoIsFoundOnThePbxIsAsOldAsTheyAre() {
    var floor = open(0, 23).after(Duration.ofHours(11));
    floor.clockIs(TEN_HOURS_BACK).linkIsLost();
    CallId call = floor.arrives();
    floor.holds(call);
    floor.after(30).connect();
    assertThat(floor.contact(call).stay().orElseThrow().since())
        .isEqualTo(floor.now.minusSeconds(30));
  }

  @Test
  void whatHasEndedMeanwhileHasDoneSoWhenItDid() {
    var floor = open(0, 23).after(Duration.ofHours(11));
    floor.crashes().clockIs(TEN_HOURS_BACK).starts().connect();
    CallId call = floor.caller();
    floor.crashes();
    floor.after(20).happens(new PbxEvent.CallEnded(floor.now, call));
    floor.after(10).starts().connect();
    assertThat(floor.events(CallEnded.class))
        .extracting(CallEnded::ended)
        .containsExactly(floor.now.minusSeconds(10));
    assertThat(floor.events(ContactLeft.class))
        .extracting(ContactLeft::waited)
        .containsExactly(Duration.ofSeconds(20));
  }
}
