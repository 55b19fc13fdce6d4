package org.switchroom.acd.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import org.switchroom.acd.Agent;
import org.switchroom.acd.Assignment;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Decisions;
import org.switchroom.acd.QueueState;
import org.switchroom.acd.RoutedContact;
import org.switchroom.acd.Router;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Objectives;
import org.switchroom.acd.plan.Policy;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.plan.ServiceLevelRule;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;

/// Plays a scenario: callers come, agents accept at once and talk, callers give up. Who gets whom
/// is the router's to say.
public final class Simulation implements Decisions {
  /// How many contacts pass between two reports of the progress.
  private static final int PROGRESS = 1 << 18;

  /// Where so many times as many contacts as are counted have come, and some of these still wait,
  /// they never get a turn.
  private static final int ENOUGH = 20;

  private static final double NANOS = 1e9;

  private static final int NOBODY = -1;

  /// Begins some time after 1970, as real days do.
  private static final long BEGIN = 1_000_000_000_000_000L;

  private final Scenario scenario;
  private final RandomDraws draw;
  private final Router router = new Router(this);
  private final ContactId unnamed = new ContactId("caller");

  private final QueueState[] lines;
  private final double[] patience;
  private final Alias classes;
  private final double meanGap;
  private final double target;

  private final int[] groupOf;
  private final double[] handle;
  private final RoutedContact[] talk;
  private final Calendar talks;

  /// Whose talk has just ended; their time in [#talks] waits for the next talk's to take its place.
  private int freed = NOBODY;

  private final Calendar patiences = new Calendar(1_024);
  private final long[] busySince;
  private final long[] busy;

  private Assignment[] accepted = new Assignment[8];
  private int acceptedSize;

  // ── Contacts by slot ────────────────────────────────────────────────────────────────────────

  private int[] classOf = new int[1_024];
  private long[] arrived = new long[1_024];
  private RoutedContact[] contacts = new RoutedContact[1_024];

  /// In which batch it is counted; negative: in none.
  private int[] batchOf = new int[1_024];

  private long inSystem;
  private final Tally[] tallies;
  private final long[] waitingArea;
  private final int[] waitingNow;
  private final long[] waitingSince;
  private int batch;
  private long batchEnds;
  private long counted;
  private long now = BEGIN;
  private long begin = Long.MAX_VALUE;
  private long end = Long.MAX_VALUE;

  public Simulation(Scenario scenario) {
    this.scenario = scenario;
    target = scenario.target() * NANOS;
    draw = new RandomDraws(scenario.seed());
    router.configure(now, routing(scenario));
    int size = scenario.classes().size();
    lines = new QueueState[size];
    patience = new double[size];
    tallies = new Tally[size];
    waitingArea = new long[size];
    waitingNow = new int[size];
    waitingSince = new long[size];
    double[] rates = new double[size];
    for (int i = 0; i < size; i++) {
      Scenario.CallerClass one = scenario.classes().get(i);
      lines[i] = router.configure(now, queue(one));
      patience[i] = one.patience();
      rates[i] = one.perHour();
      tallies[i] = new Tally();
    }
    classes = new Alias(rates);
    meanGap = 3_600 * NANOS / Arrays.stream(rates).sum();
    int agents = scenario.agents().stream().mapToInt(Scenario.AgentGroup::count).sum();
    groupOf = new int[agents];
    handle = new double[agents];
    talk = new RoutedContact[agents];
    talks = new Calendar(agents);
    busySince = new long[agents];
    busy = new long[scenario.agents().size()];
    seat();
  }

  private void seat() {
    int number = 0;
    for (int group = 0; group < scenario.agents().size(); group++) {
      Scenario.AgentGroup one = scenario.agents().get(group);
      var skills = new HashMap<>(one.skills());
      skills.put(marker(one.name()), Skills.LOWEST);
      for (int i = 0; i < one.count(); i++, number++) {
        var profile =
            AgentProfile.of(new AgentId("%s %d".formatted(one.name(), i)), new Skills(skills))
                .withOrder(number)
                .withPrefers(one.prefers().stream().map(QueueId::new).toList());
        Agent agent = router.configure(now, profile);
        agent.tag(number);
        groupOf[number] = group;
        handle[number] = one.handle() * NANOS;
        router.phone(now, agent, true);
        router.logIn(now, agent);
        router.ready(now, agent);
      }
    }
  }

