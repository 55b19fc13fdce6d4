package org.switchroom.desktop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.switchroom.acd.simulation.Report;
import org.switchroom.acd.simulation.Scenario;
import org.switchroom.acd.simulation.Simulation;
import org.switchroom.desktop.server.PlainMessage;
import org.switchroom.desktop.server.StartFault;
import org.switchroom.ivr.yaml.FaultsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The production router in virtual time.
@Command(
    name = "simulate",
    description = "Plays callers and agents against the production router, in virtual time.",
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
  private static final int BAR = 40;
  private static final long REDRAW = 200_000_000L;

  @Parameters(paramLabel = "FILE", description = "the scenario (docs/simulation.md)")
  private Path file;

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  private long drawn;

  @Override
  public Integer call() throws FaultsException, JsonProcessingException {
    Scenario scenario = ScenarioLoader.load(file);
    boolean person = System.console() != null && System.console().isTerminal();
    Report report;
    try {
      report = new Simulation(scenario).run(done -> progress(person, done), System::nanoTime);
    } catch (Simulation.NeverServed e) {
      throw new StartFault(PlainMessage.of(e));
    }
    if (person) System.err.print("\r\033[K");
    if (json) System.out.println(new ObjectMapper().writeValueAsString(report));
    else print(report);
    return 0;
  }

  private void progress(boolean person, double done) {
    long now = System.nanoTime();
    if (!person || now - drawn < REDRAW) return;
    drawn = now;
    int full = (int) (done * BAR);
    System.err.printf("\r%s%s %3.0f %%", "█".repeat(full), "░".repeat(BAR - full), done * 100);
  }

  private static void print(Report report) {
    System.out.printf(
        "%-12s %11s %18s %18s %18s %18s %10s%n",
        "class", "offered", "mean wait s", "in target %", "gave up %", "blocked %", "queue");
    report
        .classes()
        .forEach(
            (name, one) ->
                System.out.printf(
                    "%-12s %,11d %9.4f ±%7.4f %9.3f ±%7.3f %9.3f ±%7.3f %9.3f ±%7.3f %10.4f%n",
                    name,
                    one.offered(),
                    one.meanWait(),
                    one.meanWaitError(),
                    one.serviceLevel() * 100,
                    one.serviceLevelError() * 100,
                    one.abandoned() * 100,
                    one.abandonedError() * 100,
                    one.blocked() * 100,
                    one.blockedError() * 100,
                    one.meanQueue()));
    System.out.printf("%n%-12s %11s%n", "agents", "busy %");
    report
        .agents()
        .forEach((name, one) -> System.out.printf("%-12s %11.2f%n", name, one.utilisation() * 100));
    System.out.printf(
        "%n%,.0f contacts/s. ± is half of a 99.9 %% confidence interval.%n",
        report.contactsPerSecond());
  }
}
