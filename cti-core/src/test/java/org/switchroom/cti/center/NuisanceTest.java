package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.customer.BlockedCaller;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;

/// Callers who are not taken, and talks that an agent ends because of how the caller speaks.
class NuisanceTest {
  private static final TestPlan PLAN = TestPlan.of("q").agents("ann");

  /// As the first caller of a floor has it.
  private static final String FIRST = "+8862230001";

  private static BlockedCaller blocked(String number, Optional<Instant> until) {
    return new BlockedCaller(number, "shouts", TestFloor.NINE, until, "sam");
  }

  private static TestFloor floor(Optional<Instant> until) {
    var floor = PLAN.open().ready("ann");
    floor.takes(new Input.CallersBlocked(List.of(blocked(FIRST, until))));
    return floor;
  }

  private static String asks(TestFloor floor, CallId call, String number) {
    Input.Origin origin = floor.origin(call, "blocked");
    floor.takes(new Input.BlockAsked(origin, number));
    return floor.scriptAnswer(origin);
  }

  // ── Blocked ─────────────────────────────────────────────────────────────────────────────────

  @Test
  void whoIsBlockedIsNotTakenAndTheHistorySaysSo() {
    var floor = floor(Optional.empty());
    CallId call = floor.arrives();
    assertThat(asks(floor, call, FIRST)).isEqualTo(Input.BLOCKED);
    floor.after(3).leaves(call);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.BLOCKED);
    assertThat(floor.rings()).isEmpty();
    CallId other = floor.arrives();
    assertThat(asks(floor, other, "+8862230002")).isEqualTo(Input.NOT_KEPT);
    assertThat(asks(floor, other, "")).as("hidden").isEqualTo(Input.NOT_KEPT);
  }

  @Test
  void aBlockEndsByTheClockOnTheWall() {
    var floor = floor(Optional.of(TestFloor.NINE.plusSeconds(60)));
    CallId call = floor.arrives();
    assertThat(asks(floor, call, FIRST)).isEqualTo(Input.BLOCKED);
    floor.after(30).clockIs(Duration.ofSeconds(31));
    assertThat(asks(floor, call, FIRST)).isEqualTo(Input.NOT_KEPT);
  }

  @Test
  void whoIsTakenBackIsTakenAndAnotherConfigurationBlocksStill() {
    var floor = floor(Optional.empty());
    CallId call = floor.arrives();
    floor.reload(plan -> plan);
    assertThat(asks(floor, call, FIRST)).isEqualTo(Input.BLOCKED);
    floor.takes(new Input.CallersBlocked(List.of()));
    assertThat(asks(floor, floor.arrives(), FIRST)).isEqualTo(Input.NOT_KEPT);
  }

  /// No script could be reached: the dialplan holds them at once.
  @Test
  void whoIsBlockedDoesNotWaitInAQueueEither() {
    var floor = floor(Optional.empty());
    CallId call = floor.holds(floor.arrives());
    assertThat(floor.commands()).contains(new PbxCommand.HangUpCall(call));
    assertThat(floor.contact(call).waits()).isFalse();
    floor.leaves(call);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.BLOCKED);
    assertThat(floor.contact(floor.caller()).waits()).as("somebody else").isTrue();
  }

  // ── Ended ───────────────────────────────────────────────────────────────────────────────────

  @Test
  void anAgentEndsATalkAndTheCallerIsToldWhy() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.answers("ann");
    assertThat(floor.after(5).desk("ann").endsAbusive(call, " ")).contains(Refusal.REASON_MISSING);
    assertThat(floor.desk("ann").endsAbusive(call, "threats")).isEmpty();
    assertThat(floor.commands())
        .containsSubsequence(
            new PbxCommand.Adopt(call, leg, "ann", Input.ABUSIVE), new PbxCommand.HangUpLeg(leg));
    assertThat(floor.events(TalkEnded.class))
        .singleElement()
        .satisfies(talk -> assertThat(talk.end()).isEqualTo(TalkEnd.ABUSIVE));
    assertThat(floor.events(Noted.class))
        .contains(new Noted("ann", Deed.ENDED_ABUSIVE_CALL, "contact call-1: threats"));
    assertThat(floor.desk("ann").endsAbusive(call, "threats")).contains(Refusal.NO_CALL);
    floor.ends("ann", LegEnd.HUNG_UP);
    floor.after(4).leaves(call);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
    assertThat(floor.events(TalkEnded.class)).as("the leg's end is no other").hasSize(1);
  }

  @Test
  void whomTheAgentHasPutOnHoldIsHungUp() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.putsOnHold(call);
    assertThat(floor.desk("ann").endsAbusive(call, "threats")).isEmpty();
    assertThat(floor.commands()).contains(new PbxCommand.HangUpCall(call));
    floor.leaves(call);
    assertThat(floor.events(TalkEnded.class))
        .extracting(TalkEnded::end)
        .containsExactly(TalkEnd.ABUSIVE);
  }

  @Test
  void onlyWhoHasTheCallEndsIt() {
    var floor = TestPlan.of("q").agents("ann", "ben").open().ready("ann", "ben");
    CallId call = floor.caller();
    assertThat(floor.desk("ann").endsAbusive(call, "threats"))
        .as("it rings only")
        .contains(Refusal.NO_CALL);
    floor.answers("ann");
    assertThat(floor.desk("ben").endsAbusive(call, "threats")).contains(Refusal.NO_CALL);
    assertThat(floor.engine.state().agent(new AgentId("ann")).orElseThrow().contacts()).hasSize(1);
  }
}