  private RoutingPlan routing(Scenario scenario) {
    Policy policy =
        switch (scenario.policy()) {
          case "weighted" -> scenario.weights().orElse(new Policy.Weighted(1, 1, 1, 1));
          case "c-mu" -> new Policy.GeneralizedCMu();
          case "queue-ratio" -> new Policy.QueueRatio();
          default -> new Policy.LongestIdle();
        };
    return new RoutingPlan(policy, scenario.reserves());
  }

  private Queue queue(Scenario.CallerClass one) {
    Strategy.Kind kind = Strategy.Kind.named(scenario.policy()).orElse(Strategy.Kind.LONGEST_IDLE);
    List<SkillExpression> tries = new ArrayList<>();
    for (String group : one.tries()) tries.add(new SkillExpression.AtLeast(marker(group), 1));
    double handle =
        scenario.agents().stream().mapToDouble(Scenario.AgentGroup::handle).average().orElse(1);
    Objectives objectives =
        new Objectives(
            80,
            Duration.ofNanos((long) (scenario.target() * NANOS)),
            ServiceLevelRule.DEFAULT,
            one.cost(),
            Duration.ofNanos(Math.max((long) (handle * NANOS), 1)),
            one.ratio());
    return Queue.of(new QueueId(one.name()), one.ask())
        .withUrgency(new Urgency(one.priority(), one.aging(), one.weight()))
        .withStrategy(Strategy.of(kind).withTries(tries))
        .withObjectives(objectives);
  }

  /// A skill that only the agents of this group have.
  private static String marker(String group) {
    return "group:" + group;
  }

  // ── Playing ─────────────────────────────────────────────────────────────────────────────────

