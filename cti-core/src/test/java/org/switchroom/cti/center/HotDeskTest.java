package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.screens.HotDesk;

/// Agents sit at whichever phone is free.
class HotDeskTest {
  private static final String DESK = TestPlan.HOT_DESKS.getFirst();
  private static final String OTHER = TestPlan.HOT_DESKS.getLast();
  private static final TestPlan PLAN = TestPlan.of("q").agents("ann", "ben");

  /// With an agent who has no phone of their own, and a browser that can be one.
  private static TestPlan without(String phone) {
    AgentProfile ann = PLAN.agents().get("ann").profile();
    return PLAN.agent(
        new AgentSettings(ann, "Ann", phone, Optional.of("PJSIP/2001"), AutoAnswer.BY_QUEUE));
  }

  @Test
  void whoSitsSomewhereIsRungThereUntilTheyLogOut() {
    var floor = PLAN.open().ready("ann");
    assertThat(floor.desk("ann").sitsAt(DESK)).isEmpty();
    assertThat(floor.agent("ann").sitsAt()).isEqualTo(DESK);
    CallId call = floor.caller();
    assertThat(floor.lastRing().phone()).isEqualTo(DESK);
    floor.answers("ann");
    floor.leaves(call).restarts();
    assertThat(floor.agent("ann").sitsAt()).as("after a restart").isEqualTo(DESK);
    floor.desk("ann").logsOut();
    floor.ready("ann").caller();
    assertThat(floor.lastRing().phone()).isEqualTo(floor.plan.phone("ann"));
  }

  @Test
  void whoHasNoPhoneIsNotRungUntilTheySitSomewhere() {
    var floor = without("").open().ready("ann");
    floor.caller();
    assertThat(floor.rings()).isEmpty();
    assertThat(floor.agent("ann").sitsAt()).isEmpty();
    assertThat(floor.desk("ann").sitsAt(DESK)).isEmpty();
    assertThat(floor.lastRing().phone()).as("at once").isEqualTo(DESK);
  }

  @Test
  void theStateOfThePhoneWhereTheySitCounts() {
    var floor = PLAN.open().ready("ann");
    floor.happens(new PbxEvent.PhoneChanged(floor.now, DESK, PhoneState.UNREACHABLE));
    floor.desk("ann").sitsAt(DESK);
    floor.phone("ann", PhoneState.AVAILABLE).caller();
    assertThat(floor.rings()).isEmpty();
    assertThat(floor.agent("ann").phone()).isEqualTo(PhoneState.UNREACHABLE);
    floor.happens(new PbxEvent.PhoneChanged(floor.now, DESK, PhoneState.AVAILABLE));
    assertThat(floor.lastRing().phone()).isEqualTo(DESK);
  }

  @Test
  void nobodySitsWhereSomebodySits() {
    var floor = PLAN.open().ready("ann", "ben");
    floor.desk("ann").opens();
    floor.desk("ann").sitsAt(DESK);
    assertThat(floor.desk("ben").sitsAt(DESK)).contains(Refusal.PHONE_TAKEN);
    assertThat(floor.screens.hotDesks)
        .containsExactly(
            new HotDesk(DESK, PhoneState.AVAILABLE, "Ann"),
            new HotDesk(OTHER, PhoneState.AVAILABLE, ""));
    floor.desk("ann").logsOut();
    assertThat(floor.desk("ben").sitsAt(DESK)).isEmpty();
    floor.ready("ann");
    assertThat(floor.agent("ann").sitsAt()).isEqualTo(floor.plan.phone("ann"));
  }

  /// They have closed their browser and have forgotten to log out.
  @Test
  void whoHasGoneHomeKeepsNobodyFromTheirDesk() {
    var floor = PLAN.open().ready("ann", "ben");
    floor.desk("ann").opens();
    floor.desk("ann").sitsAt(DESK);
    floor.desk("ann").closes();
    assertThat(floor.desk("ben").sitsAt(DESK)).as("a reload").contains(Refusal.PHONE_TAKEN);
    floor.after(State.DESK_GRACE.toSeconds());
    assertThat(floor.desk("ben").sitsAt(DESK)).isEmpty();
    assertThat(floor.agent("ann").sitsAt()).isEqualTo(floor.plan.phone("ann"));
    floor.desk("ann").isReady();
    floor.caller();
    floor.caller();
    assertThat(floor.rings())
        .extracting(ring -> ring.phone())
        .containsExactlyInAnyOrder(DESK, floor.plan.phone("ann"));
  }

  @Test
  void inACallNobodyChangesTheirPhone() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    assertThat(floor.desk("ann").sitsAt(DESK)).as("while it rings").contains(Refusal.PHONE_IN_USE);
    floor.answers("ann");
    assertThat(floor.desk("ann").sitsAt(DESK)).contains(Refusal.PHONE_IN_USE);
    floor.leaves(call);
    assertThat(floor.desk("ann").sitsAt(DESK)).isEmpty();
  }

  @Test
  void onlyAtAHotDeskOrAtOnesOwn() {
    var floor = without("PJSIP/1001").open().ready("ann", "ben");
    assertThat(floor.desk("ann").sitsAt("PJSIP/666")).contains(Refusal.NO_SUCH_PHONE);
    assertThat(floor.desk("ann").sitsAt(floor.plan.phone("ben"))).contains(Refusal.NO_SUCH_PHONE);
    assertThat(floor.desk("ann").sitsAt("")).contains(Refusal.NO_SUCH_PHONE);
    assertThat(floor.desk("ann").sitsAt("PJSIP/2001")).as("their browser").isEmpty();
    assertThat(floor.agent("ann").sitsAt()).isEqualTo("PJSIP/2001");
    assertThat(floor.desk("ann").sitsAt("PJSIP/1001")).as("and back").isEmpty();
    assertThat(floor.agent("ann").sitsAt()).isEqualTo("PJSIP/1001");
    assertThat(floor.desk("ben").sitsAt("PJSIP/2001")).contains(Refusal.NO_SUCH_PHONE);
  }

  /// The configuration is taken again without their browser.
  @Test
  void whereNobodyMaySitAnyMoreTheyAreNotRung() {
    var floor = without("PJSIP/1001").open().ready("ann");
    floor.desk("ann").sitsAt("PJSIP/2001");
    floor.reload(_ -> PLAN);
    floor.caller();
    assertThat(floor.lastRing().phone()).isEqualTo(PLAN.phone("ann"));
  }

  /// By the phone's own transfer.
  @Test
  void aCallerWhoIsGivenToTheDeskIsGivenToWhoSitsThere() {
    var floor = PLAN.open().ready("ann", "ben");
    floor.desk("ben").sitsAt(DESK);
    CallId call = floor.caller();
    LegId leg = floor.answers("ann");
    floor.happens(new PbxEvent.CallTransferred(floor.now, leg, "3001"));
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    floor.happens(new PbxEvent.PhoneConnected(floor.now, call, DESK, new LegId("given")));
    assertThat(floor.pop("ben").contact()).isEqualTo(TestFloor.contactOf(call));
  }
}
