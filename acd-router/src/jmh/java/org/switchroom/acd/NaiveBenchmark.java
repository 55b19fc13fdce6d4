package org.switchroom.acd;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
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
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;

/// The turn of [RouterBenchmark] in the reference router of the tests, which looks at everybody at
/// each fact. It takes seconds at 10,000 agents, so single turns are timed.
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx2g"})
@Warmup(iterations = 2)
@Measurement(iterations = 3)
public class NaiveBenchmark {
  @Param({"100", "1000", "10000"})
  int agents;

  @Param({"100", "10000"})
  int waiting;

  private final NaiveRouter router = new NaiveRouter();
  private final SplittableRandom random = new SplittableRandom(11);
  private final ArrayDeque<ContactId> talks = new ArrayDeque<>();
  private Instant now = Instant.ofEpochSecond(1_700_000_000L);
  private int classes;
  private long contacts;

  @Setup
  public void setUp() {
    classes = Math.max(agents / 10, 16);
    router.sweeps = false;
    for (int i = 0; i < classes; i++) {
      tell(
          new AcdEvent.QueueConfigured(
              now, Queue.of(new QueueId("q" + i), SkillExpression.parse("s" + i))));
    }
    for (int i = 0; i < agents; i++) logIn(new AgentId("a%05d".formatted(i)));
    while (talks.size() < agents) arrive();
    for (int i = 0; i < waiting; i++) arrive();
    router.sweeps = true;
  }

  private void logIn(AgentId id) {
    var skills = new HashMap<String, Integer>();
    while (skills.size() < 16) skills.put("s" + random.nextInt(classes), 1 + random.nextInt(10));
    tell(new AcdEvent.AgentConfigured(now, AgentProfile.of(id, new Skills(skills))));
    tell(new AcdEvent.PhoneChanged(now, id, true));
    tell(new AcdEvent.AgentLoggedIn(now, id));
    tell(new AcdEvent.AgentReady(now, id));
  }

  private void arrive() {
    var queue = new QueueId("q" + random.nextInt(classes));
    tell(new AcdEvent.ContactQueued(now, new ContactId("c" + ++contacts), queue, now, 0));
  }

  /// What is offered is accepted.
  private void tell(AcdEvent event) {
    now = now.plus(Duration.ofNanos(1_000));
    for (Decision decision : router.on(event)) {
      if (!(decision instanceof Decision.Offer offer)) continue;
      talks.add(offer.contact());
      router.on(new AcdEvent.OfferAccepted(now, offer.offer()));
    }
  }

  @Benchmark
  public void turn() {
    tell(new AcdEvent.ContactEnded(now, talks.poll()));
    arrive();
  }
}
