package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.AcdEvent;
import org.switchroom.acd.OfferId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.event.About;
import org.switchroom.cti.event.CallEvent.CallReleased;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.ContactIdentified;
import org.switchroom.cti.event.ContactEvent.ContactOffered;
import org.switchroom.cti.event.ContactEvent.ContactQueued;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;

/// A turn after which something is not as it must be does not leave the process. Each test plants a
/// fault: an event that no rule would make.
class StateAuditTest {
  private static final AgentId ANN = new AgentId("ann");
  private static final QueueId Q = new QueueId("q");
  private static final TestPlan PLAN =
      TestPlan.of("q").agents("ann").wrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO);

  private static void planted(TestFloor floor, Event event) {
    floor.engine.state().apply(event, floor.now);
  }

  /// The next turn that is about the contact.
  private static void touches(TestFloor floor, CallId call) {
    var event = new ContactIdentified(TestFloor.contactOf(call), List.of());
    StateAudit.check(
        floor.engine.state(),
        floor.engine.routing(),
        new Turn(0, floor.now, floor.now, List.of(event)),
        About.NOBODY);
  }

  @Test
  void whatIsAsItMustBeIsLetThrough() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    touches(floor, call);
    floor.answers("ann");
    touches(floor, call);
    floor.hangsUp("ann");
    touches(floor, call);
  }

  @Test
  void whoWaitsAndWhoseCallIsElsewhere() {
    var floor = PLAN.open();
    CallId call = floor.arrives();
    planted(
        floor,
        new ContactQueued(TestFloor.contactOf(call), 1, Q, floor.now, QueueRequest.of(Q), 0));
    assertThatThrownBy(() -> touches(floor, call))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("its call is elsewhere");
  }

  @Test
  void whoIsOfferedAndTheRouterDoesNotKnow() {
    var floor = PLAN.open();
    CallId call = floor.caller();
    var leg = Optional.of(new LegId("switchroom-1"));
    planted(floor, new ContactOffered(TestFloor.contactOf(call), 1, Q, new OfferId(1), ANN, leg));
    assertThatThrownBy(() -> touches(floor, call)).hasMessageContaining("router does not know");
  }

  @Test
  void whoWaitsAndTheRouterDoesNotKnow() {
    var floor = PLAN.open();
    CallId call = floor.caller();
    floor
        .engine
        .routing()
        .router()
        .on(new AcdEvent.ContactLeft(floor.now, TestFloor.contactOf(call)), _ -> {});
    assertThatThrownBy(() -> touches(floor, call)).hasMessageContaining("router does not know");
  }

  @Test
  void whoIsTalkedToInACallThatIsNoTalk() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.answers("ann");
    planted(floor, new CallReleased(call, TestFloor.contactOf(call), leg));
    assertThatThrownBy(() -> touches(floor, call)).hasMessageContaining("its call is not");
  }

  @Test
  void whoIsOverAndStillOffered() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    planted(
        floor, new ContactClosed(TestFloor.contactOf(call), ContactOutcome.ABANDONED, floor.now));
    assertThatThrownBy(() -> touches(floor, call))
        .hasMessageContaining("is offered what is not offered");
  }

  @Test
  void whatTheRouterStillRingsAndNobodyIsOffered() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    planted(
        floor,
        new OfferEnded(
            TestFloor.contactOf(call),
            1,
            floor.offers().getFirst().offer(),
            ANN,
            OfferEnd.CALLER_LEFT));
    assertThatThrownBy(() -> touches(floor, call)).hasMessageContaining("router does not know");
  }

  @Test
  void aTurnThatFailsIsTakenByNobody() {
    var floor = PLAN.open();
    CallId call = floor.arrives();
    planted(
        floor,
        new ContactQueued(TestFloor.contactOf(call), 1, Q, floor.now, QueueRequest.of(Q), 0));
    var taken = new ArrayList<Turn>();
    var ended = new ArrayList<String>();
    var turns =
        new Engine.Turns() {
          @Override
          public boolean begins(String subject) {
            ended.add(subject);
            return true;
          }

          @Override
          public boolean becomes(String kind, String id) {
            return true;
          }

          @Override
          public void again() {}

          @Override
          public void takes(Turn turn, List<Effect> effects) {
            taken.add(turn);
          }

          @Override
          public void ends() {
            ended.clear();
          }
        };
    assertThatThrownBy(
            () ->
                floor.engine.on(
                    new Input.CallerIdentified(call, List.of(CenterTest.LIN)),
                    floor.now,
                    floor.now,
                    turns))
        .isInstanceOf(IllegalStateException.class);
    assertThat(taken).isEmpty();
    assertThat(ended).as("it is known what it was about").containsExactly("call " + call);
  }
}
