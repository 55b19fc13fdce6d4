package org.switchroom.acd.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.switchroom.acd.skill.SkillExpression;

/// What a contact costs in a simulation by the production router, and in one that is written for
/// this center alone: that of docs/scenarios/wallace-whitt.yaml, 6 types of callers, 90 agents with
/// two skills each.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SimulationBenchmark.CONTACTS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-XX:+UseSerialGC",
      "-Xmx1g",
      "-XX:+UseTransparentHugePages",
      "-XX:+UseCompactObjectHeaders"
    })
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SimulationBenchmark {
  static final int CONTACTS = 1_000_000;

  private final Scenario scenario = wallaceWhitt();

  @Benchmark
  public Report router() {
    return new Simulation(scenario).run(_ -> {}, System::nanoTime);
  }

  @Benchmark
  public double plain() {
    return new PlainSimulation(scenario).run();
  }

  private static Scenario wallaceWhitt() {
    List<String> types = List.of("a", "b", "c", "d", "e", "f");
    var classes = new ArrayList<Scenario.CallerClass>();
    var agents = new ArrayList<Scenario.AgentGroup>();
    for (String type : types) {
      classes.add(
          new Scenario.CallerClass(
              type,
              5_040,
              Double.POSITIVE_INFINITY,
              0,
              1,
              1,
              SkillExpression.parse(type),
              List.of(),
              1,
              1));
      for (String other : types) {
        if (other.equals(type)) continue;
        Map<String, Integer> skills = Map.of(type, 2, other, 1);
        agents.add(new Scenario.AgentGroup(type + other, 3, skills, 10, List.of()));
      }
    }
    return new Scenario(
        7,
        CONTACTS,
        50_000,
        0.5,
        0,
        -1,
        "longest-idle",
        Optional.empty(),
        classes,
        agents,
        List.of());
  }
}
