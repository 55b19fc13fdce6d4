package org.switchroom.acd.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchroom.acd.simulation.Scenario.AgentGroup;
import org.switchroom.acd.simulation.Scenario.CallerClass;
import org.switchroom.acd.skill.SkillExpression;

/// The production router against exact values, within the 99.9 % confidence interval of the run.
class SimulationTest {
  private static final double FOREVER = Double.POSITIVE_INFINITY;

  private static Scenario scenario(
      double target,
      int limit,
      int queueLimit,
      List<CallerClass> classes,
      List<AgentGroup> agents) {
    return scenario(4_000_000, target, limit, queueLimit, classes, agents);
  }

  private static Scenario scenario(
      long contacts,
      double target,
      int limit,
      int queueLimit,
      List<CallerClass> classes,
      List<AgentGroup> agents) {
    return new Scenario(
        7,
        contacts,
        200_000,
        target,
        limit,
        queueLimit,
        "longest-idle",
        Optional.empty(),
        classes,
        agents,
        List.of());
  }

  private static CallerClass callers(
      String name, double perSecond, double patience, String... tries) {
    return new CallerClass(
        name,
        perSecond * 3_600,
        patience,
        0,
        0,
        1,
        SkillExpression.parse(name),
        List.of(tries),
        1,
        1);
  }

  private static AgentGroup agents(int count, double handle, String... skills) {
    var levels = new HashMap<String, Integer>();
    for (String skill : skills) levels.put(skill, 1);
    return new AgentGroup(String.join("", skills), count, levels, handle, List.of());
  }

  private static void near(double value, double error, double exact) {
    assertThat(error).isLessThan(Math.max(exact, .001) * .1);
    assertThat(Math.abs(value - exact))
        .as("%s ± %s, exactly %s", value, error, exact)
        .isLessThanOrEqualTo(error);
  }

  private static Report run(Scenario scenario) {
    return new Simulation(scenario).run(_ -> {}, System::nanoTime);
  }

