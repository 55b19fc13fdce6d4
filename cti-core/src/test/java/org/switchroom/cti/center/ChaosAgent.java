package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.switchroom.acd.plan.AgentId;

/// An agent at a desk, who does what agents do.
final class ChaosAgent {
  private final Chaos world;
  final AgentId agent;
  final Map<Long, String> asked = new LinkedHashMap<>();
  String state = "logged-out";
  private boolean here;
  private Instant away = Instant.MIN;
  private long lastAsked;
  private long views;

  ChaosAgent(Chaos world, AgentId agent) {
    this.world = world;
    this.agent = agent;
  }

  /// Nobody has heard what was asked.
  void lost() {
    here = false;
    asked.clear();
  }

  /// The browser finds its server again.
  void back(ChaosServer at) {
    world.time.in(
        Duration.ofMillis(world.random.nextInt(50, world.trouble ? 18_000 : 3_000)),
        () -> {
          if (world.server != at || here) return;
          if (world.time.instant().isBefore(away)) {
            back(at);
            return;
          }
          here = true;
          ask(
              at,
              "open",
              answer -> new DeskRequest.DeskOpened(world.time.instant(), agent, answer));
        });
  }

  void leaves(Duration forSo) {
    ChaosServer at = world.server;
    if (!here || at == null) return;
    here = false;
    away = world.time.instant().plus(forSo);
    ask(at, "close", answer -> new DeskRequest.DeskClosed(world.time.instant(), agent, answer));
    back(at);
  }

  void sees(ChaosServer from, AgentView view) {
    state = view.state();
    long mine = ++views;
    world.time.in(
        Duration.ofMillis(world.random.nextInt(100, 5_000)),
        () -> {
          if (world.server == from && here && mine == views) does(from, view);
        });
  }

  private void does(ChaosServer at, AgentView view) {
    Instant now = world.time.instant();
    switch (view.state()) {
      case "logged-out" -> ask(at, "log-in", answer -> new DeskRequest.LogIn(now, agent, answer));
      case "not-ready" -> ask(at, "ready", answer -> new DeskRequest.GoReady(now, agent, answer));
      case "wrap-up" -> {
        String of = view.call().value();
        ask(
            at,
            "wrap-up",
            answer ->
                new DeskRequest.CompleteWrapUp(
                    now,
                    agent,
                    "other",
                    "",
                    refusal -> {
                      if (refusal == null) world.wrappedUp(of, agent);
                      answer.accept(refusal);
                    }));
      }
      case "ready" -> {
        if (!world.trouble || world.random.nextInt(20) > 0) return;
        if (world.random.nextBoolean()) {
          ask(at, "log-out", answer -> new DeskRequest.LogOut(now, agent, answer));
        } else {
          ask(at, "break", answer -> new DeskRequest.GoNotReady(now, agent, "break", answer));
        }
      }
      case "talking" -> {
        switch (world.random.nextInt(world.trouble ? 6 : 60)) {
          case 0 -> ask(at, "hang-up", answer -> new DeskRequest.HangUp(now, agent, answer));
          case 1 -> ask(at, "hold", answer -> new DeskRequest.Hold(now, agent, answer));
          case 2 ->
              ask(at, "break", answer -> new DeskRequest.GoNotReady(now, agent, "lunch", answer));
          default -> {}
        }
      }
      case "hold" -> ask(at, "retrieve", answer -> new DeskRequest.Retrieve(now, agent, answer));
      default -> {}
    }
    // Who was refused tries again.
    long mine = views;
    world.time.in(
        Duration.ofSeconds(7),
        () -> {
          if (world.server == at && here && mine == views) does(at, view);
        });
  }

  private interface Asking {
    DeskRequest with(Consumer<Refusal> answer);
  }

  private void ask(ChaosServer at, String what, Asking asking) {
    long id = ++lastAsked;
    asked.put(id, what);
    at.post(
        new CenterEvent.FromDesk(
            asking.with(
                _ -> {
                  if (asked.remove(id) == null && world.server == at) {
                    world.faults.add("%s was answered twice: %s".formatted(agent, what));
                  }
                })));
  }
}
