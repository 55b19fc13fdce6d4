package org.switchroom.acd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Channel;

/// One agent, as the router sees them. Only the router changes it.
public final class Agent implements Comparable<Agent> {
  private static final Channel[] CHANNELS = Channel.values();
  private static final int VOICE = 1 << Channel.VOICE.ordinal();

  AgentProfile profile;

  /// Of their own until they are among the others ([Matching#add]).
  SkillProfile skills;

  /// The agent's place among the members of each class of the profile.
  int[] places = {};

  AgentPresence presence = AgentPresence.LOGGED_OUT;
  long since;
  String reason = "";
  Decision.@Nullable Pending pending;
  boolean phoneAvailable;

  /// Whether the classes count them, as the routing plan says.
  boolean staffed;

  /// Removed from the center; gone when the last contact is.
  boolean leaving;

  /// Not there any more.
  boolean gone;

  /// What they have, the latest first; the rest follows by [Assignment#before].
  @Nullable Assignment latest;

  int load;

  /// How many of each channel, 16 bits each.
  private long loads;

  private int channels;

  /// Of these, those beside whose contacts nothing of another is offered.
  private int exclusive;

  private int mostInAll;

  /// When they last became free, as a number that rises. A caller who gives up does not change it.
  long turn;

  /// Nanoseconds since 1970.
  long freeSince;

  int handled;

  /// Rings they have missed in a row.
  int misses;

  /// How many others had handled when this one stopped being ready; 0: nobody was there.
  int othersHandled;

  /// Classes of contacts that wait for this agent alone; null while there are none.
  @Nullable List<RequirementClass> personal;

  final Occupancy occupancy = new Occupancy();

  /// For whoever holds the handle.
  private int tag;

  // ── Whether somebody who asks for changes has them ([Changes]) ──────────────────────────────

  boolean changed;
  boolean known;

  // ── What the classes know of them ───────────────────────────────────────────────────────────

  int listedChannels;
  int listedLoad;

  Agent(AgentProfile profile) {
    skills = new SkillProfile(SkillProfile.Key.of(profile));
    configure(profile);
  }

  void configure(AgentProfile profile) {
    this.profile = profile;
    channels = 0;
    exclusive = 0;
    for (Channel channel : profile.capacity().exclusive()) exclusive |= 1 << channel.ordinal();
    mostInAll = profile.capacity().total();
    for (Channel channel : CHANNELS) {
      if (profile.capacity().of(channel) > 0) channels |= 1 << channel.ordinal();
    }
  }

  /// Remembers a number for whoever holds the handle, such as where their own records of the agent
  /// are.
  public void tag(int number) {
    tag = number;
  }

  public int tag() {
    return tag;
  }

  public AgentId id() {
    return profile.id();
  }

  boolean loggedIn() {
    return presence != AgentPresence.LOGGED_OUT;
  }

  boolean hasLostDesk() {
    return presence == AgentPresence.NOT_READY && reason.equals(AgentState.Reasons.DESK_LOST);
  }

  /// On which channels they could be offered something now, a bit each.
  ///
  /// @param phones whether any phone can be rung
  int freeChannels(boolean phones) {
    if (presence != AgentPresence.READY || pending != null) return 0;
    int free = phones && phoneAvailable ? channels : channels & ~VOICE;
    if (load == 0) return free;
    if (load >= mostInAll) return 0;
    for (Channel channel : CHANNELS) {
      int bit = 1 << channel.ordinal();
      int has = loadOf(channel);
      if (has >= profile.capacity().of(channel)) free &= ~bit;
      if (has > 0 && (exclusive & bit) != 0) free &= bit;
    }
    return free;
  }

  /// Whether they could be offered something of this channel, now or when they are done with what
  /// they have. A phone that is in use for a contact of theirs will be free again.
  boolean takes(Channel channel) {
    if (presence != AgentPresence.READY || pending != null) return false;
    if ((channels & 1 << channel.ordinal()) == 0) return false;
    return channel != Channel.VOICE || phoneAvailable || loadOf(Channel.VOICE) > 0;
  }

