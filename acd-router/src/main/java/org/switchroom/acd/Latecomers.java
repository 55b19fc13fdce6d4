package org.switchroom.acd;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.skill.SkillExpression;

/// Strategies that go by what agents have had, and agents who were away meanwhile: who comes owes
/// nothing to those who were there, and is owed nothing by them. After a break they are ahead or
/// behind by as much as they were before it.
///
/// What counts is the mean of those who are ready and serve the same. A mean of shares is weighted
/// by them, as virtual time is in earliest eligible virtual deadline first (Stoica and Abdel-Wahab,
/// 1995): who begins there is neither ahead nor behind.
final class Latecomers {
  private final Matching matching;
  private final Changes changes;

  Latecomers(Matching matching, Changes changes) {
    this.matching = matching;
    this.changes = changes;
  }

  /// At the desk, after they were somewhere else: whatever they have had before is over.
  void logsIn(Agent agent) {
    agent.handled = 0;
    agent.othersHandled = 0;
    for (QueueState line : matching.queues.values()) {
      if (!line.goesByShares) continue;
      List<Agent> there = others(line, agent, true);
      if (there.isEmpty()) there = others(line, agent, false);
      QueueState.Share share = line.shareOf(agent.id());
      share.others = 0;
      if (!there.isEmpty()) share.paid = paid(line, there);
      changes.of(share);
    }
  }

  /// Not ready from now on: how far the others are.
  void goes(Agent agent) {
    for (QueueState line : matching.queues.values()) {
      if (!line.goesByShares) continue;
      List<Agent> there = others(line, agent, true);
      QueueState.Share share = line.shareOf(agent.id());
      share.others = there.isEmpty() ? 0 : paid(line, there);
      changes.of(share);
    }
    agent.othersHandled = handled(others(agent));
  }

  /// Ready, or for other queues than before: what others have had meanwhile is not theirs to catch
  /// up on.
  void comes(Agent agent) {
    for (QueueState line : matching.queues.values()) {
      if (!line.goesByShares) continue;
      QueueState.Share share = line.shareOf(agent.id());
      List<Agent> there = others(line, agent, true);
      if (!there.isEmpty()) share.paid = after(share.paid, share.others, paid(line, there));
      share.others = 0;
      changes.of(share);
    }
    List<Agent> there = others(agent);
    if (!there.isEmpty()) {
      agent.handled = (int) after(agent.handled, agent.othersHandled, handled(there));
    }
    agent.othersHandled = 0;
  }

  /// @param before how far the others were; 0: nobody was there
  private static long after(long own, long before, long now) {
    return before == 0 ? Math.max(own, now) : Math.max(own + now - before, 0);
  }

  private static int handled(List<Agent> there) {
    long sum = 0;
    for (Agent one : there) sum += one.handled;
    return there.isEmpty() ? 0 : (int) (sum / there.size());
  }

  /// A queue goes by shares from now on; what was paid in it before is of another time.
  void begins(QueueState line) {
    long most = 0;
    for (Agent agent : matching.agents.values()) most = Math.max(most, line.paid(agent.id()));
    if (most == 0) return;
    for (Agent agent : matching.agents.values()) {
      QueueState.Share share = line.shareOf(agent.id());
      share.paid = most;
      share.others = 0;
      changes.of(share);
    }
  }

  private static long paid(QueueState line, List<Agent> there) {
    BigInteger paid = BigInteger.ZERO;
    long shares = 0;
    for (Agent one : there) {
      int share = line.share(one.id());
      paid = paid.add(BigInteger.valueOf(line.paid(one.id())).multiply(BigInteger.valueOf(share)));
      shares += share;
    }
    return paid.divide(BigInteger.valueOf(shares)).longValueExact();
  }

  /// @param ready else logged in
  private List<Agent> others(QueueState line, Agent but, boolean ready) {
    var found = new ArrayList<Agent>();
    for (SkillProfile profile : matching.profiles()) {
      if (!line.queue.ask().matches(profile.key.skills())) continue;
      for (Agent one : profile.agents) {
        boolean there = ready ? one.presence == AgentPresence.READY : one.loggedIn();
        if (there && one != but) found.add(one);
      }
    }
    return found;
  }

  /// Who is ready and serves a queue with them that goes by the number of contacts.
  private List<Agent> others(Agent but) {
    var asks = new ArrayList<SkillExpression>();
    for (QueueState line : matching.queues.values()) {
      boolean goesByNumber = line.queue.strategy().kind() == Strategy.Kind.FEWEST_CONTACTS;
      if (goesByNumber && line.queue.ask().matches(but.profile.skills())) {
        asks.add(line.queue.ask());
      }
    }
    var found = new ArrayList<Agent>();
    if (asks.isEmpty()) return found;
    for (SkillProfile profile : matching.profiles()) {
      if (asks.stream().noneMatch(ask -> ask.matches(profile.key.skills()))) continue;
      for (Agent one : profile.agents) {
        if (one.presence == AgentPresence.READY && one != but) found.add(one);
      }
    }
    return found;
  }
}
