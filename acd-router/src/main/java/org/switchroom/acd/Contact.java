package org.switchroom.acd;

import java.util.List;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.acd.skill.SkillExpression;

/// One contact, as the router sees it. Only the router changes it.
///
/// A handle: it is used again for another contact when this one is over.
public final class Contact {
  /// A number of its own among the contacts that the router has at the same time, from 0.
  private final int slot;

  ContactId id;
  Line line;

  /// When it began to wait: its age, which nothing changes. Nanoseconds since 1970.
  long arrived;

  /// When it came into its present queue.
  long entered;

  long sequence;

  /// What it brought along itself, beside its queue's.
  int priority;

  SkillExpression ownAsk;

  // ── Its way through the queue's steps ───────────────────────────────────────────────────────

  /// Waits for this agent alone; null: not, or no more.
  Agent preferred;

  long preferredUntil;

  /// When its queue's steps began for it.
  long stepsFrom;

  /// Of its queue's configuration, when it last looked.
  int version;

  /// The step it is in; -1 before the first, the number of steps after the last.
  int step;

  int stepPriority;
  long stepEnds;
  SkillExpression ask;

  /// Queues it has been in; null while there was only one.
  List<QueueId> visited;

  // ── Where it waits ──────────────────────────────────────────────────────────────────────────

  /// Null while it does not wait.
  RequirementClass waitsIn;

  /// Its rank in its class: larger first.
  long key;

  int heapPlace = -1;
  Contact earlier;
  Contact later;

  // ── Who has it ──────────────────────────────────────────────────────────────────────────────

  /// Null: nobody. While several phones ring, the first of them.
  Assignment assignments;

  /// Whether one of its timers may be set.
  boolean timed;

  final Timer stepTimer = new Timer(Timer.Kind.STEP_ENDS, this);
  final Timer waitedTimer = new Timer(Timer.Kind.WAITED, this);

  Contact(int slot) {
    this.slot = slot;
  }

  public int slot() {
    return slot;
  }

  public ContactId id() {
    return id;
  }

  public QueueId queue() {
    return line.queue.id();
  }

  /// Whether no agent has it, and no phone rings for it.
  public boolean waits() {
    return waitsIn != null;
  }

  /// Points, with its queue's and its steps'.
  int totalPriority() {
    return Urgency.sum((long) line.priority + priority + stepPriority);
  }

  boolean offered() {
    return assignments != null && assignments.isOffer();
  }

  void add(Assignment assignment) {
    assignment.next = null;
    if (assignments == null) {
      assignments = assignment;
      return;
    }
    Assignment last = assignments;
    while (last.next != null) last = last.next;
    last.next = assignment;
  }

  void remove(Assignment assignment) {
    if (assignments == assignment) {
      assignments = assignment.next;
    } else {
      Assignment before = assignments;
      while (before.next != assignment) before = before.next;
      before.next = assignment.next;
    }
    assignment.next = null;
  }
}
