package org.switchroom.acd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Reserve;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.skill.SkillExpression;

/// Who could have whom: queues, agents, and between them the classes with those who wait and those
/// who are free. A pick looks at one head for each class that an agent serves, or at the first free
/// agent of one class; nothing is searched through.
final class Matching {
  /// Classes that contacts of one queue have made by asking for something of their own. Beyond it
  /// those in which nobody waits are forgotten.
  private static final int MOST_CLASSES = 256;

  /// A reserve with the number of its agents who are free, by channel.
  static final class Kept {
    final Reserve reserve;
    final int[] free = new int[Channel.values().length];

    Kept(Reserve reserve) {
      this.reserve = reserve;
    }
  }

  final Map<QueueId, QueueState> queues = new LinkedHashMap<>();
  final Map<AgentId, Agent> agents = new LinkedHashMap<>();

  /// Queues that are gone and still have contacts in somebody's hand.
  final List<QueueState> removed = new ArrayList<>();

  private final Map<SkillProfile.Key, SkillProfile> profiles = new LinkedHashMap<>();

  private final Heads heads = new Heads();

  RoutingPlan routing = RoutingPlan.DEFAULT;
  Scoring scoring = Scoring.of(routing.policy(), this);
  private boolean mostUrgent = true;
  Kept[] kept = {};

  /// How many wait, with no phone ringing for them.
  int waiting;

  /// How many of them stand apart in their class.
  private int apart;

  /// Contacts that pass somebody over, waiting or not.
  int passing;

  long ratioSum;

  /// Whether any phone can be rung.
  boolean phonesReachable = true;

  /// Set when agents kept free may now be given to others: somebody other than who has become free.
  boolean moreToGive;

  // ── Agents ──────────────────────────────────────────────────────────────────────────────────

  void add(Agent agent) {
    agents.put(agent.id(), agent);
    agent.staffed = counts(agent);
    var key = SkillProfile.Key.of(agent.profile);
    SkillProfile profile = profiles.get(key);
    if (profile == null) profile = newProfile(key);
    profile.agents.add(agent);
    agent.skills = profile;
    agent.places = new int[profile.classes.length];
    for (int i = 0; i < profile.size; i++) {
      int place = profile.classes[i].insert(agent);
      renumber(profile.classes[i], place);
      if (place < profile.classes[i].size - 1) relistAll(profile.classes[i]);
    }
  }

  /// The agent must not be listed as free.
  void remove(Agent agent) {
    agents.remove(agent.id());
    SkillProfile profile = agent.skills;
    for (int i = 0; i < profile.size; i++) {
      profile.classes[i].remove(agent.places[i]);
      renumber(profile.classes[i], agent.places[i]);
      relistAll(profile.classes[i]);
    }
    profile.agents.remove(agent);
    if (profile.agents.isEmpty()) profiles.remove(profile.key);
  }

  Collection<SkillProfile> profiles() {
    return profiles.values();
  }

  private SkillProfile newProfile(SkillProfile.Key key) {
    var profile = new SkillProfile(key);
    profiles.put(key, profile);
    for (QueueState line : queues.values()) {
      for (RequirementClass served : line.classes.values()) {
        if (served.ask.matches(key.skills())) profile.add(served);
      }
    }
    profile.reserves = reservesOf(profile);
    return profile;
  }

  private static void renumber(RequirementClass served, int from) {
    for (int place = from; place < served.size; place++) {
      Agent member = served.members[place];
      member.places[member.skills.indexOf(served)] = place;
    }
  }

  /// Counts an agent, or no more, as they are now. Returns whether they are gone.
  boolean staff(Agent agent) {
    boolean now = counts(agent);
    if (now == agent.staffed) return false;
    agent.staffed = now;
    SkillProfile profile = agent.skills;
    for (int i = 0; i < profile.size; i++) profile.classes[i].staffed += now ? 1 : -1;
    // Who was passed over for them may be the only one now.
    if (!now && passing > 0) moreToGive = true;
    return !now;
  }

  /// Whether their queues are staffed by this agent.
  private boolean counts(Agent agent) {
    return switch (routing.staffed()) {
      case LOGGED_IN -> agent.loggedIn();
      case AT_DESK -> agent.loggedIn() && !agent.hasLostDesk();
      // Presence is ready as long as they have something in hand.
      case READY_OR_BUSY -> agent.presence == AgentPresence.READY;
    };
  }

