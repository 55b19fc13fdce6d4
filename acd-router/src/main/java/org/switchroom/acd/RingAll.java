package org.switchroom.acd;

import java.util.ArrayList;
import java.util.List;
import org.switchroom.acd.plan.Strategy;

/// Queues that ring all: for which contacts several phones ring, and who may still join them. A
/// reserve is left as full as it is to be.
final class RingAll {
  /// Offers a contact to one more.
  @FunctionalInterface
  interface Offers {
    void offer(long at, RoutedContact contact, Agent agent, RequirementClass in);
  }

  private final Matching matching;
  private final RoutingSteps steps;
  private final Changes changes;
  private final Offers offers;

  /// Who is rung so no more is left out when somebody looks.
  private final List<RoutedContact> rung = new ArrayList<>();

  RingAll(Matching matching, RoutingSteps steps, Changes changes, Offers offers) {
    this.matching = matching;
    this.steps = steps;
    this.changes = changes;
    this.offers = offers;
  }

  /// Phones ring for it.
  void rings(RoutedContact contact) {
    if (contact.rung) return;
    contact.rung = true;
    rung.add(contact);
  }

  boolean isEmpty() {
    return rung.isEmpty();
  }

  /// Whether whoever becomes free meanwhile is rung for it, too: until the phones that ring are to
  /// stop, and while its queue is as it was when they began.
  boolean goesOn(RoutedContact contact, long at) {
    Assignment first = contact.assignments;
    return first != null
        && first.isOffer()
        && matching.ringsAll(contact)
        && !contact.outdated
        && first.timer.due > at;
  }

  /// Those for which more phones may ring, the first to be served first.
  List<RoutedContact> open(long at) {
    rung.removeIf(
        contact -> {
          contact.rung = !contact.over && contact.offered() && contact.line.ringsAll;
          return !contact.rung;
        });
    if (rung.isEmpty()) return List.of();
    var open = new ArrayList<RoutedContact>();
    for (RoutedContact contact : rung) {
      if (!goesOn(contact, at)) continue;
      contact.key = matching.scoring.key(contact);
      open.add(contact);
    }
    open.sort((a, b) -> a == b ? 0 : matching.goesFirst(a, b, RouterTime.micros(at)) ? -1 : 1);
    return open;
  }

  /// Rings who is free, of the groups in `tries` that it has come to or of the first that has
  /// anybody. Returns whether any phone rings.
  boolean ring(long at, RoutedContact contact, RequirementClass in) {
    int ringing = contact.ringing();
    for (Agent agent : Choice.ringing(matching, contact, in)) {
      if (ringing >= Strategy.MOST_RINGING) break;
      if (contact.has(agent) || matching.keptBack(agent, in.line)) continue;
      int group = Choice.group(agent, in);
      if (ringing == 0 && group > contact.reach) {
        contact.reach = group;
        changes.of(contact);
      }
      if (group > contact.reach) break;
      offers.offer(at, contact, agent, in);
      ringing++;
    }
    return ringing > 0;
  }

  /// An agent for whom nobody waits is rung beside others. Returns whether there is such a contact.
  boolean joins(long at, Agent agent, int channels) {
    for (RoutedContact contact : open(at)) {
      RequirementClass in = steps.where(contact);
      if ((in.channelBit & channels) == 0 || agent.skills.indexOf(in) < 0) continue;
      if (Choice.group(agent, in) > contact.reach || matching.keptBack(agent, in.line)) continue;
      if (contact.ringing() >= Strategy.MOST_RINGING || contact.has(agent)) continue;
      if (matching.passesOver(contact, agent, in)) continue;
      matching.relist(agent);
      offers.offer(at, contact, agent, in);
      return true;
    }
    return false;
  }

  /// All phones rang, and nobody answered in time: the next group of `tries` is rung, too.
  void reachesFurther(RoutedContact contact) {
    int groups = contact.line.queue.strategy().tries().size();
    contact.reach = Math.min(contact.reach + 1, groups);
    changes.of(contact);
  }
}