  /// Some contacts are never served and never give up: a run would not end.
  public static final class NeverServed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NeverServed(String message) {
      super(message);
    }
  }

  /// @throws NeverServed when contacts that are to be counted wait for ever
  /// @param progress is told from time to time which part is done, from 0 to 1
  /// @param stopwatch nanoseconds of real time, for the speed
  public Report run(DoubleConsumer progress, LongSupplier stopwatch) {
    long started = stopwatch.getAsLong();
    long total = scenario.warmup() + scenario.contacts();
    long arrivals = 0;
    long open = scenario.contacts();
    long nextArrival = now + gap();
    if (scenario.warmup() == 0) beginCounting();
    while (counted < open) {
      long talkEnds = talks.firstTime();
      long givesUp = patiences.firstTime();
      if (nextArrival <= talkEnds && nextArrival <= givesUp) {
        now = nextArrival;
        if (arrivals == scenario.warmup() && begin == Long.MAX_VALUE) beginCounting();
        arrive(arrivals++ - scenario.warmup(), open);
        if (arrivals == total) endCounting();
        if (arrivals > total * ENOUGH) throw neverServed(open - counted);
        nextArrival = now + gap();
        if ((arrivals & (PROGRESS - 1)) == 0)
          progress.accept(Math.min(arrivals / (double) total, 1));
      } else if (talkEnds <= givesUp) {
        now = talkEnds;
        freed = talks.first();
        endTalk(freed);
      } else {
        now = givesUp;
        giveUp(patiences.first());
      }
      acceptAll();
      if (freed != NOBODY) talks.cancel(freed);
      freed = NOBODY;
    }
    return report((stopwatch.getAsLong() - started) / NANOS, arrivals);
  }

  private static NeverServed neverServed(long waiting) {
    return new NeverServed(
        "%d contacts wait and are never served: others always go before them, or a reserve keeps their agents. Give their class a \"patience\", or more agents."
            .formatted(waiting));
  }

  private long gap() {
    return (long) (draw.exponential() * meanGap);
  }

  private void arrive(long index, long open) {
    int type = classes.draw(draw);
    int batch = index >= 0 && index < open ? batch(index) : -1;
    if (scenario.limit() > 0 && inSystem >= scenario.limit()) {
      block(type, batch);
      return;
    }
    RoutedContact contact = router.queued(now, unnamed, lines[type]);
    int slot = contact.slot();
    if (slot >= classOf.length) grow(slot);
    boolean full = scenario.queueLimit() >= 0 && router.waitingCount() > scenario.queueLimit();
    if (full && contact.waits()) {
      router.left(now, contact);
      block(type, batch);
      return;
    }
    inSystem++;
    classOf[slot] = type;
    arrived[slot] = now;
    contacts[slot] = contact;
    batchOf[slot] = batch;
    if (!contact.waits()) return;
    waitingChanges(type, 1);
    if (patience[type] < Double.POSITIVE_INFINITY) {
      patiences.set(slot, now + (long) (draw.exponential() * patience[type] * NANOS));
    }
  }

  private void block(int type, int batch) {
    if (batch < 0) return;
    counted++;
    tallies[type].blocked(batch);
  }

  private void giveUp(int slot) {
    patiences.cancel(slot);
    int type = classOf[slot];
    waitingChanges(type, -1);
    inSystem--;
    if (batchOf[slot] >= 0) {
      counted++;
      tallies[type].abandoned(batchOf[slot], (now - arrived[slot]) / NANOS);
    }
    router.left(now, contacts[slot]);
  }

  private void endTalk(int agent) {
    RoutedContact contact = talk[agent];
    inSystem--;
    busy[groupOf[agent]] += overlap(busySince[agent], now);
    router.ended(now, contact);
  }

  /// What was offered is accepted at once, when the router has finished.
  private void acceptAll() {
    for (int i = 0; i < acceptedSize; i++) {
      Assignment assignment = accepted[i];
      accepted[i] = null;
      RoutedContact contact = assignment.contact();
      int agent = assignment.agent().tag();
      int slot = contact.slot();
      int type = classOf[slot];
      long waited = now - arrived[slot];
      if (waited > 0) {
        patiences.cancel(slot);
        waitingChanges(type, -1);
      }
      if (batchOf[slot] >= 0) {
        counted++;
        boolean within = waited <= target;
        tallies[type].served(batchOf[slot], waited / NANOS, within);
      }
      router.accepted(now, assignment);
      talk[agent] = contact;
      busySince[agent] = now;
      if (agent == freed) freed = NOBODY;
      talks.set(agent, now + (long) (draw.exponential() * handle[agent]));
    }
    acceptedSize = 0;
  }

  private int batch(long index) {
    if (index >= batchEnds) batchEnds = ++batch * scenario.contacts() / Tally.BATCHES;
    return batch - 1;
  }

  // ── Counting over time ──────────────────────────────────────────────────────────────────────

  private void beginCounting() {
    begin = now;
    Arrays.fill(waitingSince, now);
  }

  private void endCounting() {
    end = now;
  }

  private long overlap(long from, long to) {
    return Math.max(Math.min(to, end) - Math.max(from, begin), 0);
  }

  private void waitingChanges(int type, int by) {
    if (begin != Long.MAX_VALUE) {
      waitingArea[type] += waitingNow[type] * overlap(waitingSince[type], now);
      waitingSince[type] = now;
    }
    waitingNow[type] += by;
  }

  private void grow(int slot) {
    int length = Math.max(slot + 1, classOf.length * 2);
    classOf = Arrays.copyOf(classOf, length);
    arrived = Arrays.copyOf(arrived, length);
    contacts = Arrays.copyOf(contacts, length);
    batchOf = Arrays.copyOf(batchOf, length);
  }

  private Report report(double seconds, long arrivals) {
    double span = end - begin;
    var byClass = new LinkedHashMap<String, Report.Figures>();
    double blocked = 0;
    long offered = 0;
    for (int i = 0; i < lines.length; i++) {
      waitingChanges(i, 0);
      Report.Figures figures = tallies[i].figures(waitingArea[i] / span);
      byClass.put(scenario.classes().get(i).name(), figures);
      blocked += figures.blocked() * figures.offered();
      offered += figures.offered();
    }
    for (int agent = 0; agent < talk.length; agent++) {
      if (talks.has(agent)) busy[groupOf[agent]] += overlap(busySince[agent], now);
    }
    var byGroup = new LinkedHashMap<String, Report.Group>();
    for (int i = 0; i < scenario.agents().size(); i++) {
      Scenario.AgentGroup group = scenario.agents().get(i);
      byGroup.put(group.name(), new Report.Group(busy[i] / span / group.count()));
    }
    return new Report(arrivals / seconds, blocked / offered, byClass, byGroup);
  }

  // ── Decisions ───────────────────────────────────────────────────────────────────────────────

  @Override
  public void offer(long at, Assignment assignment) {
    if (acceptedSize == accepted.length) accepted = Arrays.copyOf(accepted, acceptedSize * 2);
    accepted[acceptedSize++] = assignment;
  }
}