  // ── Free agents ─────────────────────────────────────────────────────────────────────────────

  /// Brings the classes up to date with what the agent could be offered now.
  void relist(Agent agent) {
    list(agent, freeChannels(agent));
  }

  /// On which channels they could be offered something now, a bit each.
  int freeChannels(Agent agent) {
    return agent.freeChannels(phonesReachable);
  }

  /// Whether they can is told of all phones at once.
  void reachPhones(boolean reachable) {
    phonesReachable = reachable;
    for (Agent agent : agents.values()) relist(agent);
    moreToGive |= reachable;
  }

  /// Nobody is given this agent until they are listed again.
  void unlist(Agent agent) {
    list(agent, 0);
  }

  /// What orders the agent among the free has changed.
  void reorder(Agent agent) {
    int listed = agent.listedChannels;
    if (listed == 0) return;
    boolean more = moreToGive;
    list(agent, 0);
    list(agent, listed);
    moreToGive = more;
  }

  private void list(Agent agent, int now) {
    int before = agent.listedChannels;
    int load = agent.load;
    int loadBefore = agent.listedLoad;
    agent.listedChannels = now;
    agent.listedLoad = load;
    if ((now | before) == 0 || (now == before && load == loadBefore)) return;
    SkillProfile profile = agent.skills;
    for (int i = 0; i < profile.size; i++) {
      RequirementClass served = profile.classes[i];
      int place = agent.places[i];
      if ((before & served.channelBit) != 0) {
        served.taken(place, RequirementClass.tier(profile.group[i], loadBefore));
      }
      if ((now & served.channelBit) != 0) {
        int tier = RequirementClass.tier(profile.group[i], load);
        served.free(place, tier, agent.turn, idleKey(agent, served, profile.proficiency[i]));
      }
    }
    if (profile.reserves.length > 0) count(profile, before, now);
  }

  private void count(SkillProfile profile, int before, int now) {
    for (int index : profile.reserves) {
      Kept group = kept[index];
      for (int channel = 0; channel < group.free.length; channel++) {
        int change = (now >> channel & 1) - (before >> channel & 1);
        group.free[channel] += change;
        if (change > 0) moreToGive = true;
      }
    }
  }

  private void relistAll(RequirementClass served) {
    served.clearFree();
    for (int place = 0; place < served.size; place++) list(served, served.members[place], place);
  }

  private void list(RequirementClass served, Agent agent, int place) {
    if ((agent.listedChannels & served.channelBit) == 0) return;
    SkillProfile profile = agent.skills;
    int i = profile.indexOf(served);
    int tier = RequirementClass.tier(profile.group[i], agent.listedLoad);
    served.free(place, tier, agent.turn, idleKey(agent, served, profile.proficiency[i]));
  }

  private long idleKey(Agent agent, RequirementClass served, int proficiency) {
    if (scoring.ordersAgents()) return scoring.idleKey(agent, proficiency);
    return Choice.key(agent, served, proficiency);
  }

  // ── Classes ─────────────────────────────────────────────────────────────────────────────────

  RequirementClass classFor(QueueState line, SkillExpression ask) {
    RequirementClass known = line.classes.get(ask);
    return known != null ? known : newClass(line, ask);
  }

  /// Whether anybody is staffed who could take what asks so. It makes no class of what nobody waits
  /// for.
  boolean staffs(QueueState line, SkillExpression ask) {
    RequirementClass known = line.classes.get(ask);
    if (known != null) return known.staffed > 0;
    for (SkillProfile profile : profiles.values()) {
      if (!ask.matches(profile.key.skills())) continue;
      for (Agent agent : profile.agents) if (agent.staffed) return true;
    }
    return false;
  }

  /// The class of those who wait for one agent alone.
  RequirementClass classFor(QueueState line, Agent agent) {
    if (agent.personal == null) agent.personal = new ArrayList<>();
    for (RequirementClass one : agent.personal) if (one.line == line) return one;
    var personal = new RequirementClass(heads, line, line.queue.ask(), agent, false);
    agent.personal.add(personal);
    return personal;
  }

