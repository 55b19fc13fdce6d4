package org.switchroom.desktop.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.FreePorts;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenters;
import org.switchroom.desktop.testkit.TestServer;

/// One Asterisk, ten agents, callers always waiting; first served by app_queue, then by Switchroom:
/// from an agent becoming free to the ringing of their phone.
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
      """;

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
    int agi = FreePorts.any();
    WarmUp.calls(5_000);
    try (var asterisk = new RealAsterisk(DIALPLAN, queue.toString());
        var database = Database.open(Database.inMemoryUrl("figure"), "sa", "");
        var stopwatch = new AmiStopwatch(asterisk.amiDirect(agi).port())) {
      for (int i = 1; i <= AGENTS; i++)
        asterisk.phoneThatTalks("PJSIP/" + (1000 + i), ANSWER, SHORTEST_TALK, LONGEST_TALK);
      System.out.printf(
          "%d agents, %d callers always waiting, %d s each, one Asterisk 22, 2 cores%n",
          AGENTS, WAITING, seconds);
      Times theirs = run(asterisk, stopwatch, "7000", seconds);
      System.out.println(theirs.line("app_queue"));
      Times ours;
      try (var server =
          TestServer.start(
              TestCenters.withoutMenu(
                  TestCenters.settings(asterisk.amiDirect(agi), agi, 0, AGENTS, WrapUp.none())),
              database)) {
        for (int i = 1; i <= AGENTS; i++) {
          var desk = DeskClient.logIn(server.webPort(), "a" + i, TestCenters.PASSWORD);
          desk.ask("ready");
          desk.awaitState("ready");
        }
        ours = run(asterisk, stopwatch, "8001", seconds);
      }
      System.out.println(ours.line("Switchroom"));
      System.out.printf(
          "Switchroom is %.0f times faster at the median, %.0f times at p99.%n",
          theirs.millisAt(50) / ours.millisAt(50), theirs.millisAt(99) / ours.millisAt(99));
      boolean reached =
          theirs.millisAt(50) / ours.millisAt(50) >= 100
              && theirs.millisAt(99) / ours.millisAt(99) >= 50;
      System.out.println(
          reached
              ? "Goal reached: 100 times and 50 times."
              : "Goal MISSED: 100 times and 50 times.");
    }
    System.exit(0);
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
