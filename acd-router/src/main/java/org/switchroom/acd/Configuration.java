package org.switchroom.acd;

import java.util.ArrayList;
import java.util.List;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.Routing;
import org.switchroom.acd.plan.Strategy;

/// Queues, agents and the policy change while contacts wait and agents talk: those concerned are
/// taken out, what was worked out for them is worked out anew, and they are put back in their
/// places.
final class Configuration {
  private final Router router;
  private final Floor floor;
  private final Journey journey;
  private final Timers timers;
  private final Shadow shadow;
  private final Decisions out;

  /// Whether a queue goes by how busy agents were: only then it is counted.
  boolean countsOccupancy;

  Configuration(
      Router router, Floor floor, Journey journey, Timers timers, Shadow shadow, Decisions out) {
    this.router = router;
    this.floor = floor;
    this.journey = journey;
    this.timers = timers;
    this.shadow = shadow;
    this.out = out;
  }

  Line configure(long at, Queue queue) {
    Line line = floor.lines.get(queue.id());
    if (line == null) {
      line = new Line(queue);
      floor.lines.put(queue.id(), line);
    } else {
      List<Contact> waiting = takeOut(line);
      floor.dropClasses(line);
      line.configure(queue);
      line.version++;
      putBack(at, waiting);
    }
    journey.armClosing(line, at);
    reconfigured(at);
    return line;
  }

  void remove(long at, Line line, Line otherwise) {
    List<Contact> waiting = takeOut(line);
    floor.dropClasses(line);
    floor.lines.remove(line.queue.id());
    timers.cancel(line.closing);
    line.successor = otherwise;
    for (Contact contact : waiting) router.toSuccessor(at, contact);
    reconfigured(at);
  }

  Agent configure(long at, AgentProfile profile) {
    Agent agent = floor.agents.get(profile.id());
    if (agent == null) {
      agent = new Agent(profile);
      agent.since = at;
      floor.add(agent);
    } else {
      floor.unlist(agent);
      floor.remove(agent);
      agent.configure(profile);
      agent.leaving = false;
      floor.add(agent);
      router.pick(at, agent);
    }
    reconfigured(at);
    return agent;
  }

  void remove(long at, Agent agent) {
    agent.leaving = true;
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
      journey.begin(contact, at);
      journey.arm(contact, at);
      floor.wait(contact, journey.where(contact));
    }
  }

  private void reconfigured(long at) {
    floor.ratioSum = 0;
    boolean counted = countsOccupancy;
    countsOccupancy = false;
    for (Line line : floor.lines.values()) {
      floor.ratioSum += line.queue.objectives().ratio();
      if (line.queue.strategy().kind() == Strategy.Kind.LEAST_OCCUPIED) countsOccupancy = true;
    }
    if (countsOccupancy && !counted) {
      for (Agent agent : floor.agents.values()) agent.occupancy.begin(at);
    }
    router.leaveUnstaffed(at);
    floor.moreToGive = true;
    router.settle(at);
  }
}
