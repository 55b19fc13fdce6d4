package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.customer.Customer;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.event.AgentEvent.PresenceAsked;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.ContactEvent.CustomerChosen;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
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
    var done = new Input.CompleteWrapUp(id(1), ANN, TestFloor.contactOf(first), "invoice", "sold");
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
  void aCustomerWhoIsAskedForTwiceIsWrittenDownOnceAndAnsweredOnce() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    var chen = new Input.NewCustomer(id(1), ANN, TestFloor.contactOf(call), "Chen");
    floor.takes(chen);
    floor.takes(chen);
    assertThat(floor.effects(Effect.WriteCustomer.class)).hasSize(1);
    floor.takes(new Input.CustomerWritten(chen, Optional.empty()));
    floor.takes(new Input.CustomerWritten(chen, Optional.empty()));
    assertThat(floor.answer(chen.id())).contains(Refusal.NOT_SAVED);
    assertThat(floor.turns())
        .flatMap(turn -> turn.events())
        .filteredOn(event -> event.toString().contains("not-saved"))
        .hasSize(1);
  }

  /// The server dies in the moment in which they are written down: before or after, nobody knows.
  @Test
  void aCustomerWhoWasAskedForBeforeACrashIsWrittenDownAfterIt() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    var chen = new Input.NewCustomer(id(1), ANN, TestFloor.contactOf(call), "Chen");
    floor.takes(chen);
    var write = floor.effects(Effect.WriteCustomer.class).getFirst();
    floor.leaves(call);
    floor.crashes().forget().starts();
    assertThat(floor.effects(Effect.WriteCustomer.class)).containsExactly(write);
    floor.takes(chen);
    assertThat(floor.events(CenterEvent.CommandRefused.class))
        .as("the screen asks again, and is answered when it is done")
        .isEmpty();
    floor.takes(new Input.CustomerWritten(chen, Optional.of(card(9))));
    assertThat(floor.answer(chen.id())).isEmpty();
    assertThat(floor.last(CustomerChosen.class).customer().customer().id()).isEqualTo(9);
    floor.crashes().forget().starts();
    assertThat(floor.effects(Effect.WriteCustomer.class)).as("they are written").isEmpty();
  }

  private static CustomerCard card(long id) {
    return new CustomerCard(Customer.of(id, "Chen", "standard", ""), List.of(), List.of());
  }
}
