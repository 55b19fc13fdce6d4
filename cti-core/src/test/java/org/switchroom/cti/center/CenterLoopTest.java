package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.Pbx;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.testkit.Facts;

/// The order in which effects leave, and what happens when the inbox is full.
class CenterLoopTest {
  private static final AgentId ANN = new AgentId("ann");
  private static final CallId CALL = new CallId("c1");
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

  private final Facts<PbxCommand> sent = new Facts<>();
  private final Facts<String> shown = new Facts<>();
  private final CompletableFuture<Void> written = new CompletableFuture<>();
  private final CountDownLatch holdUp = new CountDownLatch(1);

  /// A record that is not on the disk yet.
  private record Unforced(Consumer<String> done) {}

  private final Facts<Unforced> unforced = new Facts<>();
  private volatile boolean slow;
  private volatile boolean diskIsSlow;

  private final Pbx pbx =
      new Pbx() {
        @Override
        public void start(Set<String> phones, Consumer<PbxEvent> facts) {}

        @Override
        public void watch(Set<String> phones) {}

        @Override
        public void send(PbxCommand command) {
          sent.accept(command);
        }

        @Override
        public void close() {}
      };

  private final Screens screens =
      new Screens() {
        @Override
        public CompletionStage<Void> pop(AgentId agent, ScreenPop pop) {
          shown.accept(pop == null ? "no pop" : "pop");
          return written;
        }

        @Override
        public void show(AgentView view) {
          shown.accept("agent " + view.state());
          if (slow) {
            try {
              holdUp.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        }

        @Override
        public void show(QueueView view) {
          shown.accept("queue " + view.waiting());
        }

        @Override
        public void tasks(AgentId agent, List<TaskView> tasks) {}

        @Override
        public void show(WaitersView view) {}

        @Override
        public void show(ShadowView view) {}

        @Override
        public void pbx(boolean connected) {
          shown.accept("pbx " + connected);
        }
      };

  private final CenterLoop loop = open();

  private CenterLoop open() {
    var queue = new QueueId("q");
    var settings =
        new CenterSettings(
            List.of(
                new QueueSettings(
                    queue,
                    "Q",
                    SkillExpression.parse("any"),
                    0,
                    Duration.ofSeconds(20),
                    WrapUp.none(),
                    80,
                    Duration.ofSeconds(20),
                    List.of())),
            List.of(new AgentSettings(ANN, "Ann", "PJSIP/1001", new Skills(Map.of()))),
            queue,
            ZoneOffset.UTC,
            Map.of(),
            Map.of());
    History history =
        (_, _, waits, done) -> {
          if (waits && diskIsSlow) unforced.accept(new Unforced(done));
          else done.accept(null);
        };
    var loop = new CenterLoop(settings, InstantSource.fixed(NOW), pbx, screens, history);
    loop.start();
    post(loop, new PbxEvent.Synchronized(NOW, List.of()));
    post(loop, new PbxEvent.PhoneChanged(NOW, "PJSIP/1001", PhoneState.AVAILABLE));
    loop.ask(new DeskRequest.LogIn(NOW, ANN, _ -> {}));
    loop.ask(new DeskRequest.GoReady(NOW, ANN, _ -> {}));
    return loop;
  }

  private static void post(CenterLoop loop, PbxEvent event) {
    loop.post(new CenterEvent.FromPbx(event));
  }

  private void caller() {
    post(
        loop,
        new PbxEvent.CallArrived(NOW, CALL, new PhoneNumber("+8862"), new PhoneNumber("8001")));
    post(loop, new PbxEvent.CallQueued(NOW, CALL));
  }

  @AfterEach
  void close() {
    holdUp.countDown();
    loop.close();
  }

  @Test
  void thePhoneIsRungOnlyWhenThePopIsWritten() {
    caller();
    shown.await(String.class, "agent reserved"::equals);
    assertThat(shown.all()).contains("pop");
    assertThat(sent.all()).isEmpty();
    written.complete(null);
    assertThat(sent.await(PbxCommand.RingAgent.class).call()).isEqualTo(CALL);
  }

  @Test
  void aCallerWhoLeavesBeforeThePopIsWrittenRingsNobody() {
    caller();
    shown.await(String.class, "queue 1"::equals);
    shown.forget();
    post(loop, new PbxEvent.CallEnded(NOW, CALL));
    shown.await(String.class, "queue 0"::equals);
    written.complete(null);
    assertThat(sent.all())
        .as("its end is in the history")
        .containsOnly(new PbxCommand.Forget(CALL));
  }

  @Test
  void whoHasAskedIsAnsweredBeforeItStopsAndNobodyElseIsTaken() {
    shown.await(String.class, "agent ready"::equals);
    diskIsSlow = true;
    var answers = new Facts<String>();
    loop.ask(
        new DeskRequest.GoNotReady(NOW, ANN, "lunch", refusal -> answers.accept(word(refusal))));
    Unforced record = unforced.await(Unforced.class);
    loop.refuseDesks();
    loop.ask(new DeskRequest.GoReady(NOW, ANN, refusal -> answers.accept(word(refusal))));
    assertThat(answers.all()).containsExactly("stopping");
    assertThat(loop.awaitAnswers(Duration.ofMillis(20))).as("it is not on the disk").isFalse();
    record.done().accept(null);
    assertThat(loop.awaitAnswers(Duration.ofSeconds(10))).isTrue();
    assertThat(answers.all()).containsExactly("stopping", "done");
  }

  private static String word(Refusal refusal) {
    return refusal == null ? "done" : refusal.code();
  }

  @Test
  void aFullInboxRefusesDesksAndDropsNothingOfThePbx() {
    slow = true;
    loop.ask(new DeskRequest.GoNotReady(NOW, ANN, "break", _ -> {}));
    var refused = new Facts<Refusal>();
    int asked = 40_000;
    for (int i = 0; i < asked; i++) {
      loop.ask(new DeskRequest.Answer(NOW, ANN, refusal -> refused.accept(refusal)));
    }
    assertThat(refused.await(Refusal.class)).isEqualTo(Refusal.OVERLOADED);
    caller();
    slow = false;
    holdUp.countDown();
    shown.await(String.class, "queue 1"::equals);
  }
}
