package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.event.CenterEvent.Reconciled;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxId;

/// Two PBXs of one center: what one of them says is said of its own.
class ManyPbxTest {
  private static final PbxId OTHER = new PbxId("taichung");
  private static final TestPlan PLAN = TestPlan.of("q").agents("ann", "ben");

  @Test
  void oneListNeverEndsTheOthersCalls() {
    var floor = PLAN.open().connect(OTHER);
    CallId here = floor.caller();
    CallId there = floor.holds(floor.arrives(OTHER));
    floor.linkIsLost().after(5).saysOnly();
    assertThat(floor.knows(here)).isFalse();
    assertThat(floor.knows(there)).isTrue();
    assertThat(floor.contact(there).waits()).isTrue();
    floor.says(
        new PbxEvent.Synchronized(floor.now, OTHER, List.of(), List.of(), List.of(), List.of()));
    assertThat(floor.knows(there)).isFalse();
  }

  @Test
  void aLinkThatIsLostIsItsOwn() {
    var floor = PLAN.open().connect(OTHER).ready("ann");
    floor.linkIsLost(OTHER);
    CallId call = floor.caller();
    assertThat(floor.lastRing().call()).as("the phones are on the first").isEqualTo(call);
  }

  @Test
  void aSecondThatIsConnectedMakesNoPhoneOfTheFirstUnreachable() {
    var floor = PLAN.open().ready("ann").connect(OTHER);
    CallId call = floor.caller();
    assertThat(floor.lastRing().call()).isEqualTo(call);
  }

  @Test
  void afterAStartBothAreWaitedForWhereBothHaveCalls() {
    var floor = PLAN.open().connect(OTHER);
    floor.caller();
    floor.holds(floor.arrives(OTHER));
    floor.ready("ann").leaves(floor.lastRing().call());
    floor.crashes().starts().forget().connect();
    assertThat(floor.events(Reconciled.class)).isEmpty();
    floor.connect(OTHER);
    assertThat(floor.events(Reconciled.class)).hasSize(1);
  }

  @Test
  void oneThatStaysAwayKeepsNobodyWaitingForLong() {
    var floor = PLAN.open().connect(OTHER);
    CallId here = floor.caller();
    floor.holds(floor.arrives(OTHER));
    floor.crashes().starts().connect().ready("ann");
    assertThat(floor.rings()).isEmpty();
    floor.after(5);
    assertThat(floor.lastRing().call()).isEqualTo(here);
  }
}
