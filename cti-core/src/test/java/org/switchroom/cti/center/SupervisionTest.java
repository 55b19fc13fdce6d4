package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.call.Party;
import org.switchroom.cti.event.CallEvent.SupervisionBegan;
import org.switchroom.cti.event.CallEvent.SupervisionEnded;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.pbx.Supervision;
import org.switchroom.cti.screens.AgentView;
import org.switchroom.cti.screens.SupervisionView.Supervisor;

/// Supervisors listen to talks, whisper and join; caller and agent go on whatever becomes of them.
class SupervisionTest {
  private static final String SUP = TestPlan.SUPERVISOR.value();

  private final TestFloor floor =
      TestPlan.of("sales").agent("ann", "sales").agent("ben", "sales").open();

  private CallId call;
  private LegId anns;

  @BeforeEach
  void annTalks() {
    floor.ready("ann");
    call = floor.caller("sales");
    anns = floor.answers("ann");
    floor.after(5);
  }

  private PbxCommand.Supervise rung() {
    return floor.commands().stream()
        .filter(PbxCommand.Supervise.class::isInstance)
        .map(PbxCommand.Supervise.class::cast)
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private LegId listens(Supervision how) {
    assertThat(floor.desk(SUP).supervises("ann", how)).isEmpty();
    LegId leg = rung().leg();
    floor.happens(new PbxEvent.LegRinging(floor.now, leg));
    floor.happens(new PbxEvent.SupervisorConnected(floor.now, leg, how));
    return leg;
  }

  private List<Supervisor> shown() {
    return floor.screens().supervisors.getOrDefault(new AgentId("ann"), List.of());
  }

  private Optional<Supervision> toldToAnn() {
    return floor.screens().agents.get(new AgentId("ann")).supervised();
  }

  @Test
  void aSupervisorsPhoneIsRungAndHearsTheAgentsLeg() {
    assertThat(floor.desk(SUP).supervises("ann", Supervision.LISTEN)).isEmpty();
    PbxCommand.Supervise rung = rung();
    assertThat(rung.agents()).isEqualTo(anns);
    assertThat(rung.phone()).isEqualTo(TestPlan.SUPERVISORS_PHONE);
    assertThat(rung.shown()).isEqualTo("Ann");
    assertThat(shown()).containsExactly(new Supervisor(SUP, Supervision.LISTEN, false));
    assertThat(toldToAnn()).as("nobody listens yet").isEmpty();
    floor.happens(new PbxEvent.SupervisorConnected(floor.now, rung.leg(), Supervision.LISTEN));
    assertThat(shown()).containsExactly(new Supervisor(SUP, Supervision.LISTEN, true));
    assertThat(toldToAnn()).contains(Supervision.LISTEN);
    assertThat(floor.state("ann")).isEqualTo("talking");
  }

  @Test
  void howTheyTakePartChangesAndTheAuditHasEach() {
    LegId leg = listens(Supervision.LISTEN);
    assertThat(floor.desk(SUP).supervises("ann", Supervision.WHISPER)).isEmpty();
    assertThat(floor.commands()).endsWith(new PbxCommand.SuperviseBy(leg, Supervision.WHISPER));
    assertThat(toldToAnn()).as("not before the PBX has done it").contains(Supervision.LISTEN);
    floor.happens(new PbxEvent.SupervisorConnected(floor.now, leg, Supervision.WHISPER));
    floor.happens(new PbxEvent.SupervisorConnected(floor.now, leg, Supervision.WHISPER));
    assertThat(toldToAnn()).contains(Supervision.WHISPER);
    assertThat(floor.events(SupervisionBegan.class)).hasSize(2);
    assertThat(floor.events(Noted.class))
        .filteredOn(noted -> noted.what() == Deed.SUPERVISED_TALK)
        .extracting(Noted::about)
        .containsExactly(
            "agent ann, contact %s: listen".formatted(TestFloor.contactOf(call)),
            "agent ann, contact %s: whisper".formatted(TestFloor.contactOf(call)));
    floor.hangsUp("ann");
    assertThat(floor.last(Noted.class).what()).isEqualTo(Deed.LEFT_TALK);
  }

  /// What they have pressed was meant for the talk that they saw.
  @Test
  void nobodyTakesPartInTheNextTalkInstead() {
    ContactId first = TestFloor.contactOf(call);
    listens(Supervision.LISTEN);
    floor.leaves(call);
    CallId next = floor.caller();
    floor.ready("ann").answers("ann");
    assertThat(floor.desk(SUP).supervises("ann", first, Supervision.BARGE))
        .contains(Refusal.NO_TALK);
    ContactId second = TestFloor.contactOf(next);
    assertThat(floor.desk(SUP).supervises("ann", second, Supervision.LISTEN)).isEmpty();
    var late = new Input.TakeOver(new CommandId("late", 1), new AgentId(SUP), first);
    assertThat(floor.asks(late)).contains(Refusal.NO_TALK);
  }

  /// Their phone would ring beside their own call, and on when that is over.
  @Test
  void nobodysPhoneRingsForAnothersTalkInACallOfTheirOwn() {
    var two = TestPlan.of("sales").agents("ann", SUP).open();
    two.ready("ann").caller();
    two.answers("ann");
    CallId own = two.ready(SUP).caller();
    two.rings(SUP);
    Desk sup = two.desk(SUP);
    assertThat(sup.supervises("ann", Supervision.LISTEN)).contains(Refusal.IN_CALL);
    two.answers(SUP);
    assertThat(sup.supervises("ann", Supervision.LISTEN)).contains(Refusal.IN_CALL);
    two.leaves(own);
    String phone = TestPlan.SUPERVISORS_PHONE;
    two.happens(new PbxEvent.PhoneChanged(two.now, phone, PhoneState.UNREACHABLE));
    assertThat(sup.supervises("ann", Supervision.LISTEN)).contains(Refusal.PHONE_AWAY);
    two.happens(new PbxEvent.PhoneChanged(two.now, phone, PhoneState.AVAILABLE));
    assertThat(sup.supervises("ann", Supervision.LISTEN)).isEmpty();
    String desk = TestPlan.HOT_DESKS.getFirst();
    assertThat(sup.sitsAt(desk)).as("the phone rings").contains(Refusal.PHONE_IN_USE);
    sup.supervisesNoMore();
    assertThat(sup.sitsAt(desk)).isEmpty();
  }

  @Test
  void whoHangsUpAsASupervisorEndsNothing() {
    LegId leg = listens(Supervision.BARGE);
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(shown()).isEmpty();
    assertThat(toldToAnn()).isEmpty();
    floor.after(1);
    listens(Supervision.LISTEN);
    LegId again = rung().leg();
    assertThat(again).isNotEqualTo(leg);
    assertThat(floor.desk(SUP).supervisesNoMore()).isEmpty();
    assertThat(floor.commands()).endsWith(new PbxCommand.HangUpLeg(again));
    assertThat(floor.state("ann")).isEqualTo("talking");
  }

  /// Also where the caller is on hold, whose end would else be the agent's leg's.
  @Test
  void aSupervisorsEndOnHoldLeavesTheCallerOnHold() {
    LegId leg = listens(Supervision.LISTEN);
    floor.putsOnHold(call);
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    assertThat(floor.screens().agents.get(new AgentId("ann")).state())
        .isEqualTo(AgentView.Activity.HOLD);
    assertThat(floor.commands()).doesNotContain(new PbxCommand.HangUpCall(call));
  }

  /// The caller would hear what the two say to each other.
  @Test
  void nobodyIsHeardByWhoIsOnHold() {
    LegId leg = listens(Supervision.BARGE);
    floor.putsOnHold(call);
    assertThat(floor.commands()).endsWith(new PbxCommand.SuperviseBy(leg, Supervision.WHISPER));
    floor.happens(new PbxEvent.SupervisorConnected(floor.now, leg, Supervision.WHISPER));
    assertThat(shown()).containsExactly(new Supervisor(SUP, Supervision.WHISPER, true));
    assertThat(floor.desk(SUP).supervises("ann", Supervision.BARGE))
        .contains(Refusal.BARGE_ON_HOLD);
    floor.happens(new PbxEvent.LegConnected(floor.now, anns));
    assertThat(floor.desk(SUP).supervises("ann", Supervision.BARGE)).isEmpty();
    assertThat(floor.commands()).endsWith(new PbxCommand.SuperviseBy(leg, Supervision.BARGE));
  }

  @Test
  void whatIsWantedWhileThePhoneRingsIsSoWhenItIsAnswered() {
    floor.desk(SUP).supervises("ann", Supervision.LISTEN);
    LegId leg = rung().leg();
    assertThat(floor.desk(SUP).supervises("ann", Supervision.WHISPER)).isEmpty();
    assertThat(floor.commands()).noneMatch(PbxCommand.SuperviseBy.class::isInstance);
    floor.happens(new PbxEvent.SupervisorConnected(floor.now, leg, Supervision.LISTEN));
    assertThat(shown()).containsExactly(new Supervisor(SUP, Supervision.LISTEN, true));
    assertThat(floor.commands()).endsWith(new PbxCommand.SuperviseBy(leg, Supervision.WHISPER));
  }

  @Test
  void whoBargesInInTheMomentOfAHoldWhispers() {
    floor.desk(SUP).supervises("ann", Supervision.BARGE);
    LegId leg = rung().leg();
    floor.putsOnHold(call);
    floor.happens(new PbxEvent.SupervisorConnected(floor.now, leg, Supervision.BARGE));
    assertThat(floor.commands()).endsWith(new PbxCommand.SuperviseBy(leg, Supervision.WHISPER));
    floor.happens(new PbxEvent.SupervisorConnected(floor.now, leg, Supervision.WHISPER));
    floor.happens(new PbxEvent.SupervisorConnected(floor.now, leg, Supervision.BARGE));
    assertThat(floor.commands()).endsWith(new PbxCommand.SuperviseBy(leg, Supervision.WHISPER));
  }

  @Test
  void withTheTalkItIsOver() {
    LegId leg = listens(Supervision.LISTEN);
    floor.hangsUp("ann");
    assertThat(floor.commands()).contains(new PbxCommand.HangUpLeg(leg));
    assertThat(floor.last(SupervisionEnded.class).leg()).isEqualTo(leg);
    assertThat(shown()).isEmpty();
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    assertThat(floor.events(SupervisionEnded.class)).hasSize(1);
  }

  @Test
  void aPhoneThatStillRingsForATalkThatIsOverIsStopped() {
    floor.desk(SUP).supervises("ann", Supervision.LISTEN);
    LegId leg = rung().leg();
    floor.leaves(call);
    assertThat(floor.commands()).contains(new PbxCommand.HangUpLeg(leg));
    // It was answered in this moment: nobody hears what nobody has asked for.
    floor.happens(new PbxEvent.SupervisorConnected(floor.now, leg, Supervision.LISTEN));
    assertThat(floor.commands()).endsWith(new PbxCommand.HangUpLeg(leg));
    assertThat(floor.events(SupervisionBegan.class)).isEmpty();
  }

  @Test
  void whoTurnsToAnotherTalkLeavesTheFirst() {
    LegId first = listens(Supervision.LISTEN);
    floor.ready("ben");
    floor.caller("sales");
    floor.answers("ben");
    assertThat(floor.desk(SUP).supervises("ben", Supervision.LISTEN)).isEmpty();
    assertThat(floor.commands()).contains(new PbxCommand.HangUpLeg(first));
    assertThat(shown()).isEmpty();
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThat(floor.desk(SUP).supervises("ben", Supervision.LISTEN)).contains(Refusal.NO_TALK);
    assertThat(floor.desk("ben").supervises("ann", Supervision.LISTEN)).contains(Refusal.NO_PHONE);
    assertThat(floor.desk(SUP).supervises(SUP, Supervision.LISTEN)).contains(Refusal.OWN_TALK);
    assertThat(floor.desk(SUP).supervisesNoMore()).contains(Refusal.NO_TALK);
    floor.linkIsLost();
    assertThat(floor.desk(SUP).supervises("ann", Supervision.LISTEN)).contains(Refusal.PBX_DOWN);
  }

  @Test
  void overARestartTheyListenOnAndWhoHasLeftMeanwhileIsGone() {
    LegId leg = listens(Supervision.LISTEN);
    floor.restarts();
    assertThat(shown()).containsExactly(new Supervisor(SUP, Supervision.LISTEN, true));
    floor.linkIsLost();
    floor.happensUnheard(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    floor.connect();
    assertThat(shown()).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("talking");
  }

  @Test
  void whoHasAnsweredWhileNothingWasToldListens() {
    floor.desk(SUP).supervises("ann", Supervision.LISTEN);
    LegId leg = rung().leg();
    floor.linkIsLost();
    floor.happensUnheard(new PbxEvent.SupervisorConnected(floor.now, leg, Supervision.LISTEN));
    floor.connect();
    assertThat(shown()).containsExactly(new Supervisor(SUP, Supervision.LISTEN, true));
  }

  @Test
  void anEndThatNobodyTellsIsFoundByComparing() {
    LegId leg = listens(Supervision.LISTEN);
    floor.happensUnheard(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    floor.compares();
    floor.compares();
    assertThat(shown()).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("talking");
  }

  @Test
  void aSupervisorIsAPartyOfTheCall() {
    LegId leg = listens(Supervision.WHISPER);
    assertThat(floor.engine.state().call(call).orElseThrow().supervisor(leg))
        .hasValueSatisfying(
            party -> {
              assertThat(party.who()).isEqualTo(SUP);
              assertThat(party.connection()).isEqualTo(Party.Connection.CONNECTED);
              assertThat(party.supervision()).isEqualTo(Optional.of(Supervision.WHISPER));
            });
  }
}
