package org.switchroom.desktop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.staffing.Erlang;
import org.switchroom.acd.staffing.Load;
import org.switchroom.acd.staffing.StaffingFigures;
import org.switchroom.desktop.server.StartFault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// How many agents a load needs.
@Command(
    name = "staff",
    description = "How many agents a load needs, by Erlang C, or A where callers give up.",
    mixinStandardHelpOptions = true)
final class StaffCommand implements Callable<Integer> {
  private static final int AROUND = 4;

  @Option(names = "--calls", required = true, description = "how many come")
  private double calls;

  @Option(names = "--per", defaultValue = "30m", description = "in this time (${DEFAULT-VALUE})")
  private String per;

  @Option(names = "--handle", required = true, description = "mean time for one, such as 180s")
  private String handle;

  @Option(names = "--patience", description = "mean time until a caller gives up; none: never")
  private @Nullable String patience;

  @Option(
      names = "--service-level",
      defaultValue = "80",
      description = "percent to be served within the target (${DEFAULT-VALUE})")
  private double serviceLevel;

  @Option(names = "--within", defaultValue = "20s", description = "the target (${DEFAULT-VALUE})")
  private String within;

  @Option(
      names = "--occupancy",
      defaultValue = "100",
      description = "percent of their time for which agents may be busy (${DEFAULT-VALUE})")
  private double occupancy;

  @Option(names = "--agents", description = "show this number instead of the least that will do")
  private @Nullable Integer agents;

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    check("--calls", calls, calls > 0, "more than 0");
    check(
        "--service-level",
        serviceLevel,
        serviceLevel >= 0 && serviceLevel < 100,
        "from 0 to less than 100: some callers always wait longer than any target");
    check("--occupancy", occupancy, occupancy > 0 && occupancy <= 100, "more than 0, at most 100");
    if (agents != null) check("--agents", agents, agents > 0, "1 or more");
    double leaves = patience == null ? 0 : 1 / seconds("--patience", patience);
    var load = new Load(calls / seconds("--per", per), 1 / seconds("--handle", handle), leaves);
    double target = seconds("--within", within);
    int least =
        agents != null ? agents : Erlang.staff(load, serviceLevel / 100, target, occupancy / 100);
    if (json) printJson(least, Erlang.figures(load, least, target));
    else printTable(load, least, target);
    return 0;
  }

  private static void check(String option, double value, boolean right, String range) {
    if (right && Double.isFinite(value)) return;
    throw new StartFault("%s is %s; it must be %s.".formatted(option, plain(value), range));
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static void printJson(int agents, StaffingFigures figures)
      throws JsonProcessingException {
    var all = new LinkedHashMap<String, Object>();
    all.put("agents", agents);
    all.put("waits", figures.waits());
    all.put("abandons", figures.abandons());
    all.put("meanWait", figures.meanWait());
    all.put("serviceLevel", figures.serviceLevel());
    all.put("occupancy", figures.occupancy());
    System.out.println(new ObjectMapper().writeValueAsString(all));
  }

  private void printTable(Load load, int least, double target) {
    System.out.printf(
        "%.2f erlangs, %s%n%n", load.erlangs(), patience == null ? "Erlang C" : "Erlang A");
    System.out.printf(
        "  %7s %10s %10s %10s %12s %10s%n",
        "agents", "in target", "wait", "give up", "mean wait s", "busy");
    for (int n = Math.max(least - AROUND, 1); n <= least + AROUND; n++) {
      StaffingFigures one = Erlang.figures(load, n, target);
      System.out.printf(
          "%s %7d %9.2f%% %9.2f%% %9.2f%% %12.2f %9.2f%%%n",
          n == least ? "▶" : " ",
          n,
          one.serviceLevel() * 100,
          one.waits() * 100,
          one.abandons() * 100,
          one.meanWait(),
          one.occupancy() * 100);
    }
  }

  /// `20s`, `3m`, `1h` or `500ms`.
  private static double seconds(String option, String text) {
    try {
      Duration duration =
          text.endsWith("ms")
              ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
              : Duration.parse("PT" + text);
      if (duration.isPositive()) return duration.toNanos() / 1e9;
    } catch (DateTimeParseException | NumberFormatException e) {
      // falls through to the fault
    }
    throw new StartFault("%s is %s; write a time such as 20s, 3m or 1h.".formatted(option, text));
  }
}
