package org.switchroom.desktop.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchroom.cti.center.DialPattern;
import org.switchroom.cti.center.Dialing;
import org.switchroom.cti.center.RecordingPlan;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// From a command at the desk to the event by which Asterisk says that its parties are as they are
/// to be; and, in turn with it on the same Asterisk, from the bare actions to the same event.
///
/// Options: rounds (100).
final class ControlFigure {
  /// How much longer than Asterisk alone a control may take, in milliseconds.
  private static final double MOST_AT_P50 = 5;

  private static final int ROUNDS = 100;
  private static final int WARM_UP_ROUNDS = 5;
  private static final int MOST_FAULTS = 20;

  /// To a telephone of the tests, as often as one likes.
  private static final Dialing DIALING =
      new Dialing(
          PbxRig.device(1 + Role.OUTSIDE.ordinal()).replace("/", "/{number}@"),
          "TW",
          List.of(new DialPattern("+8869")),
          List.of(),
          new Dialing.Limits(Duration.ofHours(2), 100, 100_000, 10, 100_000));

  private static final String ROW = "%-26s %5s %9s %8s %12s %8s %12s %8s%n";

  private ControlFigure() {}

  public static void main(String[] options) throws Exception {
    int rounds = options.length > 0 ? Integer.parseInt(options[0]) : ROUNDS;
    WarmUp.calls(5_000);
    boolean good;
    try (var asterisk = new RealAsterisk(KitAside.dialplan());
        var database = Database.open(Database.inMemoryUrl("figure"), "sa", "")) {
      asterisk.managerUser(PartiesWatch.USER, PartiesWatch.RIGHTS);
      asterisk.managerUser("aside", AsideHands.RIGHTS);
      int ami = asterisk.amiDirect().port();
      try (var watch = new PartiesWatch(ami);
          var server = TestServer.start(settings(asterisk), database);
          var desks = new DeskHands(server.webPort());
          var alone = new AsideHands(ami, watch);
          var ours = new ControlRound(asterisk, watch, desks);
          var theirs = new ControlRound(asterisk, watch, alone)) {
        int faults = run(asterisk, watch, List.of(ours, theirs), rounds);
        good = print(ours, theirs, rounds, faults);
      }
    }
    System.exit(good ? 0 : 1);
  }

  private static Settings settings(RealAsterisk asterisk) {
    Settings s =
        TestCenter.on(asterisk.amiDirect())
            .withAgents(2)
            .straightTo("orders")
            .settings()
            .withDialing(DIALING);
    String folder = asterisk.recordings();
    return s.withPbx(s.pbx().withRecordings(folder))
        .withCallRecordings(
            Optional.of(
                new Settings.CallRecordings(
                    asterisk.onThisMachine(folder), folder, Optional.of(90))))
        .withQueues(
            s.queues().stream()
                .map(queue -> queue.withRecording(RecordingPlan.ON_DEMAND))
                .toList());
  }

  /// In turn, so that both have the same machine.
  ///
  /// @return how many rounds have come to no end
  private static int run(
      RealAsterisk asterisk, PartiesWatch watch, List<ControlRound> both, int rounds)
      throws InterruptedException {
    int faults = 0;
    var progress = new Progress("rounds", rounds);
    for (int i = -WARM_UP_ROUNDS; i < rounds; i++) {
      if (i == 0) both.forEach(ControlRound::forget);
      for (ControlRound round : i % 2 == 0 ? both : both.reversed()) {
        try {
          round.run();
        } catch (Exception e) {
          if (++faults > MOST_FAULTS) throw new IllegalStateException("Too many rounds fail.", e);
          System.err.printf(
              "%nA round has come to no end: %s (%s)%n", e.getMessage(), e.getCause());
          asterisk.console("channel request hangup all");
          Await.until(() -> watch.living() == 0, "nobody is there", Duration.ofSeconds(20));
          round.clear();
        }
      }
      if (i >= 0) progress.accept(1);
    }
    return faults;
  }

  private static boolean print(ControlRound ours, ControlRound theirs, int rounds, int faults) {
    System.out.printf(
        "%d rounds at the desk and by AMI alone, in turn, one Asterisk 22, 2 cores; %d rounds have"
            + " come to no end. Milliseconds%n",
        rounds, faults);
    System.out.printf(
        ROW, "control", "n", "desk p50", "p99", "AMI p50", "p99", "more at p50", "at p99");
    var missed = new ArrayList<Control>();
    for (Control control : Control.values()) {
      Times desk = ours.times(control);
      Times alone = theirs.times(control);
      double more = desk.millisAt(50) - alone.millisAt(50);
      if (more > MOST_AT_P50) missed.add(control);
      System.out.printf(
          ROW,
          control.title,
          desk.count(),
          millis(desk.millisAt(50)),
          millis(desk.millisAt(99)),
          millis(alone.millisAt(50)),
          millis(alone.millisAt(99)),
          millis(more),
          millis(desk.millisAt(99) - alone.millisAt(99)));
    }
    for (Control control : missed)
      System.out.printf("Goal MISSED: %s (until %s).%n", control.title, control.done);
    boolean good = missed.isEmpty() && faults == 0;
    System.out.println(
        (good ? "Goal reached" : "Goal MISSED")
            + ": each control within 5 ms of Asterisk alone at the median, nothing lost.");
    return good;
  }

  private static String millis(double value) {
    return "%.2f".formatted(value);
  }
}
