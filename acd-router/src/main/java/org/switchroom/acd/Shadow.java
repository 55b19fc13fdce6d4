package org.switchroom.acd;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.plan.Policy;

/// A policy that is asked beside the live one, in the same situation, and changes nothing. It looks
/// at all who wait and all who are free, because nothing is indexed for it.
final class Shadow {
  private final Matching matching;

  /// Null: there is no shadow.
  private @Nullable Scoring scoring;

  private long asked;
  private long otherwise;

  /// What it would have chosen at the last choice; null: the same, or it was not asked.
  private @Nullable RoutedContact contact;

  private @Nullable Agent agent;

  Shadow(Matching matching) {
    this.matching = matching;
  }

  /// @param policy empty: none
  void follow(Optional<Policy> policy) {
    scoring = policy.map(one -> Scoring.of(one, matching)).orElse(null);
    asked = 0;
    otherwise = 0;
    contact = null;
    agent = null;
  }

  /// What it would have done where the live policy gives this contact to this agent.
  void choosing(long at, RoutedContact live, RequirementClass in, Agent to, boolean agentChose) {
    Scoring policy = scoring;
    if (policy == null) return;
    asked++;
    RoutedContact itsContact = agentChose ? contactFor(policy, to, live, in, at) : live;
    Agent itsAgent = agentChose || in.owner != null ? to : agentFor(policy, live, in, to);
    boolean differs = itsContact != live || itsAgent != to;
    contact = differs ? itsContact : null;
    agent = differs ? itsAgent : null;
    if (differs) otherwise++;
  }

  /// Where it would have chosen otherwise than the offer that was made.
  void tell(long at, Assignment offer, Decisions out) {
    if (contact != null && agent != null) out.shadowed(at, offer, contact, agent);
  }

  /// Goes on counting where another stopped.
  void countFrom(long asked, long otherwise) {
    this.asked = asked;
    this.otherwise = otherwise;
  }

  Router.ShadowTally tally() {
    return new Router.ShadowTally(asked, otherwise);
  }

  private Agent agentFor(Scoring policy, RoutedContact live, RequirementClass in, Agent to) {
    Agent found = Choice.agent(matching, policy, live, in);
    return found == null ? to : found;
  }

  private RoutedContact contactFor(
      Scoring policy, Agent to, RoutedContact live, RequirementClass liveIn, long at) {
    long now = RouterTime.micros(at);
    int channels = matching.freeChannels(to);
    RoutedContact best = live;
    RequirementClass bestIn = liveIn;
    for (int i = 0; i < to.skills.size; i++) {
      RequirementClass served = to.skills.classes[i];
      if ((served.channelBit & channels) == 0 || matching.keptBack(to, served.line)) continue;
      for (int place = 0; place < served.waiting.size(); place++) {
        RoutedContact one = served.waiting.get(place);
        if (goesFirst(policy, to, one, served, best, bestIn, now)) {
          best = one;
          bestIn = served;
        }
      }
      for (RoutedContact one : served.apart) {
        if (matching.passesOver(one, to, served)) continue;
        if (goesFirst(policy, to, one, served, best, bestIn, now)) {
          best = one;
          bestIn = served;
        }
      }
    }
    return best;
  }

  private static boolean goesFirst(
      Scoring policy,
      Agent to,
      RoutedContact a,
      RequirementClass inA,
      RoutedContact b,
      RequirementClass inB,
      long now) {
    int likesA = to.skills.liking(inA.line.queue.id());
    int likesB = to.skills.liking(inB.line.queue.id());
    if (likesA != likesB) return likesA < likesB;
    long keyA = policy.key(a);
    long keyB = policy.key(b);
    long first = policy.primary(a, keyA, inA.ask.proficiency(to.skills.key.skills()), now);
    long second = policy.primary(b, keyB, inB.ask.proficiency(to.skills.key.skills()), now);
    if (first != second) return first > second;
    if (a.line.live != b.line.live) return a.line.live;
    first = policy.secondary(a, keyA, now);
    second = policy.secondary(b, keyB, now);
    if (first != second) return first > second;
    return a.arrived != b.arrived ? a.arrived < b.arrived : a.sequence < b.sequence;
  }
}
