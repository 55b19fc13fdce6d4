package org.switchroom.cti.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.TestPlan;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.figures.DayFigures;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.screens.Screens;
import org.switchroom.cti.testkit.NoCustomers;
import org.switchroom.cti.testkit.NoPbx;
import org.switchroom.cti.testkit.RecordedScreens;

/// A caller with whom every run fails that decides on them: after the second halt they go to the
/// fallback queue, and everybody else is served by the same ledger.
class PoisonedCallTest {
  private static final CallId POISONED = new CallId("call-1");
  private static final CallId OTHER = new CallId("call-2");
  private static final AgentId ANN = new AgentId("ann");
  private static final String PHONE = "PJSIP/1001";
  private static final int MOST_RUNS = 5;

  /// With what it fails.
  private enum Fault {
    POP,
    RING,
    RING_TIMES_OUT,
    OVERFLOW
  }

  @TempDir Path root;
  private volatile Instant now = Instant.parse("2026-01-05T01:00:00Z");
  private Fault fault = Fault.POP;
  private int run;

  private static CenterSettings settings(Fault fault) {
    var plan = TestPlan.of("q").agents("ann");
    if (fault != Fault.OVERFLOW) return plan.settings();
    var rule =
        new Overflow(
            new Overflow.Trigger.Waited(Duration.ofSeconds(3)),
            new Overflow.Target.Away(Overflow.Target.Kind.SCRIPT, "sorry"));
    return plan.routes("q", queue -> queue.withOverflow(List.of(rule))).settings();
  }

  private static IllegalStateException planted() {
    return new IllegalStateException("This caller is poison, on purpose.");
  }

  /// What a run has done, until it halted or has rung for the other one.
  private record Run(boolean halted, List<PbxCommand> sent) {}

  /// The PBX of one run, in which everything is kept.
  private final class RecordingPbx extends NoPbx {
    final BlockingQueue<Object> out = new LinkedBlockingQueue<>();

    @Override
    public void send(PbxCommand command) {
      if (fault == Fault.RING && command instanceof PbxCommand.RingAgent ring) fails(ring.call());
      if (fault == Fault.OVERFLOW && command instanceof PbxCommand.RunScript script) {
        fails(script.call());
      }
      if (!(command instanceof PbxCommand.Heartbeat)) out.add(command);
    }

    private void fails(CallId call) {
      if (call.equals(POISONED)) throw planted();
    }
  }

  private Screens screens() {
    var shown = new RecordedScreens();
    return (Screens)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Screens.class},
            (_, method, args) -> {
              boolean pop =
                  method.getName().equals("pop") && args[1].toString().contains(POISONED.value());
              Fault ofIt =
                  pop && ((Optional<?>) args[2]).isPresent() ? Fault.POP : Fault.RING_TIMES_OUT;
              if (pop && fault == ofIt) throw planted();
              try {
                return method.invoke(shown, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Run run(Path folder) throws Exception {
    run++;
    var pbx = new RecordingPbx();
    var ports =
        new RunningEngine.Ports(
            pbx,
            screens(),
            _ -> List.of(),
            new NoCustomers(),
            _ ->
                new RunningEngine.History.Begun(
                    new DayFigures(ZoneOffset.UTC, now, Map.of()), Input.Kept.NOTHING),
            () -> now,
            () -> now,
            (why, thrown) -> pbx.out.add(why + " " + thrown),
            Recorder.NONE);
    var engine = RunningEngine.open(LastRun.in(folder, () -> now), settings(fault), ports);
    try {
      engine.start();
      inputs(engine.loop());
      return until(pbx, engine.loop());
    } finally {
      copy(folder, root.resolve("run" + run));
      engine.close();
    }
  }

  private void inputs(EngineLoop loop) {
    loop.post(
        new Input.FromPbx(
            new PbxEvent.Synchronized(now, List.of(queued(POISONED, 60), queued(OTHER, 30)))));
    loop.post(new Input.FromPbx(new PbxEvent.PhoneChanged(now, PHONE, PhoneState.AVAILABLE)));
    loop.post(new Input.DeskOpened(ANN));
    if (fault != Fault.OVERFLOW) {
      loop.ask(new Input.GoReady(new CommandId("s" + run, 1), ANN), _ -> {});
    } else {
      // Everything before it is done by then; a beat later it is due.
      loop.ask(new Input.LogIn(new CommandId("s" + run, 1), ANN), _ -> now = now.plusSeconds(4));
    }
  }

  private LiveCall queued(CallId call, int waits) {
    Instant since = Instant.parse("2026-01-05T01:00:00Z").minusSeconds(waits);
    var from = new PhoneNumber("+886223000001");
    var dialed = new PhoneNumber("8001");
    return new LiveCall(
        call, from, dialed, Place.QUEUED, "q", Optional.of(since), 0, "", "", Optional.empty(), "");
  }

  private void passes(EngineLoop loop, int seconds) {
    loop.post(new Input.Note("test", Deed.LOGGED_IN, "time passes"));
    now = now.plusSeconds(seconds);
    loop.post(new Input.Note("test", Deed.LOGGED_OUT, "time passes"));
  }

  /// Until it halts, or the other caller is served.
  private Run until(RecordingPbx pbx, EngineLoop loop) throws InterruptedException {
    var sent = new ArrayList<PbxCommand>();
    while (true) {
      Object next = pbx.out.poll(60, TimeUnit.SECONDS);
      if (next == null) throw new AssertionError("Nothing happens any more, after " + sent);
      if (!(next instanceof PbxCommand command)) return new Run(true, sent);
      sent.add(command);
      switch (command) {
        case PbxCommand.RingAgent ring when ring.call().equals(POISONED) -> passes(loop, 25);
        case PbxCommand.RingAgent _ -> {
          return new Run(false, sent);
        }
        case PbxCommand.RunScript _ -> {
          return new Run(false, sent);
        }
        default -> {}
      }
    }
  }

  private static void copy(Path from, Path into) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = into.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) Files.createDirectories(copy);
        else Files.copy(file, copy);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isSetAsideAtTheSecondHaltAndTheOthersAreServed(Fault what) throws Exception {
    fault = what;
    Path folder = Files.createDirectories(root.resolve("run0"));
    var runs = new ArrayList<Run>();
    do {
      runs.add(run(folder));
      folder = root.resolve("run" + run);
      now = now.plusSeconds(5);
    } while (runs.getLast().halted() && runs.size() < MOST_RUNS);
    assertThat(runs).extracting(Run::halted).containsExactly(true, true, false);
    assertThat(runs.getLast().sent()).contains(new PbxCommand.FallBack(POISONED));
    assertThat(folder.resolve("faults")).content().contains("call call-1");
    try (var files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("aside-"));
    }
  }
}
