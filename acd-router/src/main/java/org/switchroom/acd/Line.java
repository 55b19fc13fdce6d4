package org.switchroom.acd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;

/// A queue at work.
public final class Line {
  /// How much the mean handle time follows each contact.
  private static final double FOLLOWS = 1.0 / 64;

  /// What an agent with a share of 1 pays for a contact of a queue that goes by shares.
  private static final long STRIDE = 1L << 40;

  Queue queue;

  // ── What of it is looked at for every contact ───────────────────────────────────────────────

  boolean hasSteps;
  boolean hasOverflow;
  boolean ringsAll;
  boolean goesByShares;
  boolean wrapsUp;
  int priority;
  long offerNanos;
  long targetNanos;

  /// Rises with each change of the queue.
  int version;

  /// Where those go who come back to it after it was removed; null: it is there.
  Line successor;

  /// Its classes by what they ask for.
  final Map<SkillExpression, RequirementClass> classes = new LinkedHashMap<>();

  /// The class of contacts that bring nothing of their own, in a queue without steps; else null.
  RequirementClass plain;

  // ── Those who wait, by arrival ──────────────────────────────────────────────────────────────

  int waiting;
  Contact oldest;
  Contact newest;

  // ── What strategies and policies remember ───────────────────────────────────────────────────

  Agent lastOffered;
  double handleMicros;
  private final Map<AgentId, Long> paid = new HashMap<>();
  private long lastPaid;

  /// One bit for each of the last contacts: served within the target.
  private long inTarget = -1;

  private long inTargetBefore = -1;

  final Timer closing = new Timer(Timer.Kind.CLOSES, this);

  Line(Queue queue) {
    configure(queue);
    handleMicros = queue.objectives().handle().toNanos() / 1e3;
  }

  void configure(Queue queue) {
    this.queue = queue;
    hasSteps = !queue.steps().isEmpty();
    hasOverflow = !queue.overflow().isEmpty();
    ringsAll = queue.strategy().kind() == Strategy.Kind.RING_ALL;
    goesByShares = queue.strategy().kind() == Strategy.Kind.PERCENT_ALLOCATION;
    wrapsUp = queue.wrapUp().mode() != WrapUp.Mode.NONE;
    priority = queue.urgency().priority();
    offerNanos = queue.offerTimeout().toNanos();
    targetNanos = queue.objectives().within().toNanos();
  }

  void waits(Contact contact) {
    Contact before = newest;
    while (before != null && !arrivedBefore(before, contact)) before = before.earlier;
    Contact after = before == null ? oldest : before.later;
    contact.earlier = before;
    contact.later = after;
    if (before == null) oldest = contact;
    else before.later = contact;
    if (after == null) newest = contact;
    else after.earlier = contact;
    waiting++;
  }

  void waitOver(Contact contact) {
    Contact before = contact.earlier;
    Contact after = contact.later;
    if (before == null) oldest = after;
    else before.later = after;
    if (after == null) newest = before;
    else after.earlier = before;
    contact.earlier = null;
    contact.later = null;
    waiting--;
  }

  private static boolean arrivedBefore(Contact a, Contact b) {
    return a.arrived < b.arrived || (a.arrived == b.arrived && a.sequence < b.sequence);
  }

  List<Contact> byArrival() {
    var all = new ArrayList<Contact>();
    for (Contact contact = oldest; contact != null; contact = contact.later) all.add(contact);
    return all;
  }

  // ── Figures ─────────────────────────────────────────────────────────────────────────────────

  void handled(long nanos) {
    handleMicros += (Math.max(nanos, 0) / 1e3 - handleMicros) * FOLLOWS;
  }

  void answered(boolean withinTarget) {
    inTargetBefore = (inTargetBefore << 1) | (inTarget >>> 63);
    inTarget = (inTarget << 1) | (withinTarget ? 1 : 0);
  }

  /// Percent of the last 100, rounded down.
  int serviceLevel() {
    return Long.bitCount(inTarget) + Long.bitCount(inTargetBefore & ((1L << 36) - 1));
  }

  // ── Shares ──────────────────────────────────────────────────────────────────────────────────

  long paid(AgentId agent) {
    return paid.getOrDefault(agent, 0L);
  }

  /// A contact costs the more the smaller the share.
  void pays(AgentId agent) {
    lastPaid = paid(agent);
    paid.put(agent, lastPaid + STRIDE / queue.strategy().shares().getOrDefault(agent, 1));
  }

  /// Who was away owes nothing to those who were here, and is owed nothing.
  void joins(AgentId agent) {
    paid.merge(agent, lastPaid, Math::max);
  }

  // ── Rules ───────────────────────────────────────────────────────────────────────────────────

  boolean leavesWhenUnstaffed() {
    for (Overflow rule : queue.overflow()) {
      if (rule.trigger() instanceof Overflow.Trigger.Unstaffed(boolean leave) && leave) return true;
    }
    return false;
  }

  boolean leavesWhenClosed() {
    for (Overflow rule : queue.overflow()) {
      if (rule.trigger() instanceof Overflow.Trigger.Closed(boolean leave) && leave) return true;
    }
    return false;
  }

  public Queue queue() {
    return queue;
  }

  /// How many wait with no phone ringing for them.
  public int waiting() {
    return waiting;
  }
}
