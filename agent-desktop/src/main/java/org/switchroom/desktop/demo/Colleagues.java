package org.switchroom.desktop.demo;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.center.CenterLoop;
import org.switchroom.cti.center.DeskRequest;
import org.switchroom.cti.center.Refusal;

/// Simulated colleagues at their desks: they log in, go ready, let the wrap-up time pass, and take
/// a break now and then. They ask the center as any desk does.
final class Colleagues implements AutoCloseable {
  private static final Consumer<Refusal> NOBODY = _ -> {};

  private final CenterLoop center;
  private final InstantSource clock;
  private final List<AgentId> agents;
  private final SplittableRandom random;
  private final Set<AgentId> onBreak = new HashSet<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("simulated-colleagues").daemon().factory());

  Colleagues(CenterLoop center, InstantSource clock, List<AgentId> agents, long seed) {
    this.center = center;
    this.clock = clock;
    this.agents = agents;
    this.random = new SplittableRandom(seed);
  }

  void start() {
    for (AgentId agent : agents) {
      center.ask(new DeskRequest.LogIn(clock.instant(), agent, NOBODY));
      center.ask(new DeskRequest.DeskOpened(clock.instant(), agent, NOBODY));
      center.ask(new DeskRequest.GoReady(clock.instant(), agent, NOBODY));
    }
    timer.scheduleAtFixedRate(this::act, 2, 1, TimeUnit.SECONDS);
  }

  /// Each second: now and then somebody takes a break, or comes back from one.
  private void act() {
    for (AgentId agent : agents) {
      if (onBreak.contains(agent)) {
        if (random.nextInt(20) == 0) {
          onBreak.remove(agent);
          center.ask(new DeskRequest.GoReady(clock.instant(), agent, NOBODY));
        }
      } else if (onBreak.size() < agents.size() / 4 && random.nextInt(90) == 0) {
        onBreak.add(agent);
        center.ask(new DeskRequest.GoNotReady(clock.instant(), agent, "break", NOBODY));
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
