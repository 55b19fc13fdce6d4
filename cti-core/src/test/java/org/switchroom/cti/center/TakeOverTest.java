package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.event.CallEvent.SupervisionEnded;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.Supervision;

/// A supervisor takes a caller over from an agent. Whoever hangs up in this moment, the caller is
/// with somebody, or waits.
class TakeOverTest {
  private static final String SUP = TestPlan.SUPERVISOR.value();

  private final TestFloor floor = TestPlan.of("sales").agent("ann", "sales").open();

  private CallId call;
  private LegId anns;
  private LegId sups;

  @BeforeEach
  void aSupervisorListensToAnn() {
    listens(floor);
  }

  private void listens(TestFloor on) {
    on.ready("ann");
    call = on.caller("sales");
    anns = on.answers("ann");
    on.after(5);
    assertThat(on.desk(SUP).supervises("ann", Supervision.LISTEN)).isEmpty();
    sups =
        on.commands().stream()
            .filter(PbxCommand.Supervise.class::isInstance)
            .map(one -> ((PbxCommand.Supervise) one).leg())
            .reduce((_, last) -> last)
            .orElseThrow();
  }

  private void takesOver() {
    floor.happens(new PbxEvent.SupervisorConnected(floor.now, sups, Supervision.LISTEN));
    assertThat(floor.desk(SUP).takesOver()).isEmpty();
    assertThat(floor.commands()).endsWith(new PbxCommand.TakeOver(call, sups, anns, SUP));
  }

  private void talks(LegId leg) {
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
  }

  private void ends(LegId leg) {
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
  }

  private void supervisorHasTheCaller() {
    assertThat(floor.engine.state().call(call).orElseThrow().talker()).isEqualTo(new AgentId(SUP));
    assertThat(floor.engine.state().call(call).orElseThrow().supervisors()).isEmpty();
    assertThat(floor.state(SUP)).as("on the wallboard").isEqualTo("talking");
    ends(sups);
    floor.leaves(call);
    assertThat(floor.last(ContactClosed.class).outcome()).isEqualTo(ContactOutcome.ANSWERED);
    assertThat(floor.engine.state().agent(new AgentId(SUP))).as("is no agent").isEmpty();
  }

