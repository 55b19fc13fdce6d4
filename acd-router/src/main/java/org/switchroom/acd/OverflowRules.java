package org.switchroom.acd;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.QueueId;

/// By which a contact leaves its queue that nobody takes: it has waited too long, the queue is full
/// or closed, or nobody is staffed.
final class OverflowRules {
  private final Matching matching;
  private final RoutingSteps steps;
  private final Timers timers;
  private final Changes changes;

  /// How far the wall clock is ahead of the time of facts. Opening hours go by it.
  long wallAhead;

  OverflowRules(Matching matching, RoutingSteps steps, Timers timers, Changes changes) {
    this.matching = matching;
    this.steps = steps;
    this.timers = timers;
    this.changes = changes;
  }

  // ── Which rule applies ──────────────────────────────────────────────────────────────────────

  /// The first rule that sends a contact away as it joins; null: it may wait here. Who waits for a
  /// certain agent alone may, and is asked again when that is over: it joined when it did, so who
  /// came after it does not fill its queue, and a queue that has closed since was open for it.
  @Nullable Overflow onJoining(RoutedContact contact, long at) {
    if (contact.preferred != null) return null;
    for (Overflow rule : contact.line.queue.overflow()) {
      boolean applies =
          switch (rule.trigger()) {
            case Overflow.Trigger.Full(int most) ->
                contact.line.waitingBefore(contact, at) >= most && !servable(contact);
            case Overflow.Trigger.Closed(boolean leave) ->
                closed(contact.line, at) && (leave || closed(contact.line, contact.entered));
            case Overflow.Trigger.Unstaffed _ -> steps.unstaffed(contact);
            case Overflow.Trigger.Waited(var time) -> contact.entered + time.toNanos() <= at;
          };
      if (applies && open(rule, contact)) return rule;
    }
    return null;
  }

  /// The first rule whose time of waiting is over; null: none, or it waits for one agent alone.
  @Nullable Overflow onWaited(RoutedContact contact, long at) {
    if (contact.preferred != null) return null;
    for (Overflow rule : contact.line.queue.overflow()) {
      if (rule.trigger() instanceof Overflow.Trigger.Waited(var time)
          && contact.entered + time.toNanos() <= at
          && open(rule, contact)) {
        return rule;
      }
    }
    return null;
  }

  /// The rule by which those leave whom nobody could take any more; null: none applies.
  @Nullable Overflow onUnstaffed(RoutedContact contact) {
    for (Overflow rule : contact.line.queue.overflow()) {
      if (rule.trigger() instanceof Overflow.Trigger.Unstaffed(boolean leave)
          && leave
          && steps.unstaffed(contact)
          && open(rule, contact)) {
        return rule;
      }
    }
    return null;
  }

  /// The rule by which it leaves because the queue has closed meanwhile; null: none applies.
  @Nullable Overflow onClosed(RoutedContact contact, long at) {
    return closed(contact.line, at) ? onClosing(contact) : null;
  }

  /// The rule by which those leave who wait when the queue closes; null: none applies.
  @Nullable Overflow onClosing(RoutedContact contact) {
    if (contact.preferred != null) return null;
    for (Overflow rule : contact.line.queue.overflow()) {
      if (rule.trigger() instanceof Overflow.Trigger.Closed(boolean leave)
          && leave
          && open(rule, contact)) {
        return rule;
      }
    }
    return null;
  }

  /// Somebody is free for it: others wait who ask for something else.
  private boolean servable(RoutedContact contact) {
    return matching.agentFor(contact, steps.where(contact)) != null;
  }

  /// Whether the way is open: out of the queues for somebody on the line; never twice into the same
  /// queue, and to no queue of another channel.
  private boolean open(Overflow rule, RoutedContact contact) {
    return switch (rule.target()) {
      case Overflow.Target.Away _ -> contact.kind != ContactKind.WORK;
      case Overflow.Target.ToQueue(var queue) ->
          isOfChannel(queue, contact.line.queue.channel())
              && !queue.equals(contact.queue())
              && (contact.visited == null || !contact.visited.contains(queue));
    };
  }

