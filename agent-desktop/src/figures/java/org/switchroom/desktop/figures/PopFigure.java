package org.switchroom.desktop.figures;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.pbx.simulated.CallerBehavior;
import org.switchroom.cti.pbx.simulated.PbxWatcher;
import org.switchroom.cti.pbx.simulated.SimulatedPbx;
import org.switchroom.cti.store.CustomerSeed;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.SimulatedFloor;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.User;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// From the router's decision to the customer's record in a frame of a real browser, with 200 desks
/// connected and calls coming in for all of them; and then, under the same calls, from the sending
/// of such a record to a frame, where a plain socket broadcasts it to as many.
final class PopFigure {
  private static final int DESKS = 200;
  private static final int CALLS_PER_SECOND = 20;
  private static final Duration SHORT = Duration.ofMillis(100);

  private PopFigure() {}

  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 60;
    try (var pbx = SimulatedFloor.open(SHORT, DESKS, SHORT, new PbxWatcher() {});
        var database = Database.open(Database.inMemoryUrl("pop"), "sa", "")) {
      seed(database);
      try (var server = TestServer.start(settings(pbx), database)) {
        int web = server.webPort();
        for (int i = 2; i <= DESKS; i++) DeskClient.ofAgent(web, i).ask("goReady");
        System.out.printf(
            "%d desks connected, %d calls/s, one desk in Chromium, 2 cores%n",
            DESKS, CALLS_PER_SECOND);
        try (var browser = browser("pop-time.mjs", web)) {
          browser.awaitLine("ready");
          call(pbx, 15, () -> {});
          int before = pops(browser).size();
          call(pbx, seconds, () -> {});
          print(browser, before, "decision → pop in a frame");
        }
        broadcast(pbx, DeskClient.ofAgent(web, 1), seconds);
      }
    }
    System.exit(0);
  }

  /// The browser's agent is served by a client, and Chromium shows what the broadcast brings.
  private static void broadcast(SimulatedPbx pbx, DeskClient desk, int seconds) throws Exception {
    var frame = new AtomicReference<ObjectNode>();
    desk.listens(
        message -> {
          if (message.path("pop").isObject()) frame.set(message.deepCopy());
        });
    desk.ask("goReady");
    try (var plain = new PlainBroadcast()) {
      plain.connect(DESKS - 1);
      try (var browser = browser("broadcast-time.mjs", plain.port())) {
        plain.awaitClients(DESKS);
        Runnable send =
            () -> {
              ObjectNode next = frame.get();
              if (next == null) return;
              ((ObjectNode) next.get("pop")).put("decided", System.currentTimeMillis());
              plain.send(next.toString());
            };
        call(pbx, 15, send);
        int before = pops(browser).size();
        call(pbx, seconds, send);
        print(browser, before, "sent → frame, plain broadcast");
      }
    }
  }

  private static BrowserScript browser(String script, int port) {
    return new BrowserScript(script, port, Map.of("AGENT", "a1", "PASSWORD", TestCenter.PASSWORD));
  }

  private static void print(BrowserScript browser, int before, String name)
      throws InterruptedException {
    TimeUnit.SECONDS.sleep(1);
    var times = new Times();
    pops(browser).stream().skip(before).forEach(millis -> times.add((long) (millis * 1_000_000)));
    System.out.println(times.line(name));
  }

  private static List<Double> pops(BrowserScript browser) {
    return browser.said.all().stream()
        .filter(line -> line.startsWith("pop "))
        .map(line -> Double.parseDouble(line.substring(4)))
        .toList();
  }

  /// Three calls a second are for the browser's agent, the rest for the others.
  ///
  /// @param withEach is done with each of the browser's agent
  private static void call(SimulatedPbx pbx, int seconds, Runnable withEach) {
    for (int i = 0; i < seconds * CALLS_PER_SECOND; i++) {
      boolean browsers = i % (CALLS_PER_SECOND / 3) == 0;
      pbx.call(
          new CallerBehavior(
              "+8862230%05d".formatted(i % 500),
              "",
              "8001",
              List.of(browsers ? '2' : '1'),
              Duration.ofMillis(20),
              Duration.ofSeconds(20),
              browsers ? SHORT : Duration.ofSeconds(3)));
      if (browsers) withEach.run();
      LockSupport.parkNanos(1_000_000_000L / CALLS_PER_SECOND);
    }
  }

  private static void seed(Database database) {
    var people = new ArrayList<CustomerSeed.Entry>();
    for (int i = 0; i < 500; i++) {
      people.add(
          new CustomerSeed.Entry(
              "",
              "林雅婷 " + i,
              "",
              "gold",
              "zh-Hant",
              List.of("+8862230%05d".formatted(i)),
              List.of(
                  new CustomerSeed.PastEvent(Instant.now(), "order", "Order #" + i + ": 《三體》"))));
    }
    new CustomerSeed(database).write(people);
  }

  /// Only the browser's agent has billing, so that they get a call often.
  private static Settings settings(SimulatedPbx pbx) {
    Settings s = TestCenter.on(pbx).withAgents(DESKS).settings();
    var users = new ArrayList<User>();
    for (User user : s.users()) {
      String skill = user.name().equals("a1") ? "billing" : "orders";
      users.add(user.withProfile(user.profile().withSkills(new Skills(Map.of(skill, 5)))));
    }
    var queues = new ArrayList<QueueSettings>(s.queues());
    queues.removeIf(queue -> queue.id().equals(new QueueId("general")));
    QueueSettings first = s.queues().getFirst();
    queues.add(
        first
            .withTitle("general")
            .withRouting(
                first
                    .routing()
                    .withId(new QueueId("general"))
                    .withAsk(SkillExpression.parse("any"))));
    return s.withQueues(queues).withUsers(users);
  }
}
