package org.switchroom.acd;

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

/// What a turn costs, which is four facts and two decisions: a talk ends and its agent is given the
/// next contact, the offer is accepted, a new contact comes and finds nobody free. Each agent
/// serves 16 classes. The JVM's options are those that the launcher gives the server.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-XX:+UseSerialGC",
      "-Xmx2g",
      "-XX:+UseTransparentHugePages",
      "-XX:+UseCompactObjectHeaders"
    })
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class RouterBenchmark {
  @Param({"100", "1000", "10000"})
  int agents;

  @Param({"100", "10000"})
  int waiting;

  private Center center;

  @Setup
  public void setUp() {
    center = new Center(agents, Math.max(agents / 10, 16), 16, waiting);
  }

  @Benchmark
  public void turn() {
    center.turn();
  }
}