  private RequirementClass newClass(QueueState line, SkillExpression ask) {
    if (line.classes.size() >= MOST_CLASSES) {
      for (RequirementClass one : List.copyOf(line.classes.values())) {
        boolean empty = one.waiting.size() == 0 && one.apart.isEmpty();
        if (empty && one != line.plain) drop(one);
      }
    }
    var made = new RequirementClass(heads, line, ask, null, scoring.ordersAgents());
    line.classes.put(ask, made);
    var members = new ArrayList<Agent>();
    for (SkillProfile profile : profiles.values()) {
      if (!ask.matches(profile.key.skills())) continue;
      profile.add(made);
      members.addAll(profile.agents);
    }
    members.sort(null);
    made.members = members.toArray(new Agent[Math.max(members.size(), 1)]);
    made.size = members.size();
    for (Agent agent : members) if (agent.staffed) made.staffed++;
    renumber(made, 0);
    relistAll(made);
    return made;
  }

  private void drop(RequirementClass one) {
    one.line.classes.remove(one.ask);
    heads.giveBack(one.id);
    for (SkillProfile profile : profiles.values()) {
      int index = profile.indexOf(one);
      if (index >= 0) profile.remove(index);
    }
  }

  /// Nobody must wait in any of them.
  void dropClasses(QueueState line) {
    for (RequirementClass one : List.copyOf(line.classes.values())) drop(one);
    line.plain = null;
    for (Agent agent : agents.values()) {
      if (agent.personal != null) agent.personal.removeIf(personal -> givenBack(personal, line));
    }
  }

  private boolean givenBack(RequirementClass personal, QueueState line) {
    if (personal.line != line) return false;
    heads.giveBack(personal.id);
    return true;
  }

  /// Nobody must wait.
  void route(RoutingPlan routing) {
    this.routing = routing;
    queues.values().forEach(this::dropClasses);
    queues.values().forEach(line -> line.places = null);
    removed.forEach(line -> line.places = null);
    scoring = Scoring.of(routing.policy(), this);
    mostUrgent = scoring instanceof Scoring.MostUrgent;
    kept = routing.reserves().stream().map(Kept::new).toArray(Kept[]::new);
    for (SkillProfile profile : profiles.values()) profile.reserves = reservesOf(profile);
    for (Agent agent : agents.values()) {
      agent.staffed = counts(agent);
      count(agent.skills, 0, agent.listedChannels);
    }
    moreToGive = false;
  }

  private int[] reservesOf(SkillProfile profile) {
    int[] found = new int[kept.length];
    int size = 0;
    for (int i = 0; i < kept.length; i++) {
      if (kept[i].reserve.group().matches(profile.key.skills())) found[size++] = i;
    }
    return Arrays.copyOf(found, size);
  }

  // ── Those who wait ──────────────────────────────────────────────────────────────────────────

  void wait(RoutedContact contact, RequirementClass in) {
    contact.waitsIn = in;
    contact.key = scoring.key(contact);
    if (standsApart(contact, in)) {
      in.apart.add(contact);
      apart++;
    } else {
      in.waiting.add(contact);
    }
    in.line.waits(contact);
    if (in.line.places != null) in.line.places.put(contact);
    waiting++;
  }

  /// The place of one that waits, from 1, without those for whom a phone rings.
  ///
  /// @param all contacts that there are
  int placeInWait(RoutedContact contact, Collection<RoutedContact> all) {
    Places places = places(contact.line, all);
    return places.of(contact) - places.ringingBefore(contact);
  }

  /// It is offered, or something of what orders it has changed while it is.
  void offered(RoutedContact contact) {
    if (contact.line.places == null) return;
    contact.key = scoring.key(contact);
    contact.line.places.put(contact);
  }

  /// It neither waits nor is offered in its queue any more.
  void served(RoutedContact contact) {
    if (contact.line.places != null) contact.line.places.remove(contact);
  }

  /// The place of one that waits or is offered, from 1.
  ///
  /// @param all contacts that there are
  int place(RoutedContact contact, Collection<RoutedContact> all) {
    return places(contact.line, all).of(contact);
  }

  /// The place, from 1, of one that came to a queue now.
  ///
  /// @param comes with everything that orders it
  int placeOfNew(RoutedContact comes, Collection<RoutedContact> all) {
    comes.key = scoring.key(comes);
    return places(comes.line, all).ofNew(comes);
  }

  private Places places(QueueState line, Collection<RoutedContact> all) {
    if (line.places != null) return line.places;
    var places = new Places();
    for (RoutedContact one : all) {
      if (one.line != line || !one.waits() && !one.offered()) continue;
      one.key = scoring.key(one);
      places.put(one);
    }
    line.places = places;
    return places;
  }

