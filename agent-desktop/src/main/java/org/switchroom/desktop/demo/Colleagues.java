package org.switchroom.desktop.demo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.runtime.EngineInbox;

/// Simulated colleagues at their desks: they log in, go ready, let the wrap-up time pass, and take
/// a break now and then. They ask the engine as any desk does.
final class Colleagues implements AutoCloseable {
  private final EngineInbox engine;
  private final List<AgentId> agents;
  private final SplittableRandom random;
  private final Set<AgentId> onBreak = new HashSet<>();

  /// How many commands each has given.
  private final Map<AgentId, Long> given = new HashMap<>();

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("simulated-colleagues").daemon().factory());

  Colleagues(EngineInbox engine, List<AgentId> agents, long seed) {
    this.engine = engine;
    this.agents = agents;
    this.random = new SplittableRandom(seed);
  }

  void start() {
    for (AgentId agent : agents) {
      ask(new Input.LogIn(id(agent), agent));
      engine.post(new Input.DeskOpened(agent));
      ask(new Input.GoReady(id(agent), agent));
    }
    timer.scheduleAtFixedRate(this::act, 2, 1, TimeUnit.SECONDS);
  }

  private CommandId id(AgentId agent) {
    return new CommandId("demo-" + agent, given.merge(agent, 1L, Long::sum));
  }

  private void ask(Input.DeskCommand command) {
    engine.ask(command, _ -> {});
  }

  /// Each second: now and then somebody takes a break, or comes back from one.
  private void act() {
    for (AgentId agent : agents) {
      if (onBreak.contains(agent)) {
        if (random.nextInt(20) == 0) {
          onBreak.remove(agent);
          ask(new Input.GoReady(id(agent), agent));
        }
      } else if (onBreak.size() < agents.size() / 4 && random.nextInt(90) == 0) {
        onBreak.add(agent);
        ask(new Input.GoNotReady(id(agent), agent, "break"));
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
