package org.switchroom.cti.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.center.CenterPlan;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.center.Effect;
import org.switchroom.cti.center.Engine;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Replica;
import org.switchroom.cti.center.Snapshot;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.figures.DayFigures;
import org.switchroom.cti.pbx.Pbx;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.asterisk.VirtualAmiLink;
import org.switchroom.cti.recording.PaperRecording;
import org.switchroom.cti.screens.AgentView;
import org.switchroom.cti.screens.ParkedView;
import org.switchroom.cti.screens.ScreenPop;
import org.switchroom.cti.screens.ScreenProjection;
import org.switchroom.cti.testkit.Differences;
import org.switchroom.cti.testkit.RecordedScreens;

/// One run of the process.
final class ChaosServer {
  /// How often the state is compared with what its events say, beside at every crash.
  private static final int COMPARED_EVERY = 64;

  /// In heartbeats, as [EngineLoop] does it.
  private static final int COMPARES_EVERY = 60;

  /// In heartbeats: how often the link looks what is late, which is seldom enough for a test that
  /// has thousands of seconds.
  private static final int LOOKS_EVERY = 4;

  private final Chaos world;

  /// What this run does nothing for.
  private final Set<String> aside;

  final VirtualAmiLink link = new VirtualAmiLink(this::action, this::later);
  final Engine engine = new Engine();
  private final Replica folded = new Replica();
  private final EffectRunner effects;
  private final TurnRunner runner;
  private final Pbx adapter;
  private final ArrayDeque<Input> inbox = new ArrayDeque<>();

  /// What this run was given, and what came of it.
  private final PaperRecording recording = new PaperRecording();

  private long made;
  private boolean working;
  private Instant waking = Instant.MAX;
  private Instant lastOnWire = Instant.MIN;
  private Instant lastAction = Instant.MIN;
  private String subject = "";
  private boolean healthy = true;
  private int heartbeats;

  /// The turn in which something throws, counted from now; -1: none.
  private int turnsToFault = -1;

  ChaosServer(Chaos world) {
    this.world = world;
    aside = Set.copyOf(world.aside);
    adapter = link.open(world.time);
    CenterSettings settings = Chaos.settings();
    var screens =
        new ScreenProjection(
            new Shown(),
            new CenterPlan(settings),
            new DayFigures(ZoneOffset.UTC, world.time.instant(), Map.of()));
    for (Turn turn : world.log.written) {
      engine.replay(turn);
      folded.apply(turn);
      screens.replica().apply(turn);
    }
    Snapshot begun = engine.snapshot();
    world.recovered(begun);
    recording.begins(begun, aside);
    effects = new EffectRunner(world.log, new PoisonedPbx(), _ -> List.of(), new Lookups());
    runner = new TurnRunner(engine, new Watched(), screens, effects, new Blamed(), recording);
  }

  void open(long epoch) {
    take(new Input.Start(epoch, Chaos.settings()));
    adapter.start(Chaos.phones(), this::fact);
    connect();
  }

  private void connect() {
    world.time.in(
        Duration.ofMillis(world.random.nextInt(1, world.trouble ? 3_000 : 300)),
        () -> {
          if (world.server == this && !link.isUp()) world.guarded(link::up);
        });
  }

  void cut() {
    link.down();
    lastOnWire = Instant.MIN;
    connect();
  }

  /// The loop's own work, each second.
  void heartbeat() {
    if (link.isUp()) adapter.send(new PbxCommand.Heartbeat());
    heartbeats++;
    if (link.isUp() && heartbeats % COMPARES_EVERY == 0) adapter.send(new PbxCommand.Compare());
    if (heartbeats % LOOKS_EVERY == 0) link.heartbeat();
    if (!healthy) world.log.retry();
    boolean now = world.log.healthy();
    if (now == healthy) return;
    healthy = now;
    post(new Input.Disk(!now));
  }

  // ── The PBX ─────────────────────────────────────────────────────────────────────────────────

  private void later(Duration time, Runnable work) {
    world.time.in(
        time,
        () -> {
          if (world.server == this) world.guarded(work);
        });
  }

