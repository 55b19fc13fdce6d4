package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.event.CenterEvent.TicketOpened;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.screens.TaskView;
import org.switchroom.cti.task.Task;

/// Work through its whole life: left by a caller, offered, declined, not looked at, taken, done;
/// and the server is restarted at each point.
class TaskTest {
  private static final TestPlan PLAN = TestPlan.of("sales").tasks("work").agents("ann", "ben");

  @Test
  void fromTheCallersMessageToTheAgentsWord() {
    var floor = PLAN.open();
    CallId call = floor.arrives();
    floor.begins(call);
    ContactId task = floor.message(call, "work");
    floor.restarts();
    floor.ends(call, Script.over("ended")).leaves(call);
    floor.restarts();
    assertThat(floor.queue("work").waiting()).isOne();

    floor.ready("ann").restarts();
    floor.desk("ann").opens();
    assertThat(floor.tasks("ann"))
        .extracting(TaskView::contact, TaskView::state, TaskView::name, TaskView::seconds)
        .containsExactly(tuple(task, TaskView.Progress.OFFERED, "Alice", 12));
    assertThat(floor.desk("ann").declines(task)).isEmpty();
    assertThat(floor.agent("ann").reason()).isEqualTo("declined");
    floor.restarts();

    floor.ready("ben").after(23);
    assertThat(floor.agent("ben").reason()).as("he did not look").isEqualTo("no-answer");
    floor.restarts();

    floor.ready("ann");
    floor.after(5);
    assertThat(floor.desk("ann").answers(task)).isEmpty();
    floor.restarts();
    assertThat(floor.state("ann")).isEqualTo("working");
    floor.after(90);
    assertThat(floor.desk("ann").completes(task, "", "called back")).isEmpty();
    floor.restarts();
    assertThat(floor.state("ann")).isEqualTo("ready");

    assertThat(floor.events(OfferEnded.class))
        .extracting(OfferEnded::end)
        .containsExactly(OfferEnd.DECLINED, OfferEnd.NO_ANSWER);
    assertThat(floor.events(ContactAnswered.class)).hasSize(1);
    assertThat(floor.events(TalkEnded.class))
        .extracting(TalkEnded::end, one -> Duration.between(one.since(), one.ended()))
        .containsExactly(tuple(TalkEnd.DONE, Duration.ofSeconds(90)));
    assertThat(floor.last(WrapUpDone.class).draft().note()).isEqualTo("called back");
    assertThat(floor.last(ContactClosed.class).outcome()).isEqualTo(ContactOutcome.DONE);
    assertThat(floor.engine.state().contacts()).isEmpty();
  }

  @Test
  void aLedgerThatBeginsAnewTakesUpOpenWorkAndGivesNoNumberTwice() {
    var task =
        new Task(
            "1007",
            Task.Kind.CALLBACK,
            new QueueId("work"),
            Optional.empty(),
            "Alice",
            "+88622",
            "",
            0,
            new CallId("17.1"),
            TestFloor.MAIN_LINE,
            TestFloor.NINE.minusSeconds(600));
    var floor = new TestFloor(PLAN, new Input.Kept(1_009, List.of(task))).connect().ready("ann");
    ContactId contact = ScriptRules.contactOf(task);
    assertThat(floor.desk("ann").answers(contact)).isEmpty();
    assertThat(floor.last(ContactAnswered.class).waited()).isEqualTo(Duration.ofSeconds(600));
    assertThat(floor.message(floor.arrives(), "work").value()).isEqualTo("task-1010");
    assertThat(floor.desk("ann").completes(contact, "", "done")).isEmpty();
    floor.restarts();
    assertThat(floor.engine.state().contact(contact)).as("it is done").isEmpty();
  }

  @Test
  void workWaitsOverACrashOfItsAgent() {
    var floor = PLAN.open().ready("ann");
    ContactId task = floor.message(floor.arrives(), "work");
    floor.desk("ann").answers(task);
    floor.crashes().after(3_600).starts().connect();
    assertThat(floor.state("ann")).isEqualTo("working");
    assertThat(floor.desk("ann").completes(task, "", "")).isEmpty();
  }

  @Test
  void anOfferOfWorkHasTheTimeThatWasLeftOfIt() {
    var floor = PLAN.open().ready("ann");
    floor.message(floor.arrives(), "work");
    floor.after(20).crashes().after(600).starts().connect().after(2);
    assertThat(floor.state("ann")).isEqualTo("reserved");
    floor.after(1);
    assertThat(floor.agent("ann").reason()).isEqualTo("no-answer");
  }

  @Test
  void twoClicksOnTakeAreNoFault() {
    var floor = PLAN.open().ready("ann");
    ContactId task = floor.message(floor.arrives(), "work");
    assertThat(floor.desk("ann").answers(task)).isEmpty();
    assertThat(floor.desk("ann").answers(task)).isEmpty();
    assertThat(floor.events(ContactAnswered.class)).hasSize(1);
  }

  @Test
  void numbersOfTicketsAndTasksNeverComeTwice() {
    var floor = PLAN.open();
    CallId call = floor.arrives();
    ContactId first = floor.message(call, "work");
    Input.Origin origin = floor.origin(call, "ticket");
    var ticket = new Input.TicketRequested(origin, Optional.of(7L), "Torn", "high", "");
    floor.takes(ticket);
    floor.restarts();
    floor.takes(ticket);
    ContactId second = floor.message(call, "work");
    assertThat(first).isEqualTo(new ContactId("task-1001"));
    assertThat(floor.scriptAnswer(origin)).isEqualTo("1002");
    assertThat(second)
        .as("what a run has numbered, and a dead machine has not written, is left out")
        .isEqualTo(new ContactId("task-1103"));
    assertThat(floor.events(TicketOpened.class)).hasSize(1);
  }

  @Test
  void aPhoneThatIsNotThereKeepsNobodyFromWork() {
    var floor = PLAN.open().linkIsLost();
    floor.ready("ann");
    floor.takes(TestFloor.voicemail(floor.origin(new CallId("c"), "1"), "work"));
    assertThat(floor.tasks("ann")).hasSize(1);
  }
}
