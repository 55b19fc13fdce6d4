package org.switchroom.cti.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.center.CenterPlan;
import org.switchroom.cti.center.Engine;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Snapshot;
import org.switchroom.cti.center.TestPlan;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.ContactEvent.ContactOffered;
import org.switchroom.cti.event.ContactEvent.ContactQueued;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.figures.DayFigures;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.Pbx;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.screens.AgentView;
import org.switchroom.cti.screens.QueueView;
import org.switchroom.cti.screens.ScreenPop;
import org.switchroom.cti.screens.ScreenProjection;
import org.switchroom.cti.screens.Screens;
import org.switchroom.cti.task.Task;
import org.switchroom.cti.testkit.Facts;
import org.switchroom.cti.testkit.NoCustomers;
import org.switchroom.cti.testkit.NoPbx;
import org.switchroom.cti.testkit.RecordedScreens;

/// In which order things leave, what waits for the disk, and when the process halts.
class EngineLoopTest {
  private static final AgentId ANN = new AgentId("ann");
  private static final CallId CALL = new CallId("c1");
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final TestPlan PLAN = TestPlan.of("q").tasks("work").agents("ann");
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Facts<PbxCommand> sent = new Facts<>();
  private final Facts<String> shown = new Facts<>();
  private final Facts<String> halted = new Facts<>();
  private final Facts<Event> decided = new Facts<>();
  private final CompletableFuture<Void> written = new CompletableFuture<>();
  private final CountDownLatch holdUp = new CountDownLatch(1);
  private final PaperLog ledger = new PaperLog();
  private volatile Instant now = NOW;
  private volatile Duration wallAhead = Duration.ZERO;
  private volatile boolean slow;
  private volatile String breaksOn = "nothing";
  private volatile String setAside = "nothing";
  private long commands;
  private EngineLoop loop;

  private final Pbx pbx =
      new NoPbx() {
        @Override
        public void send(PbxCommand command) {
          if (command.getClass().getSimpleName().equals(breaksOn)) {
            throw new IllegalStateException("The PBX's adapter breaks, on purpose.");
          }
          sent.accept(command);
        }
      };

  /// In a turn, before anything of it has left.
  private final class Breaking implements Recorder {
    @Override
    public void begins(Snapshot known, Set<String> aside) {}

    @Override
    public void takes(Input input, Instant at, Instant wall) {}

    @Override
    public void decides(Turn turn) {
      for (Event event : turn.events()) {
        decided.accept(event);
        if (event.getClass().getSimpleName().equals(breaksOn)) {
          throw new AssertionError("The turn breaks, on purpose: " + event);
        }
      }
    }
  }

