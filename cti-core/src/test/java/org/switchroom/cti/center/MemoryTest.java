package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.switchroom.acd.QueueMemory;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.ServiceLevelRule;
import org.switchroom.acd.plan.ServiceLevelRule.Treatment;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.ContactOffered;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.screens.QueueView;
import org.switchroom.ivr.SayingReader;

/// What only the router remembers outlives the server: whose turn it is, who had how much, how long
/// it takes, and how many of the last were served in time.
class MemoryTest {
  private static final String[] AGENTS = {"ann", "ben", "cat", "dan"};

  private static TestPlan plan(Strategy strategy) {
    return TestPlan.of("q").agents(AGENTS).routes("q", queue -> queue.withStrategy(strategy));
  }

  @Test
  void whoIsIdleForLongestIsOfferedFirstAlsoAfterARestart() {
    var floor = plan(Strategy.DEFAULT).open();
    floor.ready("cat").after(1_200).ready("ann").after(1_200).ready("dan").after(600).ready("ben");
    floor.after(600).crashes().after(20).starts().connect();
    var order = new ArrayList<String>();
    for (int i = 0; i < 4; i++) {
      floor.caller();
      order.add(floor.lastRing().agent());
    }
    assertThat(order).containsExactly("cat", "ann", "dan", "ben");
  }

  /// The same day twice: once with restarts between.
  @ParameterizedTest
  @EnumSource(Strategy.Kind.class)
  void offersAreAsIfNothingHadHappened(Strategy.Kind kind) {
    var strategy =
        new Strategy(kind, List.of(), Map.of(new AgentId("ann"), 4, new AgentId("ben"), 2));
    assertThat(offers(strategy, true)).as("%s", kind).isEqualTo(offers(strategy, false));
  }

  private static List<String> offers(Strategy strategy, boolean restarts) {
    var floor = plan(strategy).open().ready(AGENTS);
    for (int i = 0; i < 24; i++) {
      CallId call = floor.caller();
      String agent = floor.lastRing().agent();
      floor.after(1 + i % 3).answers(agent);
      floor.after(20 + i % 7).leaves(call);
      if (restarts && i % 5 == 2) floor.restarts();
    }
    return floor.events(ContactOffered.class).stream()
        .map(one -> one.contact() + " " + one.agent())
        .toList();
  }

  // ── The last hundred ────────────────────────────────────────────────────────────────────────

  /// The share of the last contacts that the router has as served in time.
  private static double routersServiceLevel(TestFloor floor, int contacts) {
    QueueMemory queue = floor.engine.routerMemory().queues().getFirst();
    long mask = contacts == 64 ? -1L : (1L << contacts) - 1;
    return (double) Long.bitCount(queue.inTarget() & mask) / contacts;
  }

  @Test
  void ringsThatAreLostWithTheLinkAndAnsweredInTimeAreInTimeForBoth() {
    var floor = TestPlan.of("q").agents("ann").open().ready("ann");
    for (int i = 0; i < 20; i++) {
      CallId call = floor.caller();
      LegId leg = floor.leg("ann");
      floor.after(2).linkIsLost();
      floor.happens(new PbxEvent.LegEnded(floor.now, leg, PbxEvent.LegEnd.UNREACHABLE));
      floor.after(3).connect();
      floor.after(3).answers("ann");
      floor.after(10).leaves(call);
    }
    assertThat(floor.queue().serviceLevel()).contains(1.0);
    assertThat(routersServiceLevel(floor, 20)).isEqualTo(1.0);
  }

  @Test
  void soAreThoseThatWereAnsweredUnseen() {
    var floor = TestPlan.of("q").agents("ann").open().ready("ann");
    for (int i = 0; i < 20; i++) {
      CallId call = floor.caller();
      boolean inTime = i % 4 != 0;
      floor.linkIsLost().after(inTime ? 4 : 14).answers("ann");
      floor.after(20).leaves(call);
      floor.after(30).connect();
      assertThat(floor.last(ContactAnswered.class).inTime()).isEqualTo(inTime);
    }
    assertThat(floor.queue().serviceLevel()).contains(0.75);
    assertThat(routersServiceLevel(floor, 20)).isEqualTo(0.75);
  }

  @Test
  void whoGivesUpCountsForBoth() {
    var floor = TestPlan.of("q").agents("ann").open();
    for (int i = 0; i < 10; i++) {
      CallId call = floor.caller();
      floor.after(3);
      if (i % 2 == 0) floor.linkIsLost();
      floor.leaves(call);
      if (i % 2 == 0) floor.connect();
    }
    assertThat(floor.queue().serviceLevel()).contains(0.0);
    assertThat(routersServiceLevel(floor, 10)).isEqualTo(0.0);
  }

