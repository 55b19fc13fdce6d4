package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.event.AgentEvent.PresenceAsked;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxCommand;

/// A command is done once, however often it comes, and answered each time as it was the first time.
class CommandsTest {
  private static final AgentId ANN = new AgentId("ann");
  private static final TestPlan PLAN =
      TestPlan.of("q").agents("ann").wrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO);

  private static CommandId id(long number) {
    return new CommandId("tab", number);
  }

  @Test
  void theSameCommandAgainIsNotDoneAgain() {
    var floor = PLAN.open();
    assertThat(floor.asks(new Input.LogIn(id(1), ANN))).isEmpty();
    assertThat(floor.asks(new Input.GoNotReady(id(2), ANN, "lunch"))).isEmpty();
    assertThat(floor.asks(new Input.GoReady(id(3), ANN))).isEmpty();
    assertThat(floor.asks(new Input.GoNotReady(id(2), ANN, "lunch"))).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.events(PresenceAsked.class)).hasSize(3);
    assertThat(floor.effects(Effect.Repeat.class))
        .containsExactly(new Effect.Repeat(id(2), Optional.empty()));
  }

  @Test
  void aRefusalIsRepeatedToo() {
    var floor = PLAN.open().ready("ann");
    var hold = new Input.Hold(id(1), ANN, TestFloor.contactOf(new CallId("call-1")));
    assertThat(floor.asks(hold)).contains(Refusal.NO_CALL);
    floor.caller();
    floor.answers("ann");
    assertThat(floor.asks(hold)).as("though it could be done now").contains(Refusal.NO_CALL);
    assertThat(floor.commands()).isEmpty();
  }

  @Test
  void whatThePbxWasToldOnceItIsToldOnce() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    var hold = new Input.Hold(id(1), ANN, TestFloor.contactOf(call));
    floor.asks(hold);
    floor.asks(hold);
    assertThat(floor.commands()).hasSize(1).allMatch(PbxCommand.Hold.class::isInstance);
  }

  @Test
  void alsoAfterARestart() {
    var floor = PLAN.open().ready("ann");
    CallId first = floor.caller();
    floor.answers("ann");
    floor.leaves(first);
    var done =
        new Input.CompleteWrapUp(
            id(1), ANN, TestFloor.contactOf(first), new Draft("invoice", "sold"));
    assertThat(floor.asks(done)).isEmpty();
    floor.restarts();
    assertThat(floor.asks(done)).isEmpty();
    assertThat(floor.events(WrapUpDone.class)).hasSize(1);
    var refused = new Input.Hold(id(2), ANN, TestFloor.contactOf(first));
    assertThat(floor.asks(refused)).contains(Refusal.NO_CALL);
    floor.restarts();
    assertThat(floor.asks(refused)).contains(Refusal.NO_CALL);
    assertThat(floor.effects(Effect.Repeat.class)).hasSize(2);
  }

  @Test
  void twoScreensOfOneAgentAreTwoSessions() {
    var floor = PLAN.open();
    assertThat(floor.asks(new Input.LogIn(new CommandId("one", 1), ANN))).isEmpty();
    assertThat(floor.asks(new Input.GoReady(new CommandId("other", 1), ANN))).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void whatWasAnsweredLongAgoIsNotDoneAgain() {
    var floor = PLAN.open();
    for (int i = 1; i <= 20; i++) floor.asks(new Input.LogIn(id(i), ANN));
    assertThat(floor.asks(new Input.GoReady(id(2), ANN))).contains(Refusal.PAST);
    assertThat(floor.state("ann")).isEqualTo("not-ready");
  }

  @Test
  void commandsMayCrossOnTheWay() {
    var floor = PLAN.open();
    assertThat(floor.asks(new Input.GoReady(id(2), ANN))).isEmpty();
    assertThat(floor.asks(new Input.LogIn(id(1), ANN))).isEmpty();
    assertThat(floor.events(PresenceAsked.class)).hasSize(2);
  }

  @Test
  void aSessionIsForgottenAfterADay() {
    var floor = PLAN.open();
    floor.asks(new Input.LogIn(id(1), ANN));
    floor.after(Duration.ofHours(25)).asks(new Input.LogIn(new CommandId("other", 1), ANN));
    assertThat(floor.engine.snapshot().sessions())
        .extracting(Snapshot.Session::id)
        .containsExactly("other");
  }

  @Test
  void aCustomerWhoIsAskedForTwiceIsWrittenDownOnceMoreAtMostAndAnsweredOnce() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    var chen = new Input.NewCustomer(id(1), ANN, TestFloor.contactOf(call), "Chen");
    floor.takes(chen);
    floor.takes(chen);
    // Whoever writes them down does so once for the contact and the agent.
    assertThat(floor.effects(Effect.WriteCustomer.class)).hasSizeBetween(1, 2);
    floor.takes(new Input.CustomerWritten(chen, Optional.empty()));
    floor.takes(new Input.CustomerWritten(chen, Optional.empty()));
    assertThat(floor.answer(chen.id())).contains(Refusal.NOT_SAVED);
    assertThat(floor.turns())
        .flatMap(turn -> turn.events())
        .filteredOn(event -> event.toString().contains("not-saved"))
        .hasSize(1);
  }
}
