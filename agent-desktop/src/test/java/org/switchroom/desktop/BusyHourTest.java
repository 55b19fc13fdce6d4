package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.store.CustomerSeed;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.CallWatcher;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;

/// Fifty SIP callers and five agents on a real Asterisk, one of the agents at a real Chromium.
@NeedsAsterisk
@NeedsBrowser
class BusyHourTest {
  private static final int AGENTS = 5;
  private static final int CALLERS = 50;
  private static final long SEED = 20260105;

  @Test
  void everyCallEndsWhereItShould() throws Exception {
    try (var asterisk = new RealAsterisk();
        var database = Database.open(Database.inMemoryUrl("busy-" + System.nanoTime()), "sa", "")) {
      seed(database);
      for (int i = 1; i <= AGENTS; i++) {
        asterisk.phone(PbxRig.device(i), Duration.ofMillis(300), Duration.ofMillis(1_500));
      }
      int impatient = play(asterisk, database);
      // What was on its way into the history is there when the server has stopped.
      var history = new SqlHistoryStore(database);
      assertThat(history.contacts()).as("calls in the history").isEqualTo(CALLERS);
      var outcomes = history.outcomes();
      assertThat(outcomes.getOrDefault("ABANDONED", 0L)).isBetween(1L, (long) impatient);
      assertThat(outcomes.getOrDefault("ANSWERED", 0L))
          .isEqualTo(CALLERS - outcomes.getOrDefault("ABANDONED", 0L));
      assertThat(history.dispositions()).isEqualTo(outcomes.get("ANSWERED"));
    }
  }

  /// The whole hour, until nobody is left; returns how many callers give up early.
  private static int play(RealAsterisk asterisk, Database database) throws Exception {
    try (var server = server(asterisk, database);
        var watcher = new CallWatcher(asterisk.ami().port())) {
      var desks = new ArrayList<DeskClient>();
      for (int i = 1; i < AGENTS; i++) {
        var desk =
            DeskClient.logIn(server.webPort(), "a" + i, TestCenter.PASSWORD).wrapsUpWith("other");
        desk.ask("goReady");
        desk.awaitState("ready");
        desks.add(desk);
      }
      int impatient;
      try (var browser =
          new BrowserScript(
              "agent.mjs",
              server.webPort(),
              Map.of("AGENT", "a" + AGENTS, "PASSWORD", TestCenter.PASSWORD))) {
        browser.awaitLine("ready");
        impatient = call(asterisk);
        browser.awaitLine("finished");
        assertThat(browser.finish(90)).as("the browser's script").isZero();
        assertThat(browser.said.all()).noneMatch(line -> line.startsWith("page-error"));
      }
      watcher.assertNobodyWasShared(CALLERS / 2);
      assertNoChannelIsLeft(asterisk);
      assertNothingIsLeft(server);
      desks.forEach(DeskClient::close);
      return impatient;
    }
  }

  /// Asterisk clears a channel away a moment after its call has ended: it is asked until it has.
  private static void assertNoChannelIsLeft(RealAsterisk asterisk) throws Exception {
    long patience = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    String left = asterisk.console("core show channels count");
    while (!left.contains("0 active channels") && System.nanoTime() < patience) {
      left = asterisk.console("core show channels count");
    }
    assertThat(left)
        .as(asterisk.console("core show channels concise"))
        .contains("0 active channels");
  }

  private static Switchroom server(RealAsterisk asterisk, Database database) throws Exception {
    return TestCenter.on(asterisk).withAgents(AGENTS).wrapsUp(WrapUp.Mode.OPTIONAL).start(database);
  }

  private static String number(int caller) {
    return "+8862230%05d".formatted(caller);
  }

  /// Callers who are known, so that nobody is asked for an account.
  private static void seed(Database database) {
    var people = new ArrayList<CustomerSeed.Entry>();
    for (int i = 0; i < CALLERS; i++) {
      people.add(
          new CustomerSeed.Entry(
              "", "Caller " + i, "", "standard", "", List.of(number(i)), List.of()));
    }
    new CustomerSeed(database).write(people);
  }

  /// Returns how many callers give up early, if nobody answers them before; ends when all are gone.
  private static int call(RealAsterisk asterisk) throws InterruptedException {
    var random = new SplittableRandom(SEED);
    var callers = new ArrayList<Process>();
    int impatient = 0;
    for (int i = 0; i < CALLERS; i++) {
      boolean givesUp = i % 6 == 5;
      if (givesUp) impatient++;
      Duration stays = givesUp ? Duration.ofSeconds(2) : Duration.ofSeconds(90);
      // The greeting takes two seconds, and is not cut short by a key.
      String keys = "      " + (random.nextBoolean() ? "1" : "2");
      callers.add(asterisk.call(number(i), "8001", keys, Duration.ofMillis(300), stays));
      callers.getFirst().waitFor(250, TimeUnit.MILLISECONDS);
    }
    for (Process caller : callers) {
      assertThat(caller.waitFor(120, TimeUnit.SECONDS)).as("every caller's call ends").isTrue();
      // 1: the other side hung up first. More: SIPp itself could not call.
      assertThat(caller.exitValue()).as("SIPp's exit status").isLessThanOrEqualTo(1);
    }
    return impatient;
  }

  private static void assertNothingIsLeft(Switchroom server) {
    try (var wallboard = DeskClient.logIn(server.webPort(), "sup", TestCenter.PASSWORD)) {
      for (String queue : List.of("orders", "billing", "general")) {
        wallboard.messages.await(
            com.fasterxml.jackson.databind.JsonNode.class,
            m -> m.path("topics").path("queue:" + queue).has("waiting"));
        assertThat(wallboard.topic("queue:" + queue).path("waiting").asInt()).isZero();
      }
      for (int i = 1; i <= AGENTS; i++) {
        assertThat(wallboard.topic("agent:a" + i).path("contacts")).isEmpty();
      }
    }
    assertThat(server.liveCalls()).isZero();
  }
}
