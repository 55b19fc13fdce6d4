package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.event.ContactEvent.ContactQueued;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxCommand;

/// Who waits hears the music of the queue that they are in, however they have come there. A script
/// tells the PBX itself of the queue that it has chosen.
class MusicTest {
  private static final TestPlan PLAN =
      TestPlan.of("sales", "billing")
          .agent("ann", "sales")
          .agent("ben", "billing")
          .queue("sales", queue -> queue.withMusic("jazz"));

  private static List<PbxCommand> music(TestFloor floor) {
    return floor.commands().stream().filter(PbxCommand.Music.class::isInstance).toList();
  }

  @Test
  void ofTheQueueThatTheirScriptHasChosenThePbxKnows() {
    var floor = PLAN.open();
    floor.caller("sales");
    floor.caller("billing");
    assertThat(music(floor)).isEmpty();
  }

  @Test
  void whomNoScriptHasPlacedHearsTheDefaultQueues() {
    var floor = PLAN.open();
    CallId call = floor.holds(floor.arrives());
    assertThat(floor.last(ContactQueued.class).queue().value()).isEqualTo("sales");
    assertThat(music(floor)).containsExactly(new PbxCommand.Music(call, "jazz"));
  }

  @Test
  void whoCallsAgainHearsThatOfTheQueueInWhichTheyWaited() {
    var floor = PLAN.open();
    CallId first = floor.caller("sales");
    floor.pbxDies().after(20).connect().forget();
    CallId again = floor.callsAgain(first);
    floor.holds(again);
    assertThat(music(floor)).containsExactly(new PbxCommand.Music(again, "jazz"));
  }

  @Test
  void whoComesToAQueueWithNoneOfItsOwnHearsThePbxsDefault() {
    var floor =
        PLAN.routes(
                "sales",
                queue ->
                    queue.withOverflow(
                        List.of(
                            new Overflow(
                                new Overflow.Trigger.Waited(Duration.ofSeconds(20)),
                                new Overflow.Target.ToQueue(new QueueId("billing"))))))
            .open();
    CallId call = floor.caller("sales");
    floor.after(20);
    assertThat(music(floor)).containsExactly(new PbxCommand.Music(call, ""));
  }
}