  private final Screens screens =
      new RecordedScreens() {
        @Override
        public CompletionStage<Void> pop(
            AgentId agent, ContactId contact, Optional<ScreenPop> pop) {
          shown.accept(pop.isEmpty() ? "no pop" : "pop");
          return written;
        }

        @Override
        public void show(AgentView view) {
          shown.accept("agent " + view.state().word());
          if (!slow) return;
          try {
            holdUp.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }

        @Override
        public void show(QueueView view) {
          shown.accept("queue " + view.waiting());
        }

        @Override
        public void pbx(boolean connected) {
          shown.accept("pbx " + connected);
        }
      };

  private final Blame blame =
      new Blame() {
        @Override
        public boolean begins(String subject) {
          return !subject.equals(setAside);
        }

        @Override
        public void ends() {}
      };

  @BeforeEach
  void open() {
    openWith(SHORT);
  }

  private void openWith(Duration longestTurn) {
    var engine = new Engine();
    var effects = new EffectRunner(ledger, pbx, _ -> List.of("hello"), new NoCustomers());
    var projection =
        new ScreenProjection(
            screens,
            new CenterPlan(PLAN.settings()),
            new DayFigures(ZoneOffset.UTC, NOW, Map.of()));
    var turns = new TurnRunner(engine, ledger, projection, effects, blame, new Breaking());
    loop =
        new EngineLoop(
            turns,
            effects,
            ledger,
            pbx,
            () -> now,
            () -> now.plus(wallAhead),
            (why, fault) -> halted.accept(why + " " + fault),
            longestTurn);
    loop.start(new Input.Start(1, PLAN.settings()));
    post(new PbxEvent.Synchronized(NOW, List.of()));
    post(new PbxEvent.PhoneChanged(NOW, PLAN.phone("ann"), PhoneState.AVAILABLE));
    loop.ask(new Input.LogIn(next(), ANN), _ -> {});
    loop.ask(new Input.GoReady(next(), ANN), _ -> {});
    shown.await(String.class, "agent ready"::equals);
  }

  @AfterEach
  void close() {
    holdUp.countDown();
    loop.close();
  }

  private CommandId next() {
    return new CommandId("tab", ++commands);
  }

  private void post(PbxEvent fact) {
    loop.post(new Input.FromPbx(fact));
  }

  private void caller() {
    post(new PbxEvent.CallArrived(NOW, CALL, new PhoneNumber("+8862"), new PhoneNumber("8001")));
    post(new PbxEvent.CallQueued(NOW, CALL));
  }

  private static String word(Optional<Refusal> refusal) {
    return refusal.map(Refusal::code).orElse("done");
  }

  /// The engine answers what comes after it.
  private void theTurnIsOver() {
    var answers = new Facts<String>();
    loop.ask(
        new Input.Hold(next(), ANN, new ContactId("none")),
        refusal -> answers.accept(word(refusal)));
    answers.await(String.class);
  }

  /// What has been sent, but that we live.
  private List<PbxCommand> told() {
    return sent.all().stream().filter(one -> !(one instanceof PbxCommand.Heartbeat)).toList();
  }

  // ── In which order ──────────────────────────────────────────────────────────────────────────

  @Test
  void thePhoneIsRungOnlyWhenThePopIsWritten() {
    caller();
    shown.await(String.class, "agent reserved"::equals);
    assertThat(shown.all()).contains("pop");
    assertThat(told()).isEmpty();
    written.complete(null);
    assertThat(sent.await(PbxCommand.RingAgent.class).call()).isEqualTo(CALL);
  }

  @Test
  void aScreenThatFailsKeepsNobodyWaiting() {
    caller();
    shown.await(String.class, "agent reserved"::equals);
    written.completeExceptionally(new IllegalStateException("The socket is gone."));
    assertThat(sent.await(PbxCommand.RingAgent.class).call()).isEqualTo(CALL);
  }

  @Test
  void aCallerWhoLeavesBeforeThePopIsWrittenRingsNobody() {
    caller();
    shown.await(String.class, "queue 1"::equals);
    shown.forget();
    post(new PbxEvent.CallEnded(NOW, CALL));
    shown.await(String.class, "queue 0"::equals);
    theTurnIsOver();
    written.complete(null);
    sent.await(PbxCommand.Forget.class);
    assertThat(told())
        .as("its end is in the ledger, and nothing else is to be done")
        .containsOnly(new PbxCommand.Forget(CALL));
  }

  @Test
  void aTurnIsInTheLedgerBeforeAnythingOfItIsSeen() {
    ledger.isSlow();
    written.complete(null);
    caller();
    sent.await(PbxCommand.RingAgent.class);
    assertThat(ledger.events()).as("written").hasAtLeastOneElementOfType(ContactOffered.class);
  }

  @Test
  void whatThePbxRemembersIsForgottenOnlyWhenItIsForced() {
    written.complete(null);
    caller();
    shown.await(String.class, "queue 1"::equals);
    ledger.isSlow();
    post(new PbxEvent.CallEnded(NOW, CALL));
    shown.await(String.class, "queue 0"::equals);
    assertThat(sent.count(PbxCommand.Forget.class, _ -> true)).isZero();
    ledger.forces();
    sent.await(PbxCommand.Forget.class);
  }

  @Test
  void whatCameBeforeTheStartIsTakenAfterIt() {
    assertThat(ledger.turns().getFirst().events().getFirst())
        .isEqualTo(new CenterEvent.EngineStarted(1, Duration.ZERO));
  }

  @Test
  void aClockThatIsSetIsHeardOfWithoutAnyInput() {
    wallAhead = Duration.ofHours(-10);
    assertThat(decided.await(CenterEvent.WallClockSet.class).ahead()).isEqualTo(wallAhead);
  }

  // ── What waits for the disk ─────────────────────────────────────────────────────────────────

  @Test
  void whatIsDoneIsAnsweredWhenItIsForcedAndARefusalAtOnce() {
    ledger.isSlow();
    var answers = new Facts<String>();
    loop.ask(new Input.GoNotReady(next(), ANN, "lunch"), refusal -> answers.accept(word(refusal)));
    loop.ask(
        new Input.Hold(next(), ANN, new ContactId("none")),
        refusal -> answers.accept(word(refusal)));
    answers.await(String.class, "no-call"::equals);
    assertThat(answers.all()).containsExactly("no-call");
    ledger.forces();
    answers.await(String.class, "done"::equals);
  }

  @Test
  void theSameCommandAgainIsAnsweredNoEarlierThanTheFirst() {
    ledger.isSlow();
    var answers = new Facts<String>();
    var lunch = new Input.GoNotReady(next(), ANN, "lunch");
    loop.ask(lunch, refusal -> answers.accept("first " + word(refusal)));
    shown.await(String.class, "agent not-ready"::equals);
    loop.ask(lunch, refusal -> answers.accept("again " + word(refusal)));
    // The engine has taken the second too when it answers what comes after it.
    loop.ask(
        new Input.Hold(next(), ANN, new ContactId("none")),
        refusal -> answers.accept(word(refusal)));
    answers.await(String.class, "no-call"::equals);
    assertThat(answers.all()).as("nothing is on the disk").containsExactly("no-call");
    ledger.forces();
    answers.await(String.class, "first done"::equals);
    answers.await(String.class, "again done"::equals);
  }

  @Test
  void whoHasAskedIsAnsweredBeforeItStopsAndNobodyElseIsTaken() {
    ledger.isSlow();
    var answers = new Facts<String>();
    loop.ask(new Input.GoNotReady(next(), ANN, "lunch"), refusal -> answers.accept(word(refusal)));
    shown.await(String.class, "agent not-ready"::equals);
    loop.refuseDesks();
    loop.ask(new Input.GoReady(next(), ANN), refusal -> answers.accept(word(refusal)));
    assertThat(answers.all()).containsExactly("stopping");
    assertThat(loop.awaitAnswers(Duration.ofMillis(20))).as("it is not on the disk").isFalse();
    ledger.forces();
    assertThat(loop.awaitAnswers(Duration.ofSeconds(10))).isTrue();
    assertThat(answers.all()).containsExactly("stopping", "done");
  }

  private Input.TaskRequested message(long visit) {
    return new Input.TaskRequested(
        new Input.Origin(CALL, visit, "1"),
        Task.Kind.VOICEMAIL,
        new QueueId("work"),
        Optional.empty(),
        "",
        "+8862",
        "/r/1.wav",
        3);
  }

  @Test
  void aScriptIsAnsweredWhenItsWishIsForced() {
    ledger.isSlow();
    assertThat(loop.ask(message(1), Duration.ofMillis(20))).as("in this time").isEmpty();
    ledger.forces();
    assertThat(loop.ask(message(1), Duration.ofSeconds(10)))
        .as("asked again it is the same")
        .contains("1001");
    assertThat(loop.ask(message(2), Duration.ofSeconds(10))).contains("1002");
  }

  @Test
  void aDiskThatIsFullIsTheEnginesMatter() {
    ledger.isFull(true);
    var answers = new Facts<String>();
    // It is told of the disk after a turn; the next command meets it.
    loop.post(new Input.Tick());
    loop.ask(new Input.Hold(next(), ANN, new ContactId("none")), _ -> {});
    decided.await(CenterEvent.DiskFilled.class, disk -> disk.full());
    loop.ask(new Input.GoNotReady(next(), ANN, "lunch"), refusal -> answers.accept(word(refusal)));
    answers.await(String.class, "not-saved"::equals);
    assertThat(loop.ask(message(1), Duration.ofSeconds(10))).isEmpty();
    ledger.isFull(false);
    loop.post(new Input.Tick());
    decided.await(CenterEvent.DiskFilled.class, disk -> !disk.full());
    loop.ask(new Input.GoNotReady(next(), ANN, "lunch"), refusal -> answers.accept(word(refusal)));
    answers.await(String.class, "done"::equals);
  }

  // ── The inbox ───────────────────────────────────────────────────────────────────────────────

  @Test
  void aFullInboxRefusesDesksAndDropsNothingOfThePbx() {
    reopen(Duration.ofMinutes(1));
    slow = true;
    loop.ask(new Input.GoNotReady(next(), ANN, "break"), _ -> {});
    var refused = new Facts<String>();
    int asked = 40_000;
    for (int i = 0; i < asked; i++) {
      loop.ask(
          new Input.Answer(next(), ANN, new ContactId("none")),
          refusal -> refused.accept(word(refusal)));
    }
    refused.await(String.class, "overloaded"::equals);
    caller();
    slow = false;
    holdUp.countDown();
    shown.await(String.class, "queue 1"::equals);
    assertThat(loop.awaitAnswers(Duration.ofSeconds(20))).isTrue();
    assertThat(refused.all()).as("everybody has one answer").hasSize(asked);
  }

  private void reopen(Duration longestTurn) {
    loop.close();
    commands = 1_000;
    shown.forget();
    openWith(longestTurn);
  }

  // ── Halting ─────────────────────────────────────────────────────────────────────────────────

  @Test
  void aTurnThatThrowsHaltsAndNothingOfItHasLeft() {
    written.complete(null);
    int before = ledger.turns().size();
    post(new PbxEvent.CallArrived(NOW, CALL, new PhoneNumber("+8862"), new PhoneNumber("8001")));
    shown.forget();
    breaksOn = "ContactQueued";
    post(new PbxEvent.CallQueued(NOW, CALL));
    assertThat(halted.await(String.class)).contains("A turn has failed", "on purpose");
    assertThat(ledger.events())
        .as("nothing of the turn is written")
        .doesNotHaveAnyElementsOfTypes(ContactQueued.class);
    assertThat(ledger.turns().size()).isEqualTo(before + 1);
    assertThat(told()).as("nothing of it is sent").isEmpty();
    assertThat(shown.all()).as("nor shown").isEmpty();
  }

  @Test
  void whoHasHaltedTakesNothingMore() {
    breaksOn = "ContactQueued";
    caller();
    halted.await(String.class);
    int turns = ledger.turns().size();
    sent.forget();
    var answers = new Facts<String>();
    post(new PbxEvent.CallEnded(NOW, CALL));
    loop.ask(new Input.GoReady(next(), ANN), refusal -> answers.accept(word(refusal)));
    assertThat(loop.awaitAnswers(Duration.ofMillis(50))).isFalse();
    assertThat(ledger.turns()).hasSize(turns);
    assertThat(sent.all()).as("no heartbeat").isEmpty();
  }

  @Test
  void aFaultInAnEffectHaltsTooAndTheCallerIsInTheLedger() {
    written.complete(null);
    breaksOn = "RingAgent";
    caller();
    assertThat(halted.await(String.class)).contains("A turn has failed");
    assertThat(ledger.events()).hasAtLeastOneElementOfType(ContactOffered.class);
  }

  @Test
  void aTurnThatTakesTooLongHalts() {
    slow = true;
    loop.ask(new Input.GoNotReady(next(), ANN, "break"), _ -> {});
    assertThat(halted.await(String.class)).contains("A turn takes more than");
  }

  @Test
  void whoDoesNotDecideDoesNotBeat() {
    sent.await(PbxCommand.Heartbeat.class);
    slow = true;
    loop.ask(new Input.GoNotReady(next(), ANN, "break"), _ -> {});
    shown.await(String.class, "agent not-ready"::equals);
    sent.forget();
    halted.await(String.class);
    assertThat(sent.all()).isEmpty();
  }

  @Test
  void aListOfManyCallsIsNoLongTurn() {
    var live =
        IntStream.range(0, 4_000)
            .mapToObj(
                i ->
                    new PbxEvent.LiveCall(
                        new CallId("found-" + i),
                        new PhoneNumber("+8862"),
                        new PhoneNumber("8001"),
                        PbxEvent.Place.IN_SCRIPT,
                        "",
                        Optional.empty(),
                        0,
                        "",
                        "",
                        Optional.empty(),
                        ""))
            .toList();
    post(new PbxEvent.Synchronized(NOW, live));
    shown.await(String.class, "pbx true"::equals);
    loop.ask(new Input.GoReady(next(), ANN), _ -> {});
    assertThat(loop.awaitAnswers(Duration.ofSeconds(20))).isTrue();
    assertThat(loop.liveCalls()).isEqualTo(4_000);
    assertThat(halted.all()).isEmpty();
  }

  @Test
  void whatIsSetAsideIsAnsweredAndNotDone() {
    CommandId id = next();
    setAside = "command " + id;
    var answers = new Facts<String>();
    loop.ask(new Input.GoNotReady(id, ANN, "lunch"), refusal -> answers.accept(word(refusal)));
    assertThat(answers.await(String.class)).isEqualTo("set-aside");
    setAside = "call " + CALL;
    assertThat(loop.ask(message(1), Duration.ofMillis(20))).isEmpty();
    caller();
    assertThat(sent.await(PbxCommand.FallBack.class).call())
        .as("the PBX takes care of them")
        .isEqualTo(CALL);
    setAside = "nothing";
    assertThat(loop.ask(message(1), Duration.ofSeconds(10))).contains("1001");
  }

  // ── Time ────────────────────────────────────────────────────────────────────────────────────

  @Test
  void whatIsDueHappens() {
    written.complete(null);
    caller();
    var ring = sent.await(PbxCommand.RingAgent.class);
    now = NOW.plusSeconds(23);
    assertThat(sent.await(PbxCommand.CancelRing.class).leg()).isEqualTo(ring.leg());
  }
}