  /// However somebody leaves, the wallboard and the condition of a step count them alike.
  @ParameterizedTest
  @EnumSource(Treatment.class)
  void whoIsSentOnGivesUpOrTakesAnOfferCountsForBothByTheRule(Treatment treatment) {
    var rule = new ServiceLevelRule(treatment, treatment, treatment);
    var floor =
        TestPlan.of("q", "r")
            .agents("ann")
            .says("q", offering('1'))
            .routes("q", queue -> queue.withObjectives(queue.objectives().withRule(rule)))
            .open()
            .ready("ann");
    CallId served = floor.caller("q");
    floor.after(3).answers("ann");
    floor.leaves(served);
    floor.desk("ann").takesBreak("lunch");
    for (int waits : new int[] {3, 12}) {
      CallId givesUp = floor.caller("q");
      floor.after(waits).leaves(givesUp);
      CallId takes = floor.caller("q");
      floor.after(waits).presses(takes, '1');
      floor.begins(takes).ends(takes, Script.over("ended")).leaves(takes);
    }
    var toQueue = new Overflow.Target.ToQueue(new QueueId("r"));
    floor.reload(plan -> plan.routes("q", queue -> sendingOn(queue, 3, toQueue)));
    CallId moved = floor.caller("q");
    floor.after(4).leaves(moved);
    var away = new Overflow.Target.Away(Overflow.Target.Kind.VOICEMAIL, "");
    floor.reload(plan -> plan.routes("q", queue -> sendingOn(queue, 12, away)));
    CallId diverted = floor.caller("q");
    floor.after(13).leaves(diverted);

    int counted = treatment == Treatment.IGNORED ? 4 : 7;
    double inTime = treatment == Treatment.IN_FAVOUR ? 4 : 1;
    QueueView view = floor.queue("q");
    assertThat(view.offered()).isEqualTo(7);
    assertThat(List.of(view.answered(), view.abandoned(), view.overflowed(), view.chose()))
        .containsExactly(1L, 2L, 2L, 2L);
    assertThat(view.serviceLevel()).contains(inTime / counted);
    assertThat(routersServiceLevel(floor, counted)).isEqualTo(inTime / counted);
    assertThat(routersMisses(floor)).isEqualTo(counted - (int) inTime);
  }

  @Test
  void whomThePbxLosesCountsForNeither() {
    var floor = TestPlan.of("q").agents("ann").open();
    floor.caller();
    floor.after(3).pbxDies().after(3).connect();
    assertThat(floor.last(ContactLeft.class).end()).isEqualTo(StayEnd.PBX_FAULT);
    assertThat(floor.queue().serviceLevel()).isEmpty();
    assertThat(floor.queue().unserved()).isEqualTo(1);
    assertThat(routersMisses(floor)).isZero();
  }

  /// Of the last 64 contacts, those that the router has as not served in time.
  private static int routersMisses(TestFloor floor) {
    return Long.bitCount(~floor.engine.routerMemory().queues().getFirst().inTarget());
  }

  private static Queue sendingOn(Queue queue, int seconds, Overflow.Target target) {
    var waited = new Overflow.Trigger.Waited(Duration.ofSeconds(seconds));
    return queue.withOverflow(List.of(new Overflow(waited, target)));
  }

  private static Announcements offering(char key) {
    var offers = new LinkedHashMap<Character, Announcements.Offer>();
    offers.put(key, new Announcements.Offer("callback", SayingReader.shipped("callback")));
    return Announcements.NONE.withFirst(Duration.ofHours(1)).withOffers(offers);
  }

  @Test
  void timesToServeAreTheTalksOwnAlsoWhereTheyEndedUnseen() {
    var seen = TestPlan.of("q").agents("ann").open().ready("ann");
    var unseen = TestPlan.of("q").agents("ann").open().ready("ann");
    CallId one = seen.caller();
    seen.after(2).answers("ann");
    seen.after(Duration.ofMinutes(4)).leaves(one);
    CallId other = unseen.caller();
    unseen.linkIsLost().after(2).answers("ann");
    unseen.after(Duration.ofMinutes(4)).leaves(other);
    unseen.after(Duration.ofHours(3)).connect();
    assertThat(unseen.engine.routerMemory().queues().getFirst().handleMicros())
        .isEqualTo(seen.engine.routerMemory().queues().getFirst().handleMicros());
  }
}
