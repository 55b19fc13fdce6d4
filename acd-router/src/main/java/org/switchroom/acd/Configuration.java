package org.switchroom.acd;

import java.util.ArrayList;
import java.util.List;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.Routing;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.skill.SkillExpression;

/// Queues, agents and the policy change while contacts wait and agents talk: those concerned are
/// taken out, what was worked out for them is worked out anew, and they are put back in their
/// places.
final class Configuration {
  private final Router router;
  private final Floor floor;
  private final Journey journey;
  private final Timers timers;
  private final Shadow shadow;
  private final Changes changes;
  private final Decisions out;

  /// The number of the queue that came last.
  long lastQueue;

  /// Whether a queue goes by how busy agents were: only then it is counted.
  boolean countsOccupancy;

  Configuration(
      Router router,
      Floor floor,
      Journey journey,
      Timers timers,
      Shadow shadow,
      Changes changes,
      Decisions out) {
    this.router = router;
    this.floor = floor;
    this.journey = journey;
    this.timers = timers;
    this.shadow = shadow;
    this.changes = changes;
    this.out = out;
  }

  Line configure(long at, Queue queue) {
    Line line = floor.lines.get(queue.id());
    if (line == null) {
      line = newLine(queue);
    } else {
      List<Contact> waiting = takeOut(line);
      floor.dropClasses(line);
      line.configure(queue);
      putBack(at, waiting);
      outdate(line);
    }
    journey.armClosing(line, at);
    reconfigured(at);
    return line;
  }

  /// The queue is configured otherwise than when it was remembered.
  void changed(long at, Line line) {
    putBack(at, takeOut(line));
    outdate(line);
    journey.armClosing(line, at);
  }

  private void outdate(Line line) {
    for (Contact contact : inHand(line)) {
      if (!contact.offered()) continue;
      contact.outdated = true;
      changes.of(contact);
    }
  }

  Line newLine(Queue queue) {
    var line = new Line(++lastQueue, queue);
    floor.lines.put(queue.id(), line);
    return line;
  }

  /// Those whose phones ring go on to the next queue when that comes to nothing; until then no step
  /// and no wait matters any more.
  void remove(long at, Line line, Line otherwise) {
    List<Contact> waiting = takeOut(line);
    floor.dropClasses(line);
    floor.lines.remove(line.queue.id());
    timers.cancel(line.closing);
    for (Line before : floor.removed) changes.of(before);
    line.successor = otherwise;
    line.removed = true;
    line.stillIn = waiting.size() + inHand(line).size();
    if (line.stillIn > 0) floor.removed.add(line);
    changes.removed(line);
    for (Contact contact : inHand(line)) {
      changes.of(contact);
      if (contact.offered()) journey.disarm(contact);
    }
    for (Contact contact : waiting) router.toSuccessor(at, contact);
    reconfigured(at);
  }

  /// The contacts of a queue that agents are offered, have, or wrap up.
  private List<Contact> inHand(Line line) {
    var found = new ArrayList<Contact>();
    for (Agent agent : floor.agents.values()) {
      for (Assignment one = agent.latest; one != null; one = one.before) {
        boolean first = one.contact.assignments == one;
        if (first && one.contact.line == line) found.add(one.contact);
      }
    }
    return found;
  }

  Agent configure(long at, AgentProfile profile) {
    Agent agent = floor.agents.get(profile.id());
    if (agent == null) {
      agent = new Agent(profile);
      agent.since = at;
      floor.add(agent);
      changes.of(agent);
    } else {
      floor.unlist(agent);
      floor.remove(agent);
      agent.configure(profile);
      agent.leaving = false;
      changes.of(agent);
      floor.add(agent);
      router.pick(at, agent);
    }
    reconfigured(at);
    return agent;
  }

  void remove(long at, Agent agent) {
    agent.leaving = true;
    changes.of(agent);
    var back = new ArrayList<Contact>();
    for (Assignment assignment = agent.latest, before; assignment != null; assignment = before) {
      before = assignment.before;
      if (!assignment.isOffer()) continue;
      out.withdraw(at, assignment, Decision.Why.AGENT_LEFT);
      Contact contact = assignment.contact;
      router.unassign(at, assignment);
      if (contact.assignments == null) back.add(contact);
    }
    if (agent.load > 0) {
      agent.pending = new Decision.Pending.LogOut();
      out.moved(at, agent);
      floor.relist(agent);
    } else {
      agent.pending = null;
      router.move(at, agent, Agent.Presence.LOGGED_OUT, "");
    }
    for (Contact contact : back) router.again(at, contact);
    reconfigured(at);
  }

  void configure(long at, Routing routing) {
    var waiting = new ArrayList<Contact>();
    for (Line line : floor.lines.values()) waiting.addAll(takeOut(line));
    floor.route(routing);
    shadow.follow(routing.shadow());
    for (Contact contact : waiting) floor.wait(contact, journey.where(contact));
    reconfigured(at);
  }

  private List<Contact> takeOut(Line line) {
    List<Contact> waiting = line.byArrival();
    waiting.forEach(floor::waitOver);
    return waiting;
  }

  private void putBack(long at, List<Contact> waiting) {
    for (Contact contact : waiting) {
      SkillExpression asked = contact.ask;
      int step = contact.step;
      journey.begin(contact, at);
      journey.arm(contact, at);
      if (contact.step != step || !contact.ask.equals(asked)) changes.of(contact);
      floor.wait(contact, journey.where(contact));
    }
  }

  private void reconfigured(long at) {
    boolean counted = countsOccupancy;
    count();
    if (countsOccupancy && !counted) {
      for (Agent agent : floor.agents.values()) {
        agent.occupancy.begin(at);
        changes.of(agent);
        floor.reorder(agent);
      }
    }
    router.leaveUnstaffed(at);
    floor.moreToGive = true;
    router.settle(at);
  }

  /// What is counted over all queues.
  void count() {
    floor.ratioSum = 0;
    countsOccupancy = false;
    for (Line line : floor.lines.values()) {
      floor.ratioSum += line.queue.objectives().ratio();
      if (line.queue.strategy().kind() == Strategy.Kind.LEAST_OCCUPIED) countsOccupancy = true;
    }
  }
}