  private boolean isOfChannel(QueueId queue, Channel channel) {
    QueueState line = matching.queues.get(queue);
    return line != null && line.queue.channel() == channel;
  }

  static Decision.Cause cause(Overflow rule) {
    return switch (rule.trigger()) {
      case Overflow.Trigger.Waited _ -> Decision.Cause.WAITED;
      case Overflow.Trigger.Full _ -> Decision.Cause.FULL;
      case Overflow.Trigger.Closed _ -> Decision.Cause.CLOSED;
      case Overflow.Trigger.Unstaffed _ -> Decision.Cause.UNSTAFFED;
    };
  }

  // ── When nobody takes it ────────────────────────────────────────────────────────────────────

  /// Sets what is to happen if nobody takes it.
  void arm(RoutedContact contact, long at) {
    boolean untimed = !contact.line.hasSteps && !contact.line.hasOverflow;
    if (untimed && contact.preferred == null && !contact.timed) return;
    contact.timed = true;
    steps.arm(contact);
    armWaited(contact, at);
  }

  /// For the next rule that goes by the wait.
  void armWaited(RoutedContact contact, long after) {
    long next = RouterTime.NEVER;
    changes.of(contact);
    if (!contact.line.hasOverflow) {
      timers.cancel(contact.waitedTimer);
      return;
    }
    for (Overflow rule : contact.line.queue.overflow()) {
      if (rule.trigger() instanceof Overflow.Trigger.Waited(var time)) {
        long due = contact.entered + time.toNanos();
        if (due > after) next = Math.min(next, due);
      }
    }
    if (next == RouterTime.NEVER) timers.cancel(contact.waitedTimer);
    else timers.set(contact.waitedTimer, next);
  }

  /// It does not wait any more, and for nobody.
  void disarm(RoutedContact contact) {
    if (contact.preferred != null) {
      contact.preferred = null;
      changes.of(contact);
    }
    if (!contact.timed) return;
    contact.timed = false;
    changes.of(contact);
    steps.disarm(contact);
    timers.cancel(contact.waitedTimer);
  }

  // ── Opening hours ───────────────────────────────────────────────────────────────────────────

  private boolean closed(QueueState line, long at) {
    return line.queue.hours().filter(hours -> !hours.openAt(wall(at))).isPresent();
  }

  private Instant wall(long at) {
    return RouterTime.instant(at + wallAhead);
  }

  /// What of opening hours is over, or to come, by the clock as it is now.
  void wallClock(long ahead, long at) {
    var open = new HashSet<QueueState>();
    for (QueueState line : matching.queues.values()) {
      boolean closes = line.closing.place >= 0 && line.closing.due <= at;
      if (closes || !closed(line, at)) open.add(line);
    }
    wallAhead = ahead;
    for (QueueState line : matching.queues.values()) {
      if (line.queue.hours().isEmpty() || !line.leavesWhenClosed()) continue;
      if (open.contains(line) && closed(line, at)) {
        changes.of(line);
        timers.set(line.closing, at);
      } else {
        armClosing(line, at);
      }
    }
  }

  /// When those who wait are to leave because the queue closes.
  void armClosing(QueueState line, long after) {
    Optional<Instant> next =
        line.queue
            .hours()
            .filter(_ -> line.leavesWhenClosed())
            .flatMap(hours -> hours.nextClosing(wall(after)));
    changes.of(line);
    next.ifPresentOrElse(
        closing -> timers.set(line.closing, RouterTime.nanos(closing) - wallAhead),
        () -> timers.cancel(line.closing));
  }

  /// Its hours may be others than they were: closed already, it closes now for those who wait.
  void hoursChanged(QueueState line, long at) {
    armClosing(line, at);
    if (line.waiting > 0 && line.leavesWhenClosed() && closed(line, at)) {
      timers.set(line.closing, at);
    }
  }
}
