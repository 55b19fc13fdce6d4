package org.switchroom.acd;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.RoutingStep;
import org.switchroom.acd.skill.Figure;
import org.switchroom.acd.skill.SkillExpression;

/// A contact's way through its queue: what it asks for now, when that changes, and when it goes
/// elsewhere.
final class Journey {
  /// What somebody may come to ask for by steps, each of which may be left out.
  private static final int MOST_WAYS = 64;

  private final Matching floor;
  private final Timers timers;
  private final Changes changes;

  /// How far the wall clock is ahead of the time of facts. Opening hours go by it.
  long wallAhead;

  Journey(Matching floor, Timers timers, Changes changes) {
    this.floor = floor;
    this.timers = timers;
    this.changes = changes;
  }

  // ── Steps ───────────────────────────────────────────────────────────────────────────────────

  /// At the beginning of its queue's steps, or as far on as it would be by now.
  void begin(RoutedContact contact, long at) {
    reset(contact);
    if (contact.line.hasSteps) advance(contact, contact.stepsFrom, at);
  }

  /// Before the first step.
  void reset(RoutedContact contact) {
    contact.outdated = false;
    contact.reach = 0;
    contact.step = -1;
    contact.stepPriority = 0;
    contact.stepEnds = Time.NEVER;
    contact.ask = contact.line.queue.ask();
    if (contact.ownAsk != null) contact.ask = contact.ask.and(contact.ownAsk);
  }

  /// To the next step whose condition holds; past it where its time is over already.
  ///
  /// @param began when that step begins
  void advance(RoutedContact contact, long began, long at) {
    List<RoutingStep> steps = contact.line.queue.steps();
    long begins = began;
    contact.stepEnds = Time.NEVER;
    for (int i = contact.step + 1; i < steps.size(); i++) {
      RoutingStep step = steps.get(i);
      SkillExpression ask = step.apply(contact.ask);
      if (step.when() != null && !step.when().holds(figure -> figure(figure, contact, ask, at))) {
        continue;
      }
      contact.step = i;
      contact.ask = ask;
      contact.stepPriority += step.priority();
      contact.stepEnds = step.lasts() == null ? Time.NEVER : begins + step.lasts().toNanos();
      if (contact.stepEnds > at) return;
      begins = contact.stepEnds;
      contact.stepEnds = Time.NEVER;
    }
    contact.step = steps.size();
  }

  private long figure(Figure figure, RoutedContact contact, SkillExpression ask, long at) {
    QueueState line = contact.line;
    return switch (figure) {
      case WAITING -> line.waiting - (contact.waits() ? 1 : 0);
      case LONGEST_WAIT -> {
        RoutedContact oldest = line.oldest == contact ? contact.later : line.oldest;
        yield oldest == null ? 0 : Math.max(at - oldest.arrived, 0) / 1_000_000_000L;
      }
      case READY -> floor.ready(contact, floor.classFor(line, ask));
      case STAFFED -> floor.classFor(line, ask).staffed;
      case SERVICE_LEVEL -> line.serviceLevel();
    };
  }

  /// Where it waits, as it asks now.
  RequirementClass where(RoutedContact contact) {
    QueueState line = contact.line;
    if (contact.preferred != null) return floor.classFor(line, contact.preferred);
    if (contact.ownAsk == null && !line.hasSteps) {
      if (line.plain == null) line.plain = floor.classFor(line, contact.ask);
      return line.plain;
    }
    return floor.classFor(line, contact.ask);
  }

  /// Sets what is to happen if nobody takes it.
  void arm(RoutedContact contact, long at) {
    boolean untimed = !contact.line.hasSteps && !contact.line.hasOverflow;
    if (untimed && contact.preferred == null && !contact.timed) return;
    contact.timed = true;
    long stepEnds = contact.preferred != null ? contact.preferredUntil : contact.stepEnds;
    if (stepEnds == Time.NEVER) timers.cancel(contact.stepTimer);
    else timers.set(contact.stepTimer, stepEnds);
    armWaited(contact, at);
  }

  /// For the next rule that goes by the wait.
  void armWaited(RoutedContact contact, long after) {
    long next = Time.NEVER;
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
    if (next == Time.NEVER) timers.cancel(contact.waitedTimer);
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
    timers.cancel(contact.stepTimer);
    timers.cancel(contact.waitedTimer);
  }

  // ── Overflow ────────────────────────────────────────────────────────────────────────────────