  void waitOver(RoutedContact contact) {
    RequirementClass in = contact.waitingIn();
    contact.waitsIn = null;
    if (standsApart(contact, in)) {
      in.apart.remove(contact);
      apart--;
    } else {
      in.waiting.remove(contact);
    }
    in.line.waitOver(contact);
    waiting--;
    if (in.owner != null && in.waiting.size() == 0) {
      if (in.owner.personal != null) in.owner.personal.remove(in);
      heads.giveBack(in.id);
    }
  }

  private static boolean standsApart(RoutedContact contact, RequirementClass in) {
    return in.owner == null && !contact.passedOver.isEmpty();
  }

  /// Whether an agent of a class is not asked for this contact of it: somebody else is staffed.
  boolean passesOver(RoutedContact contact, Agent agent, RequirementClass in) {
    if (!standsApart(contact, in) || !contact.passedOver.contains(agent.id())) return false;
    int others = in.staffed;
    for (AgentId id : contact.passedOver) {
      Agent one = agents.get(id);
      if (one != null && one.staffed && one.skills.indexOf(in) >= 0) others--;
    }
    return others > 0;
  }

  // ── Picks ───────────────────────────────────────────────────────────────────────────────────

  /// The contact that a free agent is to be offered; null: none.
  ///
  /// @param channels on which the agent is free
  @Nullable RoutedContact contactFor(Agent agent, int channels, long at) {
    long now = RouterTime.micros(at);
    SkillProfile profile = agent.skills;
    boolean plain = mostUrgent && profile.reserves.length == 0;
    if (plain && apart == 0 && (agent.personal == null || agent.personal.isEmpty())) {
      return mostUrgentFor(profile, channels, now);
    }
    return firstFor(agent, channels, now);
  }

  /// The same by any policy, with reserves, and for those who wait for this agent or pass over one.
  private @Nullable RoutedContact firstFor(Agent agent, int channels, long now) {
    SkillProfile profile = agent.skills;
    RoutedContact best = null;
    int liking = 0;
    long primary = 0;
    RequirementClass[] classes = profile.classes;
    for (int i = 0, size = profile.size; i < size; i++) {
      RequirementClass served = classes[i];
      if ((served.channelBit & channels) == 0) continue;
      RoutedContact head = firstFor(agent, served, now);
      if (head == null) continue;
      if (profile.reserves.length > 0 && keptBack(agent, served.line)) continue;
      long score = scoring.primary(head, head.key, profile.proficiency[i], now);
      if (best == null || goesFirst(head, profile.liking[i], score, best, liking, primary, now)) {
        best = head;
        liking = profile.liking[i];
        primary = score;
      }
    }
    if (agent.personal == null) return best;
    for (RequirementClass personal : agent.personal) {
      RoutedContact head = personal.waiting.head;
      if (head == null || (personal.channelBit & channels) == 0) continue;
      int likes = profile.liking(personal.line.queue.id());
      long score =
          scoring.primary(head, head.key, personal.ask.proficiency(profile.key.skills()), now);
      if (best == null || goesFirst(head, likes, score, best, liking, primary, now)) {
        best = head;
        liking = likes;
        primary = score;
      }
    }
    return best;
  }

  /// Of a class of theirs; null: nobody waits whom they could have.
  @Nullable RoutedContact firstFor(Agent agent, RequirementClass served, long now) {
    RoutedContact first = served.waiting.head;
    for (RoutedContact one : served.apart) {
      if (passesOver(one, agent, served)) continue;
      if (first == null || goesFirst(one, first, now)) first = one;
    }
    return first;
  }

  /// The same for the policy that nearly everybody has.
  private @Nullable RoutedContact mostUrgentFor(SkillProfile profile, int channels, long now) {
    int best = -1;
    int liking = 0;
    long urgency = 0;
    int[] ids = profile.ids;
    for (int i = 0, size = profile.size; i < size; i++) {
      int id = ids[i];
      long key = heads.keys[id];
      if (key == Heads.NOBODY || (heads.channels[id] & channels) == 0) continue;
      long one = key + heads.agings[id] * now;
      int likes = profile.prefers ? profile.liking[i] : 0;
      if (best >= 0 && !beats(id, likes, one, best, liking, urgency, now)) continue;
      best = id;
      liking = likes;
      urgency = one;
    }
    return best < 0 ? null : heads.contacts[best];
  }

