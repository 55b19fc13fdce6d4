package org.switchroom.acd.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.switchroom.acd.skill.Skills;

/// The same center without a router, as one writes it for one paper with what the JDK has: callers
/// of some classes, a line each; agents of some groups who take the oldest caller of their classes;
/// a caller takes who has been idle for longest. No priorities, patience, limits, reserves,
/// wrap-up, nothing that can change while it runs. It draws and counts as [Simulation] does.
final class PlainSimulation {
  private static final double NANOS = 1e9;

  private final Scenario scenario;
  private final RandomDraws draw;
  private final Alias classes;
  private final double meanGap;
  private final double target;
  private final List<ArrayDeque<Caller>> lines = new ArrayList<>();

  /// By agent: whether they serve a class, and their mean handle time.
  private final boolean[][] serves;

  private final double[] handle;

  /// Agents, who has been idle for longest first.
  private final ArrayDeque<Integer> idle = new ArrayDeque<>();

  private final PriorityQueue<Talk> talks =
      new PriorityQueue<>(Comparator.comparingLong(Talk::ends));
  private final Tally[] tallies;
  private long served;

  private record Caller(int type, long arrived, long number) {}

  private record Talk(long ends, int agent) {}

  PlainSimulation(Scenario scenario) {
    this.scenario = scenario;
    draw = new RandomDraws(scenario.seed());
    target = scenario.target() * NANOS;
    List<Scenario.CallerClass> callers = scenario.classes();
    double[] rates = callers.stream().mapToDouble(Scenario.CallerClass::perHour).toArray();
    classes = new Alias(rates);
    meanGap = 3_600 * NANOS / Arrays.stream(rates).sum();
    tallies = new Tally[rates.length];
    for (int i = 0; i < rates.length; i++) {
      lines.add(new ArrayDeque<>());
      tallies[i] = new Tally();
    }
    int agents = scenario.agents().stream().mapToInt(Scenario.AgentGroup::count).sum();
    serves = new boolean[agents][rates.length];
    handle = new double[agents];
    int agent = 0;
    for (Scenario.AgentGroup group : scenario.agents()) {
      var skills = new Skills(group.skills());
      for (int i = 0; i < group.count(); i++, agent++) {
        for (int type = 0; type < rates.length; type++) {
          serves[agent][type] = callers.get(type).ask().matches(skills);
        }
        handle[agent] = group.handle() * NANOS;
        idle.add(agent);
      }
    }
  }

  /// Returns the mean wait of all that are counted, in seconds.
  double run() {
    long arrivals = -scenario.warmup();
    long nextArrival = gap();
    while (served < scenario.contacts()) {
      Talk first = talks.peek();
      if (first == null || nextArrival <= first.ends()) {
        arrive(new Caller(classes.draw(draw), nextArrival, arrivals++));
        nextArrival += gap();
      } else {
        talks.remove();
        endTalk(first);
      }
    }
    double waits = 0;
    for (Tally tally : tallies) waits += tally.figures(0).meanWait();
    return waits / tallies.length;
  }

  private long gap() {
    return (long) (draw.exponential() * meanGap);
  }

  private void arrive(Caller caller) {
    for (Iterator<Integer> agents = idle.iterator(); agents.hasNext(); ) {
      int agent = agents.next();
      if (!serves[agent][caller.type()]) continue;
      agents.remove();
      serve(caller.arrived(), agent, caller);
      return;
    }
    lines.get(caller.type()).add(caller);
  }

  private void endTalk(Talk talk) {
    Caller oldest = null;
    for (int type = 0; type < tallies.length; type++) {
      Caller caller = serves[talk.agent()][type] ? lines.get(type).peek() : null;
      if (caller != null && (oldest == null || caller.arrived() < oldest.arrived()))
        oldest = caller;
    }
    if (oldest == null) {
      idle.add(talk.agent());
    } else {
      lines.get(oldest.type()).remove();
      serve(talk.ends(), talk.agent(), oldest);
    }
  }

  private void serve(long now, int agent, Caller caller) {
    talks.add(new Talk(now + (long) (draw.exponential() * handle[agent]), agent));
    long number = caller.number();
    if (number < 0 || number >= scenario.contacts()) return;
    served++;
    int batch = (int) (number * Tally.BATCHES / scenario.contacts());
    long waited = now - caller.arrived();
    tallies[caller.type()].served(batch, waited / NANOS, waited <= target);
  }
}