  /// The first rule that sends a contact away as it joins; null: it may wait here.
  @Nullable Overflow onJoining(RoutedContact contact, long at) {
    for (Overflow rule : contact.line.queue.overflow()) {
      boolean applies =
          switch (rule.trigger()) {
            case Overflow.Trigger.Full(int most) ->
                contact.line.waiting >= most && !servable(contact);
            case Overflow.Trigger.Closed _ -> closed(contact.line, at);
            case Overflow.Trigger.Unstaffed _ -> unstaffed(contact);
            case Overflow.Trigger.Waited _ -> false;
          };
      if (applies && open(rule, contact)) return rule;
    }
    return null;
  }

  /// The first rule whose time of waiting is over; null: none.
  @Nullable Overflow onWaited(RoutedContact contact, long at) {
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
          && unstaffed(contact)
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
    return floor.agentFor(contact, where(contact)) != null;
  }

  /// Nobody is staffed whom it could be offered to, neither as it asks now nor by a step that is to
  /// come, whether or not the conditions of steps hold by then.
  private boolean unstaffed(RoutedContact contact) {
    if (contact.preferred != null || where(contact).staffed > 0) return false;
    return !contact.line.hasSteps || !staffedLater(contact);
  }

  /// By any way through the steps to come: one with a condition may be left out, and after one
  /// without an end comes nothing. With more ways than [#MOST_WAYS] somebody is taken to be there.
  private boolean staffedLater(RoutedContact contact) {
    boolean last = contact.step >= 0 && contact.stepEnds == Time.NEVER;
    Set<SkillExpression> asks = last ? Set.of() : Set.of(contact.ask);
    List<RoutingStep> steps = contact.line.queue.steps();
    for (int i = contact.step + 1; i < steps.size() && !asks.isEmpty(); i++) {
      RoutingStep step = steps.get(i);
      var next = new LinkedHashSet<SkillExpression>();
      for (SkillExpression ask : asks) {
        SkillExpression taken = step.apply(ask);
        if (floor.staffs(contact.line, taken)) return true;
        if (step.lasts() != null) next.add(taken);
        if (step.when() != null) next.add(ask);
      }
      if (next.size() > MOST_WAYS) return true;
      asks = next;
    }
    return false;
  }

  private boolean closed(QueueState line, long at) {
    return line.queue.hours().filter(hours -> !hours.openAt(wall(at))).isPresent();
  }

  private Instant wall(long at) {
    return Time.instant(at + wallAhead);
  }

  /// What of opening hours is over, or to come, by the clock as it is now.
  void wallClock(long ahead, long at) {
    var open = new HashSet<QueueState>();
    for (QueueState line : floor.lines.values()) {
      boolean closes = line.closing.place >= 0 && line.closing.due <= at;
      if (closes || !closed(line, at)) open.add(line);
    }
    wallAhead = ahead;
    for (QueueState line : floor.lines.values()) {
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
        closing -> timers.set(line.closing, Time.nanos(closing) - wallAhead),
        () -> timers.cancel(line.closing));
  }

  /// Its hours may be others than they were: closed already, it closes now for those who wait.
  void hoursChanged(QueueState line, long at) {
    armClosing(line, at);
    if (line.waiting > 0 && line.leavesWhenClosed() && closed(line, at)) {
      timers.set(line.closing, at);
    }
  }

  /// Whether the way is open: out of the queues for somebody on the line; never twice into the same
  /// queue, and to no queue of another channel.
  private boolean open(Overflow rule, RoutedContact contact) {
    return switch (rule.target()) {
      case Overflow.Target.Away _ -> !contact.work;
      case Overflow.Target.ToQueue(var queue) ->
          isOfChannel(queue, contact.line.queue.channel())
              && !queue.equals(contact.queue())
              && (contact.visited == null || !contact.visited.contains(queue));
    };
  }

  private boolean isOfChannel(QueueId queue, Channel channel) {
    QueueState line = floor.lines.get(queue);
    return line != null && line.queue.channel() == channel;
  }

  static void visit(RoutedContact contact, QueueState to) {
    if (contact.visited == null) contact.visited = new ArrayList<>();
    contact.visited.add(contact.queue());
    contact.line = to;
  }

  static Decision.Cause cause(Overflow rule) {
    return switch (rule.trigger()) {
      case Overflow.Trigger.Waited _ -> Decision.Cause.WAITED;
      case Overflow.Trigger.Full _ -> Decision.Cause.FULL;
      case Overflow.Trigger.Closed _ -> Decision.Cause.CLOSED;
      case Overflow.Trigger.Unstaffed _ -> Decision.Cause.UNSTAFFED;
    };
  }
}
