package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;

/// All phones of a queue ring for one caller.
class RingAllTest {
  private static final TestPlan PLAN =
      TestPlan.of("q")
          .agents("ann", "ben", "cat")
          .routes("q", queue -> queue.withStrategy(Strategy.of(Strategy.Kind.RING_ALL)));

  private static TestFloor ringing() {
    var floor = PLAN.open().ready("ann", "ben", "cat");
    floor.caller();
    for (String agent : List.of("ann", "ben", "cat")) floor.rings(agent);
    assertThat(floor.rings()).hasSize(3);
    return floor.forget();
  }

  @Test
  void theFirstToAnswerHasTheCallerAndTheOthersKeepTheirTurn() {
    var floor = ringing();
    CallId call = floor.pbx.calls().getFirst();
    LegId anns = floor.leg("ann");
    LegId cats = floor.leg("cat");
    floor.answers("ben");
    assertThat(floor.state("ben")).isEqualTo("talking");
    assertThat(floor.commands())
        .containsExactlyInAnyOrder(
            new PbxCommand.CancelRing(call, anns), new PbxCommand.CancelRing(call, cats));
    assertThat(floor.events(OfferEnded.class))
        .extracting(OfferEnded::end)
        .containsExactly(OfferEnd.TAKEN, OfferEnd.TAKEN);
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.pops("cat")).isEmpty();
    floor.happens(new PbxEvent.LegEnded(floor.now, anns, LegEnd.NO_ANSWER));
    floor.happens(new PbxEvent.LegEnded(floor.now, cats, LegEnd.NO_ANSWER));
    assertThat(floor.state("cat")).as("a late fact").isEqualTo("ready");
    assertThat(floor.events(ContactAnswered.class)).hasSize(1);
  }

  @Test
  void whoDeclinesLeavesTheOthersRinging() {
    var floor = ringing();
    floor.ends("ann", LegEnd.DECLINED);
    assertThat(floor.state("ann")).isEqualTo("not-ready");
    assertThat(floor.state("ben")).isEqualTo("ringing");
    assertThat(floor.commands()).isEmpty();
    floor.answers("cat");
    assertThat(floor.state("cat")).isEqualTo("talking");
  }

  @Test
  void aCallerWhoGivesUpSilencesAllPhones() {
    var floor = ringing();
    floor.leaves(floor.pbx.calls().getFirst());
    assertThat(floor.commands()).hasSize(3).allMatch(PbxCommand.CancelRing.class::isInstance);
    for (String agent : List.of("ann", "ben", "cat")) {
      assertThat(floor.state(agent)).isEqualTo("ready");
    }
  }

  /// By the router's time, because the PBX says nothing.
  @Test
  void nobodyAnswersAndTheirPhonesRingAgain() {
    var floor = ringing();
    floor.after(23);
    assertThat(floor.commands()).filteredOn(PbxCommand.CancelRing.class::isInstance).hasSize(3);
    assertThat(floor.rings()).hasSize(3);
    for (String agent : List.of("ann", "ben", "cat")) {
      assertThat(floor.state(agent)).isEqualTo("reserved");
    }
    assertThat(floor.queue().waiting()).isOne();
  }

  @Test
  void whosePhoneStopsByItselfIsNotMadeNotReady() {
    var floor = ringing();
    floor.after(20);
    floor.ends("ann", LegEnd.NO_ANSWER);
    for (String agent : List.of("ann", "ben", "cat")) {
      assertThat(floor.state(agent)).as(agent).isEqualTo("reserved");
    }
    assertThat(floor.events(OfferEnded.class))
        .extracting(OfferEnded::end)
        .containsExactly(OfferEnd.NO_ANSWER, OfferEnd.NO_ANSWER, OfferEnd.NO_ANSWER);
  }

  @Test
  void whoBecomesReadyMeanwhileIsRungToo() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.rings("ann");
    floor.after(5).ready("ben");
    assertThat(floor.lastRing().agent()).isEqualTo("ben");
    floor.rings("ben");
    floor.answers("ben");
    assertThat(floor.contact(call).offers()).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void afterARestartAPhoneThatIsKnownRingsOn() {
    var floor = ringing();
    CallId call = floor.pbx.calls().getFirst();
    floor.crashes().starts().connect();
    List<String> ringing =
        List.of("ann", "ben", "cat").stream()
            .filter(agent -> floor.state(agent).equals("ringing"))
            .toList();
    assertThat(ringing).as("the PBX names one of them").hasSize(1);
    assertThat(floor.contact(call).offers()).as("the others are rung anew").hasSize(3);
    assertThat(floor.events(OfferEnded.class))
        .extracting(OfferEnded::end)
        .containsExactly(OfferEnd.LOST, OfferEnd.LOST);
    floor.answers(ringing.getFirst());
    assertThat(floor.state(ringing.getFirst())).isEqualTo("talking");
  }

  @Test
  void oneIsAnsweredWhileTheServerIsDown() {
    var floor = ringing();
    floor.crashes().answers("ben");
    floor.after(2).starts().connect();
    assertThat(floor.state("ben")).isEqualTo("talking");
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.state("cat")).isEqualTo("ready");
    assertThat(floor.last(ContactAnswered.class).offer()).isPresent();
  }
}