  private int loadOf(Channel channel) {
    return (int) (loads >>> (channel.ordinal() << 4)) & 0xFFFF;
  }

  void add(Assignment assignment) {
    assignment.before = latest;
    latest = assignment;
    load++;
    loads += 1L << (assignment.channel.ordinal() << 4);
  }

  void remove(Assignment assignment) {
    if (latest == assignment) {
      latest = assignment.before;
    } else {
      after(assignment).before = assignment.before;
    }
    assignment.before = null;
    load--;
    loads -= 1L << (assignment.channel.ordinal() << 4);
  }

  private Assignment after(Assignment assignment) {
    for (Assignment later = latest; later != null; later = later.before) {
      if (later.before == assignment) return later;
    }
    throw new IllegalStateException(
        "Agent %s does not have contact %s. Maybe it was taken from them twice."
            .formatted(id(), assignment.contact.id));
  }

  /// What they are doing, where there are several contacts: the most pressing of them, and of those
  /// the one they have had for longest. Null: they have nothing.
  @Nullable Assignment foremost() {
    Assignment found = latest;
    if (found == null) return null;
    for (Assignment one = found.before; one != null; one = one.before) {
      if (pressing(one) <= pressing(found)) found = one;
    }
    return found;
  }

  private static int pressing(Assignment assignment) {
    return switch (assignment.state) {
      case RINGING -> 0;
      case RESERVED -> 1;
      case CONSULTING -> 2;
      case TALKING -> 3;
      case WRAP_UP -> 4;
    };
  }

  /// The fixed order.
  @Override
  public int compareTo(Agent other) {
    int byOrder = Integer.compare(profile.order(), other.profile.order());
    return byOrder != 0 ? byOrder : id().compareTo(other.id());
  }

  AgentMemory memory() {
    var inHand = new ArrayList<AgentMemory.AssignmentMemory>(load);
    for (Assignment one = latest; one != null; one = one.before) inHand.add(one.memory());
    return new AgentMemory(
        id(),
        presence,
        RouterTime.instant(since),
        reason,
        Optional.ofNullable(pending),
        phoneAvailable,
        leaving ? Optional.of(profile) : Optional.empty(),
        turn,
        RouterTime.instant(freeSince),
        handled,
        othersHandled,
        misses,
        occupancy.share(),
        RouterTime.instant(occupancy.asOf()),
        inHand.reversed());
  }

  /// What they have in hand is given to them one by one.
  void recall(AgentMemory memory) {
    presence = memory.presence();
    since = RouterTime.nanos(memory.since());
    reason = memory.reason();
    pending = memory.pending().orElse(null);
    phoneAvailable = memory.phoneAvailable();
    turn = memory.turn();
    freeSince = RouterTime.nanos(memory.freeSince());
    handled = memory.handled();
    othersHandled = memory.othersHandled();
    misses = memory.misses();
    occupancy.recall(memory.busyShare(), RouterTime.nanos(memory.busyShareAsOf()));
  }

  /// As a value.
  public AgentState state() {
    Assignment foremost = foremost();
    if (foremost == null) {
      return switch (presence) {
        case LOGGED_OUT -> new AgentState.LoggedOut(RouterTime.instant(since));
        case NOT_READY -> new AgentState.NotReady(RouterTime.instant(since), reason);
        case READY -> new AgentState.Ready(RouterTime.instant(since));
      };
    }
    var at = RouterTime.instant(foremost.since);
    ContactId contact = foremost.contact.id;
    return switch (foremost.state) {
      case RESERVED -> new AgentState.Reserved(at, new OfferId(foremost.offer), contact);
      case RINGING -> new AgentState.Ringing(at, new OfferId(foremost.offer), contact);
      case TALKING -> new AgentState.Talking(at, contact);
      case CONSULTING -> new AgentState.Consulting(at, contact);
      case WRAP_UP ->
          new AgentState.InWrapUp(
              at, contact, RouterTime.optional(foremost.until), foremost.dispositionNeeded());
    };
  }
}