  /// The PBX's messages come in their order, some time later.
  void wire(String message) {
    if (!link.isUp()) return;
    Instant at = world.time.instant().plusNanos(world.random.nextLong(50_000, 3_000_000));
    if (at.isBefore(lastOnWire)) at = lastOnWire;
    lastOnWire = at;
    world.time.in(Duration.between(world.time.instant(), at), () -> arrives(message));
  }

  private void arrives(String message) {
    if (world.server == this) world.guarded(() -> link.receive(message));
  }

  /// Actions come to the PBX in their order; some fail, and some are never heard of again.
  private void action(List<String> lines) {
    Instant at = world.time.instant().plusNanos(world.random.nextLong(50_000, 2_000_000));
    if (at.isBefore(lastAction)) at = lastAction;
    lastAction = at;
    boolean asking =
        lines.getFirst().matches("Action: (Status|DBGetTree|DeviceStateList|Filter|Getvar)");
    boolean lost = !asking && world.happens(world.rates.unanswered());
    boolean refused = !asking && world.happens(world.rates.refused());
    if (lost) return;
    world.time.in(
        Duration.between(world.time.instant(), at),
        () -> {
          if (refused) wire("Response: Error\r\n" + lines.get(1) + "\r\nMessage: no\r\n\r\n");
          else world.pbx.act(lines, this::wire);
        });
  }

  private void fact(PbxEvent fact) {
    boolean ofTheLine =
        fact instanceof PbxEvent.Synchronized
            || fact instanceof PbxEvent.Compared
            || fact instanceof PbxEvent.Disconnected;
    if (ofTheLine) {
      post(new Input.FromPbx(fact));
      return;
    }
    if (world.happens(world.rates.lost())) return;
    if (world.happens(world.rates.late())) {
      var later =
          Duration.ofMillis(world.random.nextInt(1, world.random.nextInt(8) == 0 ? 20_000 : 50));
      world.time.in(later, () -> post(new Input.FromPbx(fact)));
      return;
    }
    post(new Input.FromPbx(fact));
    if (world.happens(world.rates.repeated())) post(new Input.FromPbx(fact));
  }

  // ── The loop ────────────────────────────────────────────────────────────────────────────────

  void post(Input input) {
    if (world.server != this) return;
    inbox.add(input);
    if (working) return;
    working = true;
    world.time.in(Duration.ZERO, this::work);
  }

  void ask(Input.DeskCommand command, Consumer<Optional<Refusal>> answer) {
    if (world.server != this) return;
    effects.commands().asked(command.id(), answer);
    post(command);
  }

  /// One input a step, so that a crash comes between any two.
  private void work() {
    if (world.server != this) return;
    Input input = inbox.poll();
    if (input == null) {
      working = false;
      return;
    }
    world.guarded(() -> take(input));
    if (world.server == this) world.time.in(Duration.ofNanos(20_000), this::work);
  }

  private void take(Input input) {
    world.facts++;
    world.trace = 31 * world.trace + input.getClass().getSimpleName().hashCode();
    if (world.happens(world.rates.fault())) turnsToFault = world.random.nextInt(3);
    runner.on(input, world.time.instant(), world.time.instant());
    check();
    if (made % COMPARED_EVERY == 0) compare(input);
    if (world.happens(world.rates.crash())) {
      throw new Chaos.Crash(world.random.nextInt(4) == 0);
    }
    wakeUp();
    if (inbox.isEmpty()) runner.rest();
  }

  /// As the loop does it, after each turn.
  private void check() {
    try {
      runner.check();
    } catch (IllegalStateException e) {
      throw new Chaos.Planted(subject);
    }
  }

  private boolean isPoisoned(String call, Chaos.Poison with) {
    return world.poisoned.get(call) == with;
  }

  /// Some cannot be rung for.
  private final class PoisonedPbx implements Pbx {
    @Override
    public void start(Set<String> phones, Consumer<PbxEvent> facts) {
      adapter.start(phones, facts);
    }

