package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.pbx.Pbx;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.asterisk.VirtualLine;

/// One run of the process.
final class ChaosServer implements Screens {
  private final Chaos world;
  final VirtualLine line = new VirtualLine(this::action);
  final Center center;
  private final Hands hands;
  private final Pbx adapter;
  private final ArrayDeque<CenterEvent> inbox = new ArrayDeque<>();
  private boolean working;
  private Instant waking = Instant.MAX;
  private Instant lastOnWire = Instant.MIN;
  private Instant lastAction = Instant.MIN;
  private int effectsToCrash = -1;

  ChaosServer(Chaos world) {
    this.world = world;
    adapter = line.open(world.time);
    hands =
        new Hands(
            world.time, adapter, this, world.ledger, _ -> List.of(), this::identify, this::post);
    center =
        new Center(
            Chaos.settings(world.ledger.standing()), world.time.instant(), this::effect, _ -> {});
  }

  void open() {
    center.everything().forEach(hands);
    adapter.start(Chaos.phones(), this::fact);
    connect();
  }

  private void connect() {
    world.time.in(
        Duration.ofMillis(world.random.nextInt(1, world.trouble ? 3_000 : 300)),
        () -> {
          if (world.server == this && !line.isUp()) world.guarded(line::up);
        });
  }

  void cut() {
    line.down();
    lastOnWire = Instant.MIN;
    connect();
  }

  void beat() {
    if (line.isUp()) line.beat();
  }

  /// The PBX's messages come in their order, some time later.
  void wire(String message) {
    if (!line.isUp()) return;
    Instant at = world.time.instant().plusNanos(world.random.nextLong(50_000, 3_000_000));
    if (at.isBefore(lastOnWire)) at = lastOnWire;
    lastOnWire = at;
    world.time.in(Duration.between(world.time.instant(), at), () -> arrives(message));
  }

  private void arrives(String message) {
    if (world.server == this) world.guarded(() -> line.receive(message));
  }

  /// Actions come to the PBX in their order; some fail, and some are never heard of again.
  private void action(List<String> lines) {
    Instant at = world.time.instant().plusNanos(world.random.nextLong(50_000, 2_000_000));
    if (at.isBefore(lastAction)) at = lastAction;
    lastAction = at;
    boolean asking = lines.getFirst().matches("Action: (Status|DBGetTree|Filter|Getvar)");
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
        fact instanceof PbxEvent.Synchronized || fact instanceof PbxEvent.Disconnected;
    if (ofTheLine) {
      post(new CenterEvent.FromPbx(fact));
      return;
    }
    if (world.happens(world.rates.lost())) return;
    if (world.happens(world.rates.late())) {
      var later =
          Duration.ofMillis(world.random.nextInt(1, world.random.nextInt(8) == 0 ? 20_000 : 50));
      world.time.in(later, () -> post(new CenterEvent.FromPbx(fact)));
      return;
    }
    post(new CenterEvent.FromPbx(fact));
    if (world.happens(world.rates.repeated())) post(new CenterEvent.FromPbx(fact));
  }

  void post(CenterEvent event) {
    if (world.server != this) return;
    inbox.add(event);
    if (working) return;
    working = true;
    world.time.in(Duration.ZERO, this::work);
  }

  /// One event a step, so that a crash comes between any two.
  private void work() {
    if (world.server != this) return;
    CenterEvent event = inbox.poll();
    if (event == null) {
      working = false;
      return;
    }
    world.guarded(() -> take(event));
    if (world.server == this) world.time.in(Duration.ofNanos(20_000), this::work);
  }

  private void take(CenterEvent event) {
    world.facts++;
    world.trace = 31 * world.trace + event.getClass().getSimpleName().hashCode();
    if (world.happens(world.rates.crash())) effectsToCrash = world.random.nextInt(6);
    center.on(event);
    if (effectsToCrash >= 0) throw new Chaos.Crash();
    Audit.check(center, world.time.instant())
        .forEach(fault -> world.faults.add(world.time.instant() + " " + fault + " after " + event));
    wakeUp();
  }

  private void wakeUp() {
    Instant due = center.nextDeadline();
    if (due == null || !due.isBefore(waking)) return;
    waking = due;
    Duration wait = Duration.between(world.time.instant(), due);
    world.time.in(
        wait.isNegative() ? Duration.ZERO : wait,
        () -> {
          waking = Instant.MAX;
          post(new CenterEvent.TimePassed(world.time.instant()));
        });
  }

  private void effect(Effect effect) {
    if (effectsToCrash == 0) throw new Chaos.Crash();
    if (effectsToCrash > 0) effectsToCrash--;
    // Before the constructor is through there is nothing to be shown.
    if (hands != null) hands.accept(effect);
  }

  private void identify(Effect.Identify who) {
    world.time.in(
        Duration.ofMillis(world.random.nextInt(1, 200)),
        () ->
            post(
                new CenterEvent.CallerIdentified(
                    world.time.instant(), who.call(), List.of(Chaos.card(who.from().value())))));
  }

  // What is shown.

  @Override
  public CompletionStage<Void> pop(AgentId agent, ScreenPop pop) {
    var written = new CompletableFuture<Void>();
    world.time.in(
        Duration.ofMillis(world.random.nextInt(0, 100)),
        () -> {
          if (world.server == this) world.guarded(() -> written.complete(null));
        });
    return written;
  }

  @Override
  public void show(AgentView view) {
    world.bots.get(view.agent().value()).sees(this, view);
  }

  @Override
  public void show(QueueView view) {}

  @Override
  public void tasks(AgentId agent, List<TaskView> tasks) {}

  @Override
  public void show(WaitersView view) {}

  @Override
  public void show(ShadowView view) {}

  @Override
  public void pbx(boolean connected) {}
}
