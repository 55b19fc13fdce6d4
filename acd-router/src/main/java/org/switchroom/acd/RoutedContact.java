package org.switchroom.acd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.acd.skill.SkillExpression;

/// One contact, as the router sees it. Only the router changes it.
///
/// A handle: it is used again for another contact when this one is over.
public final class RoutedContact {
  /// A number of its own among the contacts that the router has at the same time, from 0.
  private final int slot;

  /// Nobody's handle at present: what it says is of the one whose it was.
  boolean over;

  ContactId id;
  QueueState line;

  /// When it began to wait: its age, which nothing changes. Nanoseconds since 1970.
  long arrived;

  /// When it came into its present queue.
  long entered;

  long sequence;

  ContactKind kind = ContactKind.CALLER;

  /// What it brought along itself, beside its queue's.
  int priority;

  @Nullable SkillExpression ownAsk;

  // ── Its way through the queue's steps ───────────────────────────────────────────────────────

  /// Waits for this agent alone; null: not, or no more.
  @Nullable Agent preferred;

  long preferredUntil;

  /// Who is not asked as long as others are there; mostly nobody.
  List<AgentId> passedOver = List.of();

  /// Whose phone has rung for it in vain since it was offered from the top, and who stayed ready:
  /// others who are free are asked before them. Null while there are none.
  @Nullable List<AgentId> missedBy;

  /// When its queue's steps began for it.
  long stepsFrom;

  /// Its queue has changed while a phone rang for it.
  boolean outdated;

  /// The step it is in; -1 before the first, the number of steps after the last.
  int step;

  int stepPriority;
  long stepEnds;
  SkillExpression ask;

  /// Queues it has been in; null while there was only one.
  @Nullable List<QueueId> visited;

  // ── Where it waits ──────────────────────────────────────────────────────────────────────────

  /// Null while it does not wait.
  @Nullable RequirementClass waitsIn;

  /// Its rank in its class: larger first.
  long key;

  int heapPlace = -1;
  @Nullable RoutedContact earlier;
  @Nullable RoutedContact later;

  // ── Who has it ──────────────────────────────────────────────────────────────────────────────

  /// Null: nobody. While several phones ring, the first of them.
  @Nullable Assignment assignments;

  /// Where all are rung: the last group of `tries` that is, from 0. It grows each time nobody has
  /// answered.
  int reach;

  /// Whether it is among [Matching#rung].
  boolean rung;

  /// Whether one of its timers may be set.
  boolean timed;

  /// Whether somebody who asks for changes has it ([Changes]).
  boolean changed;

  boolean known;

  final Timer stepTimer = new Timer(Timer.Kind.STEP_ENDS, this);
  final Timer waitedTimer = new Timer(Timer.Kind.WAITED, this);

  RoutedContact(int slot, ContactId id, QueueState line) {
    this.slot = slot;
    this.id = id;
    this.line = line;
    ask = line.queue.ask();
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

  /// Where it waits.
  ///
  /// @throws IllegalStateException when it does not wait
  RequirementClass waitingIn() {
    RequirementClass in = waitsIn;
    if (in != null) return in;
    throw new IllegalStateException(
        "Contact %s does not wait. Maybe it was taken out twice.".formatted(id));
  }

  /// Points, with its queue's and its steps'.
  int totalPriority() {
    return Urgency.sum((long) line.priority + priority + stepPriority);
  }

  boolean offered() {
    return assignments != null && assignments.isOffer();
  }

  /// How many phones ring for it.
  int ringing() {
    int count = 0;
    for (Assignment one = assignments; one != null; one = one.next) count++;
    return count;
  }

  boolean has(Agent agent) {
    for (Assignment one = assignments; one != null; one = one.next) {
      if (one.agent == agent) return true;
    }
    return false;
  }

  ContactMemory memory() {
    return new ContactMemory(
        id,
        queue(),
        line.removed ? line.number : 0,
        sequence,
        RouterTime.instant(arrived),
        RouterTime.instant(entered),
        priority,
        (ownAsk == null ? SkillExpression.ANY : ownAsk).toString(),
        preferred == null
            ? Optional.empty()
            : Optional.of(
                new ContactMemory.Preferred(preferred.id(), RouterTime.instant(preferredUntil))),
        outdated,
        ask.toString(),
        new ContactMemory.Steps(
            RouterTime.instant(stepsFrom),
            step,
            stepPriority,
            RouterTime.optional(stepEnds),
            stepTimer.memory()),
        visited == null ? List.of() : visited,
        reach,
        waitedTimer.memory(),
        kind,
        passedOver,
        missedBy == null ? List.of() : missedBy);
  }

  /// All but what it names of others: agents, asks, timers.
  void recall(ContactMemory memory) {
    sequence = memory.number();
    arrived = RouterTime.nanos(memory.arrived());
    entered = RouterTime.nanos(memory.entered());
    priority = memory.priority();
    outdated = memory.outdated();
    reach = memory.reach();
    kind = memory.kind();
    passedOver = memory.passedOver();
    missedBy = memory.missedBy().isEmpty() ? null : new ArrayList<>(memory.missedBy());
    stepsFrom = RouterTime.nanos(memory.steps().from());
    step = memory.steps().step();
    stepPriority = memory.steps().priority();
    stepEnds = RouterTime.nanos(memory.steps().ends());
    visited = memory.visited().isEmpty() ? null : new ArrayList<>(memory.visited());
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
      before(assignment).next = assignment.next;
    }
    assignment.next = null;
  }

  private Assignment before(Assignment assignment) {
    for (Assignment before = assignments; before != null; before = before.next) {
      if (before.next == assignment) return before;
    }
    throw new IllegalStateException(
        "Agent %s does not have contact %s. Maybe it was taken from them twice."
            .formatted(assignment.agent.id(), id));
  }
}