  @ParameterizedTest
  @CsvSource({
    "4000000, 1.5, 1, 2, 1, 1.285714286, .610087433",
    "4000000, 4.2, 2, 12, .3333333333, .1021603502, .8990797799",
    "20000000, 100, 1, 110, .05, .02370075003, .8562476845"
  })
  void erlangC(
      long contacts, double rate, double handle, int n, double target, double wait, double level) {
    Report report =
        run(
            scenario(
                contacts,
                target,
                0,
                -1,
                List.of(callers("a", rate, FOREVER)),
                List.of(agents(n, handle, "a"))));
    Report.Figures a = report.classes().get("a");
    near(a.meanWait(), a.meanWaitError(), wait);
    near(a.serviceLevel(), a.serviceLevelError(), level);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 1, .3678794412, .3678794412, .5789675664, .6321205588",
    "48, 1, 50, 2, .3333333333, .03091224916, .06182449832, .9430189547, .9303242408",
    "8.4, 10, 84, 5, .3333333333, .05092401088, .2546200544, .702440791, .9490759891"
  })
  void erlangA(
      double rate,
      double handle,
      int n,
      double patience,
      double target,
      double abandons,
      double wait,
      double level,
      double occupancy) {
    Report report =
        run(
            scenario(
                target,
                0,
                -1,
                List.of(callers("a", rate, patience)),
                List.of(agents(n, handle, "a"))));
    Report.Figures a = report.classes().get("a");
    near(a.abandoned(), a.abandonedError(), abandons);
    near(a.meanWait(), a.meanWaitError(), wait);
    near(a.serviceLevel(), a.serviceLevelError(), level);
    assertThat(report.agents().get("a").utilisation()).isCloseTo(occupancy, within(.003));
  }

  @Test
  void twoSkillsInProductForm() {
    Report report =
        run(
            scenario(
                1,
                0,
                -1,
                List.of(callers("a", .6, FOREVER), callers("b", .7, FOREVER)),
                List.of(agents(1, 1, "a"), agents(1, 1, "a", "b"))));
    Report.Figures a = report.classes().get("a");
    Report.Figures b = report.classes().get("b");
    near(a.meanWait(), a.meanWaitError(), .6146027602);
    near(b.meanWait(), b.meanWaitError(), 3.0047246052);
    near(a.serviceLevel(), a.serviceLevelError(), .7863581111);
    near(b.serviceLevel(), b.serviceLevelError(), .3588844603);
    assertThat(report.agents().get("a").utilisation()).isBetween(.480, .487);
    assertThat(report.agents().get("ab").utilisation()).isBetween(.813, .820);
  }

  @Test
  void aRingOfSkills() {
    var classes = new ArrayList<CallerClass>();
    var agents = new ArrayList<AgentGroup>();
    for (int i = 0; i < 4; i++) {
      classes.add(callers("s" + i, .85, FOREVER));
      agents.add(agents(1, 1, "s" + i, "s" + (i + 1) % 4));
    }
    Report report = run(scenario(1, 0, -1, classes, agents));
    for (int i = 0; i < 4; i++) {
      Report.Figures one = report.classes().get("s" + i);
      near(one.meanWait(), one.meanWaitError(), 1.522056072);
      near(one.serviceLevel(), one.serviceLevelError(), .514426382);
    }
  }

  @Test
  void twoSkillsWithAbandonmentAndALimitedQueue() {
    Report report =
        run(
            scenario(
                1,
                0,
                10,
                List.of(callers("a", 1.2, 2), callers("b", .9, 2)),
                List.of(agents(1, 1, "a"), agents(1, 1, "a", "b"))));
    Report.Figures a = report.classes().get("a");
    Report.Figures b = report.classes().get("b");
    near(a.abandoned(), a.abandonedError(), .196965036);
    near(b.abandoned(), b.abandonedError(), .407248517);
    assertThat(a.meanQueue()).isBetween(.470, .476);
    assertThat(b.meanQueue()).isBetween(.730, .736);
    assertThat(report.agents().get("a").utilisation()).isBetween(.658, .662);
    assertThat(report.agents().get("ab").utilisation()).isBetween(.835, .839);
  }

  @Test
  void preferencesOfCallersAndAgents() {
    var one = new AgentGroup("one", 4, Map.of("a", 1), 1, List.of());
    var both = new AgentGroup("both", 4, Map.of("a", 1, "b", 1), 1, List.of("b", "a"));
    Report report =
        run(
            scenario(
                1,
                0,
                -1,
                List.of(callers("a", 4.5, 2, "one", "both"), callers("b", 3, 2)),
                List.of(one, both)));
    Report.Figures a = report.classes().get("a");
    Report.Figures b = report.classes().get("b");
    near(a.meanWait(), a.meanWaitError(), .17387603);
    near(b.meanWait(), b.meanWaitError(), .281532053);
    near(a.abandoned(), a.abandonedError(), .0869380152);
    near(b.abandoned(), b.abandonedError(), .140766026);
    assertThat(report.agents().get("one").utilisation()).isBetween(.808, .811);
    assertThat(report.agents().get("both").utilisation()).isBetween(.860, .864);
  }

  /// Wallace and Whitt's centre, in minutes taken for seconds.
  @Test
  void aCentreWithTrunks() {
    String[] names = {"a", "b", "c", "d", "e", "f"};
    var classes = new ArrayList<CallerClass>();
    var single = new ArrayList<AgentGroup>();
    for (String name : names) {
      classes.add(callers(name, 1.4, FOREVER));
      single.add(agents(15, 10, name));
    }
    Report all = run(scenario(.5, 120, -1, classes, List.of(agents(90, 10, names))));
    assertThat(all.blocked()).isBetween(.0030, .0043);
    assertThat(mean(all)).isBetween(.42, .48);
    Report one = run(scenario(.5, 120, -1, classes, single));
    assertThat(one.blocked()).isBetween(.0405, .0428);
    assertThat(mean(one)).isBetween(3.02, 3.09);
  }

  private static double mean(Report report) {
    return report.classes().values().stream()
        .mapToDouble(Report.Figures::meanWait)
        .average()
        .orElseThrow();
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    var scenario =
        new Scenario(
            3,
            20_000,
            100,
            1,
            0,
            -1,
            "random",
            Optional.empty(),
            List.of(callers("a", 4, 2)),
            List.of(agents(4, 1, "a")),
            List.of());
    assertThat(run(scenario).classes()).isEqualTo(run(scenario).classes());
  }
}
