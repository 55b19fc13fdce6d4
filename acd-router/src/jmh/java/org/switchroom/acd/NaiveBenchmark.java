package org.switchroom.acd;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;

/// What one decision costs who looks at everybody: of all who wait, the most urgent whom the agent
/// may have; of all who are free, the longest idle who may have the contact. The least that a
/// router without an index must do.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx2g"})
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class NaiveBenchmark {
  record Waiting(SkillExpression ask, int priority, Instant arrived, long number) {}

  record Seat(AgentId id, Skills skills) {}

  @Param({"100", "1000", "10000"})
  int agents;

  @Param({"100", "10000"})
  int waiting;

  private final List<Waiting> line = new ArrayList<>();
  private final List<Seat> seats = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(11);
  private int classes;
  private long numbers;

  @Setup
  public void setUp() {
    classes = Math.max(agents / 10, 16);
    for (int i = 0; i < agents; i++) {
      var skills = new HashMap<String, Integer>();
      while (skills.size() < 16) skills.put("s" + random.nextInt(classes), 1 + random.nextInt(10));
      seats.add(new Seat(new AgentId("a" + i), new Skills(skills)));
    }
    for (int i = 0; i < waiting; i++) line.add(newcomer());
  }

  private Waiting newcomer() {
    var ask = SkillExpression.parse("s" + random.nextInt(classes));
    return new Waiting(ask, 0, Instant.ofEpochMilli(++numbers), numbers);
  }

  @Benchmark
  public Waiting decision() {
    Seat agent = seats.get(random.nextInt(agents));
    int best = -1;
    for (int i = 0; i < line.size(); i++) {
      Waiting one = line.get(i);
      if (!one.ask().matches(agent.skills())) continue;
      if (best < 0 || before(one, line.get(best))) best = i;
    }
    Waiting taken = best < 0 ? null : line.set(best, newcomer());
    return taken;
  }

  private static boolean before(Waiting a, Waiting b) {
    if (a.priority() != b.priority()) return a.priority() > b.priority();
    int byAge = a.arrived().compareTo(b.arrived());
    return byAge != 0 ? byAge < 0 : a.number() < b.number();
  }
}