    @Override
    public void watch(Set<String> phones) {
      adapter.watch(phones);
    }

    @Override
    public void send(PbxCommand command) {
      if (command instanceof PbxCommand.RingAgent ring
          && isPoisoned(ring.call().value(), Chaos.Poison.RING)) {
        throw new Chaos.Planted(subject);
      }
      adapter.send(command);
    }

    @Override
    public void close() {
      adapter.close();
    }
  }

  /// What is known is what the events say, and the same inputs lead to the same events again.
  void compare(Object after) {
    if (!engine.snapshot().equals(folded.snapshot())) {
      world.faults.add(
          "%s: after %s the state is not what its events say:%n%s"
              .formatted(
                  world.time.instant(),
                  after,
                  String.join("\n", Differences.between(engine.snapshot(), folded.snapshot()))));
    }
  }

  /// What its turns say.
  Snapshot known() {
    return folded.snapshot();
  }

  /// At the end of the run.
  void replays() {
    recording
        .replay()
        .fault()
        .ifPresent(
            fault ->
                world.faults.add("The same inputs led to something else: %s".formatted(fault)));
  }

  private void wakeUp() {
    Instant due = runner.nextDeadline().orElse(null);
    if (due == null || !due.isBefore(waking)) return;
    waking = due;
    Duration wait = Duration.between(world.time.instant(), due);
    world.time.in(
        wait.isNegative() ? Duration.ZERO : wait,
        () -> {
          waking = Instant.MAX;
          post(new Input.Tick());
        });
  }

  /// The ledger, in which a turn may fail before anything of it has left.
  private final class Watched implements TurnLog {
    @Override
    public Turn append(Turn turn) {
      if (turnsToFault == 0) throw new Chaos.Planted(subject);
      if (turnsToFault > 0) turnsToFault--;
      Turn kept = world.log.append(turn);
      folded.apply(kept);
      made++;
      return kept;
    }

    @Override
    public void whenForced(long number, Runnable told) {
      world.log.whenForced(number, told);
    }

    @Override
    public boolean healthy() {
      return world.log.healthy();
    }

    @Override
    public void retry() {
      world.log.retry();
    }
  }

  private final class Blamed implements Blame {
    @Override
    public boolean begins(String of) {
      if (aside.contains(of)) return false;
      subject = of;
      return true;
    }

    @Override
    public void ends() {
      subject = "";
    }
  }

  private final class Lookups implements EffectRunner.Customers {
    @Override
    public void lookUp(Effect.LookUp who) {
      world.time.in(
          Duration.ofMillis(world.random.nextInt(1, 200)),
          () ->
              post(
                  new Input.CallerIdentified(who.call(), List.of(Chaos.card(who.from().value())))));
    }

    @Override
    public void write(Effect.WriteCustomer customer) {}
  }

  // ── What is shown ───────────────────────────────────────────────────────────────────────────

  private final class Shown extends RecordedScreens {
    @Override
    public CompletionStage<Void> pop(AgentId agent, ContactId contact, Optional<ScreenPop> pop) {
      if (pop.isPresent() && isPoisoned(contact.value(), Chaos.Poison.POP)) {
        throw new Chaos.Planted(subject);
      }
      var written = new CompletableFuture<Void>();
      world.time.in(
          Duration.ofMillis(world.random.nextInt(0, 100)),
          () -> {
            if (world.server == ChaosServer.this) world.guarded(() -> shown(written));
          });
      return written;
    }

    @Override
    public void show(AgentView view) {
      // A supervisor who has taken a caller over has no desk for them.
      ChaosAgent bot = world.bots.get(view.agent().value());
      if (bot != null) bot.sees(ChaosServer.this, view);
    }

    @Override
    public void parked(AgentId agent, ParkedView view) {
      ChaosAgent bot = world.bots.get(agent.value());
      if (bot != null) bot.sees(ChaosServer.this, view);
    }
  }

  private void shown(CompletableFuture<Void> written) {
    written.complete(null);
    check();
  }
}
