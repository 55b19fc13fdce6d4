package org.switchroom.acd;

import java.util.ArrayList;
import java.util.List;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.skill.SkillExpression;

/// Queues, agents and the policy change while contacts wait and agents talk: those concerned are
/// taken out, what was worked out for them is worked out anew, and they are put back in their
/// places.
final class Configuration {
  private final Router router;
  private final Matching matching;
  private final RoutingSteps steps;
  private final OverflowRules overflow;
  private final Timers timers;
  private final Latecomers latecomers;
  private final Shadow shadow;
  private final Changes changes;
  private final Decisions out;

  /// The number of the queue that came last.
  long lastQueue;

  /// Whether a queue goes by how busy agents were: only then it is counted.
  boolean countsOccupancy;

  Configuration(
      Router router,
      Matching matching,
      RoutingSteps steps,
      OverflowRules overflow,
      Timers timers,
      Latecomers latecomers,
      Shadow shadow,
      Changes changes,
      Decisions out) {
    this.router = router;
    this.matching = matching;
    this.steps = steps;
    this.overflow = overflow;
    this.timers = timers;
    this.latecomers = latecomers;
    this.shadow = shadow;
    this.changes = changes;
    this.out = out;
  }

  QueueState configure(long at, Queue queue) {
    QueueState line = matching.queues.get(queue.id());
    if (line == null) {
      line = newLine(queue);
    } else {
      List<RoutedContact> waiting = takeOut(line);
      matching.dropClasses(line);
      boolean wentByShares = line.goesByShares;
      line.configure(queue);
      if (line.goesByShares && !wentByShares) latecomers.begins(line);
      putBack(at, waiting);
      outdate(line);
    }
    overflow.hoursChanged(line, at);
    reconfigured(at);
    return line;
  }

  /// The queue is configured otherwise than when it was remembered.
  void changed(long at, QueueState line) {
    putBack(at, takeOut(line));
    outdate(line);
    overflow.hoursChanged(line, at);
  }

  private void outdate(QueueState line) {
    for (RoutedContact contact : inHand(line)) {
      if (!contact.offered()) continue;
      contact.outdated = true;
      changes.of(contact);
    }
  }

  QueueState newLine(Queue queue) {
    var line = new QueueState(++lastQueue, queue);
    matching.queues.put(queue.id(), line);
    return line;
  }

  /// Those whose phones ring go on to the next queue when that comes to nothing; until then no step
  /// and no wait matters any more.
  void remove(long at, QueueState line, QueueState otherwise) {
    List<RoutedContact> waiting = takeOut(line);
    matching.dropClasses(line);
    matching.queues.remove(line.queue.id());
    timers.cancel(line.closing);
    for (QueueState before : matching.removed) changes.of(before);
    line.successor = otherwise;
    line.removed = true;
    line.stillIn = waiting.size() + inHand(line).size();
    if (line.stillIn > 0) matching.removed.add(line);
    changes.removed(line);
    for (RoutedContact contact : inHand(line)) {
      changes.of(contact);
      if (contact.offered()) overflow.disarm(contact);
    }
    for (RoutedContact contact : waiting) router.toSuccessor(at, contact, otherwise);
    reconfigured(at);
  }

  /// The contacts of a queue that agents are offered, have, or wrap up.
  private List<RoutedContact> inHand(QueueState line) {
    var found = new ArrayList<RoutedContact>();
    for (Agent agent : matching.agents.values()) {
      for (Assignment one = agent.latest; one != null; one = one.before) {
        boolean first = one.contact.assignments == one;
        if (first && one.contact.line == line) found.add(one.contact);
      }
    }
    return found;
  }

  Agent configure(long at, AgentProfile profile) {
    Agent agent = matching.agents.get(profile.id());
    if (agent == null) {
      agent = new Agent(profile);
      agent.since = at;
      matching.add(agent);
      changes.of(agent);
    } else {
      matching.unlist(agent);
      matching.remove(agent);
      boolean others = !profile.skills().equals(agent.profile.skills());
      agent.configure(profile);
      agent.leaving = false;
      changes.of(agent);
      matching.add(agent);
      if (others && agent.presence == AgentPresence.READY) latecomers.comes(agent);
      router.releasePersonal(at, agent);
      router.pick(at, agent);
    }
    reconfigured(at);
    return agent;
  }

  void remove(long at, Agent agent) {
    agent.leaving = true;
    changes.of(agent);
    var back = new ArrayList<RoutedContact>();
    for (Assignment assignment = agent.latest, before; assignment != null; assignment = before) {
      before = assignment.before;
      if (!assignment.isOffer()) continue;
      out.withdraw(at, assignment, Decision.Why.AGENT_LEFT);
      RoutedContact contact = assignment.contact;
      router.unassign(at, assignment);
      if (contact.assignments == null) back.add(contact);
    }
    if (agent.load > 0) {
      agent.pending = new Decision.Pending.LogOut();
      out.moved(at, agent);
      matching.relist(agent);
      router.releasePersonal(at, agent);
    } else {
      agent.pending = null;
      router.move(at, agent, AgentPresence.LOGGED_OUT, "");
    }
    for (RoutedContact contact : back) router.again(at, contact);
    reconfigured(at);
  }

  void configure(long at, RoutingPlan routing) {
    var waiting = new ArrayList<RoutedContact>();
    for (QueueState line : matching.queues.values()) waiting.addAll(takeOut(line));
    matching.route(routing);
    shadow.follow(routing.shadow());
    for (RoutedContact contact : waiting) matching.wait(contact, steps.where(contact));
    reconfigured(at);
  }

  private List<RoutedContact> takeOut(QueueState line) {
    List<RoutedContact> waiting = line.byArrival();
    waiting.forEach(matching::waitOver);
    return waiting;
  }

  private void putBack(long at, List<RoutedContact> waiting) {
    for (RoutedContact contact : waiting) {
      SkillExpression asked = contact.ask;
      int step = contact.step;
      steps.begin(contact, at);
      // A wait that is over by the new rules is over now.
      overflow.arm(contact, contact.entered);
      if (contact.step != step || !contact.ask.equals(asked)) changes.of(contact);
      matching.wait(contact, steps.where(contact));
    }
  }

  private void reconfigured(long at) {
    boolean counted = countsOccupancy;
    count();
    if (countsOccupancy && !counted) {
      for (Agent agent : matching.agents.values()) {
        agent.occupancy.begin(at);
        changes.of(agent);
        matching.reorder(agent);
      }
    }
    router.leaveUnstaffed(at);
    matching.moreToGive = true;
    router.settle(at);
  }

  /// What is counted over all queues.
  void count() {
    matching.ratioSum = 0;
    countsOccupancy = false;
    for (QueueState line : matching.queues.values()) {
      matching.ratioSum += line.queue.objectives().ratio();
      if (line.queue.strategy().kind() == Strategy.Kind.LEAST_OCCUPIED) countsOccupancy = true;
    }
  }
}
