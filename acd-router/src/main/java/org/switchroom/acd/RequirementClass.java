package org.switchroom.acd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.skill.SkillExpression;

/// The contacts of one queue that ask for the same, and the agents who could take them.
final class RequirementClass {
  /// Loads an agent can have, beside each group of `tries`.
  private static final int LOADS = Capacity.MOST + 1;

  final QueueState line;
  final SkillExpression ask;

  /// Who they wait for alone; null: for anybody who matches.
  final @Nullable Agent owner;

  final int channelBit;

  /// Its number in [Heads].
  final int id;

  final WaitingHeap waiting;

  /// Those of them that pass somebody over: not everybody who could take the others takes these.
  final List<RoutedContact> apart = new ArrayList<>(0);

  /// Who could take them, in the fixed order of [AgentProfile#order].
  Agent[] members = new Agent[8];

  int size;

  /// How many of them are staffed ([Matching#counts]).
  int staffed;

  /// How many of them are free.
  int free;

  /// Free agents by tier: the group of `tries` they are in, then how much they have in hand.
  private int[] tiers = {0};

  private IdleOrder[] orders;
  private int tierCount = 1;
  private final boolean keyed;

  RequirementClass(
      Heads heads, QueueState line, SkillExpression ask, @Nullable Agent owner, boolean keyed) {
    this.line = line;
    this.ask = ask;
    this.owner = owner;
    this.keyed = keyed;
    channelBit = 1 << line.queue.channel().ordinal();
    id = heads.take(line, channelBit);
    waiting = new WaitingHeap(heads, id);
    orders = new IdleOrder[] {newOrder()};
  }

  private IdleOrder newOrder() {
    return IdleOrder.of(line.queue.strategy().kind(), keyed, this);
  }

  // ── Free agents ─────────────────────────────────────────────────────────────────────────────

  static int tier(int group, int load) {
    return group * LOADS + load;
  }

  void free(int member, int tier, long turn, long key) {
    order(tier).add(member, turn, key);
    free++;
  }

  void taken(int member, int tier) {
    order(tier).remove(member);
    free--;
  }

  /// The agent to be taken for this contact, of those whom nothing keeps back; null: nobody is
  /// free.
  @Nullable Agent first(RoutedContact contact) {
    if (free == 0) return null;
    for (int i = 0; i < tierCount; i++) {
      if (!orders[i].isEmpty()) return members[orders[i].first(contact)];
    }
    throw new IllegalStateException(
        "%d agents are free for %s, and no tier has one. Maybe one was not taken out."
            .formatted(free, this));
  }

  private IdleOrder order(int tier) {
    int i = 0;
    while (i < tierCount && tiers[i] < tier) i++;
    return i < tierCount && tiers[i] == tier ? orders[i] : insertTier(i, tier);
  }

  private IdleOrder insertTier(int at, int tier) {
    if (tierCount == tiers.length) {
      tiers = Arrays.copyOf(tiers, tierCount * 2);
      orders = Arrays.copyOf(orders, tierCount * 2);
    }
    System.arraycopy(tiers, at, tiers, at + 1, tierCount - at);
    System.arraycopy(orders, at, orders, at + 1, tierCount - at);
    tierCount++;
    tiers[at] = tier;
    orders[at] = newOrder();
    return orders[at];
  }

  void clearFree() {
    tiers = new int[] {0};
    orders = new IdleOrder[] {newOrder()};
    tierCount = 1;
    free = 0;
  }

  // ── Members ─────────────────────────────────────────────────────────────────────────────────

  /// Where an agent stands, or would stand, in the fixed order.
  int placeFor(Agent agent) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (members[middle].compareTo(agent) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /// The place that comes after an agent's in the fixed order; they need not be a member. After
  /// nobody comes the first.
  int memberAfter(@Nullable Agent agent) {
    if (agent == null) return 0;
    int place = placeFor(agent);
    boolean member = place < size && members[place].compareTo(agent) == 0;
    return member ? place + 1 : place;
  }

  /// Returns where; those behind have moved by one.
  int insert(Agent agent) {
    int place = placeFor(agent);
    if (size == members.length) members = Arrays.copyOf(members, size * 2);
    System.arraycopy(members, place, members, place + 1, size - place);
    members[place] = agent;
    size++;
    if (agent.staffed) staffed++;
    return place;
  }

  void remove(int place) {
    if (members[place].staffed) staffed--;
    size--;
    System.arraycopy(members, place + 1, members, place, size - place);
    members[size] = null;
  }

  @Override
  public String toString() {
    return line.queue.id() + " asking for " + (owner == null ? ask : owner.id());
  }
}
