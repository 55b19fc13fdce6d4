package org.switchroom.acd;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.switchroom.acd.plan.RoutingStep;
import org.switchroom.acd.skill.Figure;
import org.switchroom.acd.skill.SkillExpression;

/// A contact's way through the steps of its queue: what it asks for now, and when that changes.
final class RoutingSteps {
  /// What somebody may come to ask for by steps, each of which may be left out.
  private static final int MOST_WAYS = 64;

  private final Matching matching;
  private final Timers timers;

  RoutingSteps(Matching matching, Timers timers) {
    this.matching = matching;
    this.timers = timers;
  }

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
    contact.stepEnds = RouterTime.NEVER;
    contact.ask = contact.line.queue.ask();
    if (contact.ownAsk != null) contact.ask = contact.ask.and(contact.ownAsk);
  }

  /// To the next step whose condition holds; past it where its time is over already.
  ///
  /// @param began when that step begins
  void advance(RoutedContact contact, long began, long at) {
    List<RoutingStep> steps = contact.line.queue.steps();
    long begins = began;
    contact.stepEnds = RouterTime.NEVER;
    for (int i = contact.step + 1; i < steps.size(); i++) {
      RoutingStep step = steps.get(i);
      SkillExpression ask = step.apply(contact.ask);
      if (step.when().isPresent()
          && !step.when().get().holds(figure -> figure(figure, contact, ask, at))) {
        continue;
      }
      contact.step = i;
      contact.ask = ask;
      contact.stepPriority += step.priority();
      contact.stepEnds =
          step.lasts().isEmpty() ? RouterTime.NEVER : begins + step.lasts().get().toNanos();
      if (contact.stepEnds > at) return;
      begins = contact.stepEnds;
      contact.stepEnds = RouterTime.NEVER;
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
      case READY -> matching.ready(contact, matching.classFor(line, ask));
      case STAFFED -> matching.classFor(line, ask).staffed;
      case SERVICE_LEVEL -> line.serviceLevel();
    };
  }

  /// For the end of its step, or of the time for which an agent is preferred.
  void arm(RoutedContact contact) {
    long ends = contact.preferred != null ? contact.preferredUntil : contact.stepEnds;
    if (ends == RouterTime.NEVER) timers.cancel(contact.stepTimer);
    else timers.set(contact.stepTimer, ends);
  }

  void disarm(RoutedContact contact) {
    timers.cancel(contact.stepTimer);
  }

  /// Where it waits, as it asks now.
  RequirementClass where(RoutedContact contact) {
    QueueState line = contact.line;
    if (contact.preferred != null) return matching.classFor(line, contact.preferred);
    if (contact.ownAsk == null && !line.hasSteps) {
      if (line.plain == null) line.plain = matching.classFor(line, contact.ask);
      return line.plain;
    }
    return matching.classFor(line, contact.ask);
  }

  /// Nobody is staffed whom it could be offered to, neither as it asks now nor by a step that is to
  /// come, whether or not the conditions of steps hold by then.
  boolean unstaffed(RoutedContact contact) {
    if (contact.preferred != null || where(contact).staffed > 0) return false;
    return !contact.line.hasSteps || !staffedLater(contact);
  }

  /// By any way through the steps to come: one with a condition may be left out, and after one
  /// without an end comes nothing. With more ways than [#MOST_WAYS] somebody is taken to be there.
  private boolean staffedLater(RoutedContact contact) {
    boolean last = contact.step >= 0 && contact.stepEnds == RouterTime.NEVER;
    Set<SkillExpression> asks = last ? Set.of() : Set.of(contact.ask);
    List<RoutingStep> steps = contact.line.queue.steps();
    for (int i = contact.step + 1; i < steps.size() && !asks.isEmpty(); i++) {
      RoutingStep step = steps.get(i);
      var next = new LinkedHashSet<SkillExpression>();
      for (SkillExpression ask : asks) {
        SkillExpression taken = step.apply(ask);
        if (matching.staffs(contact.line, taken)) return true;
        if (step.lasts().isPresent()) next.add(taken);
        if (step.when().isPresent()) next.add(ask);
      }
      if (next.size() > MOST_WAYS) return true;
      asks = next;
    }
    return false;
  }

  /// Into another queue, which is not left again for one that it was in.
  static void visit(RoutedContact contact, QueueState to) {
    if (contact.visited == null) contact.visited = new ArrayList<>();
    contact.visited.add(contact.queue());
    contact.line = to;
  }
}
