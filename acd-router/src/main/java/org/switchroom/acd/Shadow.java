package org.switchroom.acd;

import org.jspecify.annotations.Nullable;
import org.switchroom.acd.plan.Policy;

/// A policy that is asked beside the live one, in the same situation, and changes nothing. It looks
/// at all who wait and all who are free, because nothing is indexed for it.
final class Shadow {
  private final Matching floor;

  /// Null: there is no shadow.
  private @Nullable Scoring scoring;

  private long asked;
  private long otherwise;
  private @Nullable RoutedContact contact;
  private @Nullable Agent agent;
  private boolean differs;

  Shadow(Matching floor) {
    this.floor = floor;
  }

  void follow(Policy policy) {
    scoring = policy == null ? null : Scoring.of(policy, floor);
    asked = 0;
    otherwise = 0;
    differs = false;
  }

  /// What it would have done where the live policy gives this contact to this agent.
  void choosing(long at, RoutedContact live, RequirementClass in, Agent to, boolean agentChose) {
    if (scoring == null) return;
    asked++;
    contact = agentChose ? contactFor(to, live, in, at) : live;
    agent = agentChose || in.owner != null ? to : agentFor(live, in, to);
    differs = contact != live || agent != to;
    if (differs) otherwise++;
  }

  boolean differs() {
    return scoring != null && differs;
  }

  RoutedContact contact() {
    return contact;
  }

  Agent agent() {
    return agent;
  }

  /// Goes on counting where another stopped.
  void countFrom(long asked, long otherwise) {
    this.asked = asked;
    this.otherwise = otherwise;
  }

  Router.ShadowTally tally() {
    return new Router.ShadowTally(asked, otherwise);
  }

  private Agent agentFor(RoutedContact live, RequirementClass in, Agent to) {
    Agent found = Choice.agent(floor, scoring, live, in);
    return found == null ? to : found;
  }

  private RoutedContact contactFor(Agent to, RoutedContact live, RequirementClass liveIn, long at) {
    long now = Time.micros(at);
    int channels = to.freeChannels();
    RoutedContact best = live;
    RequirementClass bestIn = liveIn;
    for (int i = 0; i < to.skills.size; i++) {
      RequirementClass served = to.skills.classes[i];
      if ((served.channelBit & channels) == 0 || floor.keptBack(to, served.line)) continue;
      for (int place = 0; place < served.waiting.size(); place++) {
        RoutedContact one = served.waiting.get(place);
        if (goesFirst(to, one, served, best, bestIn, now)) {
          best = one;
          bestIn = served;
        }
      }
      for (RoutedContact one : served.apart) {
        if (floor.passesOver(one, to, served)) continue;
        if (goesFirst(to, one, served, best, bestIn, now)) {
          best = one;
          bestIn = served;
        }
      }
    }
    return best;
  }

  private boolean goesFirst(
      Agent to,
      RoutedContact a,
      RequirementClass inA,
      RoutedContact b,
      RequirementClass inB,
      long now) {
    int likesA = to.skills.liking(inA.line.queue.id());
    int likesB = to.skills.liking(inB.line.queue.id());
    if (likesA != likesB) return likesA < likesB;
    long keyA = scoring.key(a);
    long keyB = scoring.key(b);
    long first = scoring.primary(a, keyA, inA.ask.proficiency(to.skills.key.skills()), now);
    long second = scoring.primary(b, keyB, inB.ask.proficiency(to.skills.key.skills()), now);
    if (first != second) return first > second;
    if (a.line.live != b.line.live) return a.line.live;
    first = scoring.secondary(a, keyA, now);
    second = scoring.secondary(b, keyB, now);
    if (first != second) return first > second;
    return a.arrived != b.arrived ? a.arrived < b.arrived : a.sequence < b.sequence;
  }
}