  private boolean beats(
      int a, int likingA, long urgencyA, int b, int likingB, long urgencyB, long now) {
    if (likingA != likingB) return likingA < likingB;
    if (urgencyA != urgencyB) return urgencyA > urgencyB;
    return tieGoesTo(heads.contacts[a], heads.contacts[b], now);
  }

  private boolean goesFirst(
      RoutedContact a,
      int likingA,
      long primaryA,
      RoutedContact b,
      int likingB,
      long primaryB,
      long now) {
    if (likingA != likingB) return likingA < likingB;
    if (primaryA != primaryB) return primaryA > primaryB;
    return tieGoesTo(a, b, now);
  }

  private boolean tieGoesTo(RoutedContact a, RoutedContact b, long now) {
    if (a.line.live != b.line.live) return a.line.live;
    long first = scoring.secondary(a, a.key, now);
    long second = scoring.secondary(b, b.key, now);
    if (first != second) return first > second;
    if (a.arrived != b.arrived) return a.arrived < b.arrived;
    return a.sequence < b.sequence;
  }

  /// Which of two goes first where no agent has been looked at.
  boolean goesFirst(RoutedContact a, RoutedContact b, long now) {
    long first = scoring.primary(a, a.key, 0, now);
    long second = scoring.primary(b, b.key, 0, now);
    return first != second ? first > second : tieGoesTo(a, b, now);
  }

  /// The agent whom a contact is to be offered to; null: none.
  @Nullable Agent agentFor(RoutedContact contact, RequirementClass in) {
    if (in.owner != null) {
      return (freeChannels(in.owner) & in.channelBit) == 0 ? null : in.owner;
    }
    Agent first = in.first(contact);
    if (first == null) return null;
    boolean anybody = contact.missedBy == null && !standsApart(contact, in);
    if (!anybody) return Choice.agent(this, contact, in);
    if (kept.length == 0) return first;
    boolean random = in.line.queue.strategy().kind() == Strategy.Kind.RANDOM;
    return random || keptBack(first, in.line) ? Choice.agent(this, contact, in) : first;
  }

  /// Whether an offer of it is one of all.
  boolean ringsAll(RoutedContact contact) {
    QueueState line = contact.line;
    return line.ringsAll && !line.removed && contact.preferred == null && !scoring.ordersAgents();
  }

  /// How many are free for a contact in a class, without those whom a reserve keeps from it.
  int ready(RoutedContact contact, RequirementClass in) {
    boolean all = kept.length == 0 && contact.passedOver.isEmpty();
    return all ? in.free : Choice.free(this, contact, in).size();
  }

  /// How many contacts at a time those could have who are staffed for a class and serve it now:
  /// ready or busy, with no break to come.
  int atATime(RoutedContact contact, RequirementClass in) {
    Channel channel = in.line.queue.channel();
    int atATime = 0;
    for (int i = 0; i < in.size; i++) {
      Agent agent = in.members[i];
      if (!agent.staffed || !agent.takes(channel) || passesOver(contact, agent, in)) continue;
      Capacity capacity = agent.profile.capacity();
      atATime += Math.min(capacity.of(channel), capacity.total());
    }
    return atATime;
  }

  /// Whether a reserve keeps this agent, who is free, from contacts of this queue.
  boolean keptBack(Agent agent, QueueState line) {
    for (int index : agent.skills.reserves) {
      Kept group = kept[index];
      boolean others = !group.reserve.queues().contains(line.queue.id());
      if (others && group.free[line.queue.channel().ordinal()] <= group.reserve.keep()) return true;
    }
    return false;
  }

  /// Of all who wait and could be offered to somebody, the one who goes first; null: none.
  @Nullable RoutedContact firstServable(long at) {
    long now = RouterTime.micros(at);
    RoutedContact best = null;
    for (QueueState line : queues.values()) {
      for (RequirementClass one : line.classes.values()) {
        RoutedContact head = one.waiting.head;
        if (head != null && agentFor(head, one) != null) {
          if (best == null || goesFirst(head, best, now)) best = head;
        }
        for (RoutedContact other : one.apart) {
          if (best != null && goesFirst(best, other, now)) continue;
          if (agentFor(other, one) != null) best = other;
        }
      }
    }
    for (Agent agent : agents.values()) {
      if (agent.personal == null) continue;
      for (RequirementClass one : agent.personal) {
        RoutedContact head = one.waiting.head;
        if (head == null || agentFor(head, one) == null) continue;
        if (best == null || goesFirst(head, best, now)) best = head;
      }
    }
    return best;
  }
}