  @Test
  void theAgentHasTheCallerUntilThePbxSaysOtherwise() {
    takesOver();
    assertThat(floor.state("ann")).isEqualTo("talking");
    talks(sups);
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.last(TalkEnded.class).end()).isEqualTo(TalkEnd.TRANSFERRED);
    assertThat(floor.commands())
        .contains(new PbxCommand.Adopt(call, sups, SUP, ""), new PbxCommand.HangUpLeg(anns))
        .doesNotContain(new PbxCommand.HangUpLeg(sups));
    assertThat(floor.events(Noted.class))
        .extracting(Noted::what)
        .contains(Deed.TOOK_OVER_CALLER)
        .doesNotContain(Deed.LEFT_TALK);
    ends(anns);
    supervisorHasTheCaller();
  }

  @Test
  void whoServesTooHasTheCallerAtTheirDesk() {
    var both = TestPlan.of("sales").agent("ann", "sales").agent(SUP, "sales").open();
    both.desk(SUP).logsIn();
    listens(both);
    both.happens(new PbxEvent.SupervisorConnected(both.now, sups, Supervision.BARGE));
    assertThat(both.desk(SUP).takesOver()).isEmpty();
    both.happens(new PbxEvent.LegConnected(both.now, sups));
    assertThat(both.state(SUP)).isEqualTo("talking");
    assertThat(both.screens().pops.get(new AgentId(SUP))).containsKey(TestFloor.contactOf(call));
  }

  @Test
  void aCallerOnHoldIsTakenOverToo() {
    floor.putsOnHold(call);
    takesOver();
    talks(sups);
    assertThat(floor.commands()).contains(new PbxCommand.HangUpLeg(anns));
    supervisorHasTheCaller();
  }

  @Test
  void anAgentWhoHangsUpInThisMomentChangesNothing() {
    takesOver();
    ends(anns);
    assertThat(floor.commands()).doesNotContain(new PbxCommand.HangUpLeg(sups));
    talks(sups);
    supervisorHasTheCaller();
  }

  @Test
  void anAgentWhoHangsUpWithTheCallerOnHoldEndsNothing() {
    floor.putsOnHold(call);
    takesOver();
    ends(anns);
    assertThat(floor.commands()).doesNotContain(new PbxCommand.HangUpCall(call));
    talks(sups);
    supervisorHasTheCaller();
  }

  @Test
  void aSupervisorWhoHangsUpInThisMomentLeavesTheCallerToTheAgent() {
    takesOver();
    ends(sups);
    talks(anns);
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.events(SupervisionEnded.class)).hasSize(1);
  }

  /// Their phone does not leave the talk, as one does that is stuck.
  @Test
  void aSupervisorWhoIsNotReachedIsOutOfIt() {
    takesOver();
    talks(anns);
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.commands()).endsWith(new PbxCommand.HangUpLeg(sups));
    assertThat(floor.desk(SUP).takesOver()).contains(Refusal.NO_TALK);
  }

  @Test
  void whereNobodyIsLeftTheCallerWaits() {
    takesOver();
    ends(anns);
    ends(sups);
    floor.happens(new PbxEvent.CallQueued(floor.now, call));
    assertThat(floor.contact(call).waits()).isTrue();
    assertThat(floor.commands()).doesNotContain(new PbxCommand.HangUpCall(call));
  }

  @Test
  void aSupervisorWhoIsThereStillWhenTheCallerWaitsIsHungUp() {
    takesOver();
    ends(anns);
    floor.happens(new PbxEvent.CallQueued(floor.now, call));
    assertThat(floor.commands()).contains(new PbxCommand.HangUpLeg(sups));
    assertThat(floor.contact(call).waits()).isTrue();
  }

  @Test
  void aCallerWhoHangsUpInThisMomentEndsItForAll() {
    takesOver();
    floor.leaves(call);
    assertThat(floor.commands()).contains(new PbxCommand.HangUpLeg(sups));
    assertThat(floor.engine.state().call(call)).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void whatHasHappenedWhileNothingWasToldIsFound() {
    takesOver();
    floor.linkIsLost();
    floor.happensUnheard(new PbxEvent.LegConnected(floor.now, sups));
    floor.happensUnheard(new PbxEvent.LegEnded(floor.now, anns, LegEnd.HUNG_UP));
    floor.connect();
    assertThat(floor.state("ann")).isEqualTo("ready");
    supervisorHasTheCaller();
  }

  /// It was never told so, or the supervisor was not reached while the link was lost.
  @Test
  void aTakeOverThatCameToNothingUnheardIsOver() {
    takesOver();
    floor.linkIsLost();
    floor.happensUnheard(new PbxEvent.LegConnected(floor.now, anns));
    floor.after(16).connect();
    isBack();
  }

  @Test
  void aTakeOverThatCameToNothingIsSeenInThePbxsList() {
    takesOver();
    floor.happensUnheard(new PbxEvent.LegConnected(floor.now, anns));
    floor.compares().compares();
    isBack();
  }

  private void isBack() {
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.commands()).contains(new PbxCommand.HangUpLeg(sups));
    assertThat(floor.engine.state().call(call).orElseThrow().supervisors()).isEmpty();
    assertThat(floor.desk("ann").holds(call)).isEmpty();
  }

  /// Both would move the caller, who would wait for one of them for ever.
  @Test
  void theAgentMovesNobodyWhoIsTakenOverInThisMoment() {
    takesOver();
    assertThat(floor.desk("ann").holds(call)).contains(Refusal.TAKEN_OVER);
    assertThat(floor.desk("ann").asksQueue(call, "sales", "")).contains(Refusal.TAKEN_OVER);
    assertThat(floor.desk("ann").givesToQueue(call, "sales")).contains(Refusal.TAKEN_OVER);
    assertThat(floor.desk("ann").endsAbusive(call, "shouts")).contains(Refusal.TAKEN_OVER);
    assertThat(floor.desk("ann").moves(call)).contains(Refusal.TAKEN_OVER);
    assertThat(floor.desk("ann").conferences(call)).contains(Refusal.TAKEN_OVER);
    assertThat(floor.desk("ann").hangsUp(call)).isEmpty();
  }

  @Test
  void overARestartItGoesOn() {
    takesOver();
    floor.restarts();
    assertThat(floor.pbx.place(call)).contains(Place.TALKING);
    talks(sups);
    supervisorHasTheCaller();
  }

  @Test
  void whoDoesNotListenYetTakesNobodyOver() {
    assertThat(floor.desk(SUP).takesOver()).contains(Refusal.NO_TALK);
    assertThat(floor.desk("ann").takesOver()).contains(Refusal.NO_TALK);
  }

  @Test
  void aSecondClickIsNoFaultAndDoesNothing() {
    takesOver();
    int before = floor.commands().size();
    assertThat(floor.desk(SUP).takesOver()).isEmpty();
    assertThat(floor.desk(SUP).supervises("ann", Supervision.WHISPER)).isEmpty();
    assertThat(floor.commands()).hasSize(before);
  }

  @Test
  void nobodyListensToTheAgentAnyMore() {
    takesOver();
    talks(sups);
    assertThat(floor.screens().supervisors.get(new AgentId("ann"))).isEmpty();
  }
}
