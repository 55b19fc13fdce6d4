package org.switchroom.desktop.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;

/// One Asterisk, ten agents, callers always waiting; served by app_queue, by [FloorDialer], which
/// is as soon as can be, and by Switchroom: from an agent becoming free to the ringing of their
/// phone.
final class AppQueueFigure {
  private static final int AGENTS = 10;
  private static final int WAITING = 30;
  private static final Duration ANSWER = Duration.ofMillis(60);

  /// Evenly spread, so that nobody's talks fall into step with anybody's polling.
  private static final Duration SHORTEST_TALK = Duration.ofMillis(500);

  private static final Duration LONGEST_TALK = Duration.ofMillis(1_500);

  private static final String DIALPLAN =
      """
      [app-queue]
      exten => s,1,Answer()
       same => n,Queue(beside)
       same => n,Hangup()
      [switchroom-in](+)
      exten => 7000,1,Goto(app-queue,s,1)
      """
          + FloorDialer.DIALPLAN;

  /// How far Switchroom may be above the floor, in milliseconds.
  private static final double MOST_AT_P50 = 2;

  private static final double MOST_AT_P99 = 5;

  private AppQueueFigure() {}

  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 45;
    var queue =
        new StringBuilder(
            "[beside]\n"
                + "strategy=leastrecent\n"
                + "timeout=15\n"
                + "retry=1\n"
                + "wrapuptime=0\n"
                + "autofill=yes\n"
                + "ringinuse=no\n"
                + "joinempty=yes\n");
    for (int i = 1; i <= AGENTS; i++) queue.append("member => PJSIP/%d\n".formatted(1000 + i));
    WarmUp.calls(5_000);
    try (var asterisk = new RealAsterisk(DIALPLAN, queue.toString());
        var database = Database.open(Database.inMemoryUrl("figure"), "sa", "");
        var stopwatch = new AmiStopwatch(asterisk.amiDirect().port())) {
      for (int i = 1; i <= AGENTS; i++)
        asterisk.phoneThatTalks(PbxRig.device(i), ANSWER, SHORTEST_TALK, LONGEST_TALK);
      System.out.printf(
          "%d agents, %d callers always waiting, %d s each, one Asterisk 22, 2 cores%n",
          AGENTS, WAITING, seconds);
      Times theirs = run(asterisk, stopwatch, "7000", seconds);
      System.out.println(theirs.line("app_queue"));
      asterisk.managerUser("floor", FloorDialer.RIGHTS);
      Times floor;
      try (var _ = new FloorDialer(asterisk.amiDirect().port(), AGENTS)) {
        floor = run(asterisk, stopwatch, "7001", seconds);
      }
      System.out.println(floor.line("floor: Originate on Hangup"));
      Times ours;
      try (var server =
          TestCenter.on(asterisk.amiDirect())
              .withAgents(AGENTS)
              .straightTo("orders")
              .start(database)) {
        for (int i = 1; i <= AGENTS; i++) {
          var desk = DeskClient.logIn(server.webPort(), "a" + i, TestCenter.PASSWORD);
          desk.ask("goReady");
          desk.awaitState("ready");
        }
        ours = run(asterisk, stopwatch, "8001", seconds);
      }
      System.out.println(ours.line("Switchroom"));
      say(theirs, floor, ours);
    }
    System.exit(0);
  }

  private static void say(Times theirs, Times floor, Times ours) {
    double times50 = theirs.millisAt(50) / ours.millisAt(50);
    double times99 = theirs.millisAt(99) / ours.millisAt(99);
    double above50 = ours.millisAt(50) - floor.millisAt(50);
    double above99 = ours.millisAt(99) - floor.millisAt(99);
    System.out.printf(
        "Switchroom is %.0f times faster at the median, %.0f times at p99; above the floor by %.1f"
            + " and %.1f ms.%n",
        times50, times99, above50, above99);
    System.out.println(
        (times50 >= 100 && times99 >= 50 ? "Goal reached" : "Goal MISSED")
            + ": 100 times and 50 times.");
    System.out.println(
        (above50 <= MOST_AT_P50 && above99 <= MOST_AT_P99 ? "Goal reached" : "Goal MISSED")
            + ": within 2 and 5 ms of the floor.");
  }

  /// Keeps callers waiting for so long, then lets the last be served.
  private static Times run(
      RealAsterisk asterisk, AmiStopwatch stopwatch, String dialed, int seconds)
      throws InterruptedException {
    Instant end = Instant.now().plusSeconds(seconds + 6);
    Process many = asterisk.calls(dialed, "", WAITING);
    TimeUnit.SECONDS.sleep(6);
    stopwatch.take();
    while (Instant.now().isBefore(end)) TimeUnit.MILLISECONDS.sleep(200);
    Times times = stopwatch.take();
    many.destroy();
    many.waitFor(20, TimeUnit.SECONDS);
    asterisk.console("channel request hangup all");
    TimeUnit.SECONDS.sleep(2);
    return times;
  }
}
