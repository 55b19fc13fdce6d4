package org.switchroom.acd;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;

/// A queue at work.
public final class QueueState {
  /// Of so many contacts, the start value one of them, the mean handle time is the mean; from then
  /// on it follows each by this part.
  private static final int FOLLOWS = 64;

  /// What one contact more is worth in a mean of so many others: a table, because dividing for each
  /// contact that ends showed in the profile.
  private static final double[] PARTS = new double[FOLLOWS];

  static {
    for (int others = 0; others < FOLLOWS; others++) PARTS[others] = 1.0 / (others + 1);
  }

  /// What an agent with a share of 1 pays for a contact of a queue that goes by shares.
  private static final long STRIDE = 1L << 40;

  /// The last hundred are the last 64 and so many before.
  private static final long BEFORE = (1L << 36) - 1;

  Queue queue;

  // ── What of it is looked at for every contact ───────────────────────────────────────────────

  /// A checksum of how it is configured: by it a later run sees that it is configured otherwise.
  long plan;

  boolean hasSteps;
  boolean hasOverflow;
  boolean ringsAll;
  boolean goesByShares;
  boolean wrapsUp;

  /// Somebody is on the line while a contact of it waits.
  boolean live;

  /// Whether an hour of waiting is worth something beside contacts of other queues: where nobody is
  /// on the line only if the configuration says so.
  boolean ageCounts;

  int priority;
  long offerNanos;
  long targetNanos;

  /// Its own for ever, in the order in which the router heard of queues.
  final long number;

  boolean removed;

  /// Where those go who come back to it after it was removed.
  @Nullable QueueState successor;

  /// Removed, it is kept until as many contacts as are in somebody's hand have left it.
  int stillIn;

  /// Its classes by what they ask for.
  final Map<SkillExpression, RequirementClass> classes = new LinkedHashMap<>();

  /// The class of contacts that bring nothing of their own, in a queue without steps; else null.
  @Nullable RequirementClass plain;

  // ── Those who wait, by arrival ──────────────────────────────────────────────────────────────

  int waiting;
  @Nullable RoutedContact oldest;
  @Nullable RoutedContact newest;

  /// Of those who wait or are offered; null: nobody has asked for a place since the queue, or the
  /// policy, is as it is.
  @Nullable Places places;

  // ── What strategies and policies remember ───────────────────────────────────────────────────

  @Nullable Agent lastOffered;
  double handleMicros;

  /// Contacts in it, beside the start value.
  private int handled;

  private final Map<AgentId, Share> shares = new HashMap<>();

  /// One bit for each of the last contacts that the queue's service level counts: served within the
  /// target.
  private long inTarget = -1;

  private long inTargetBefore = -1;

  final Timer closing = new Timer(Timer.Kind.CLOSES, this);

  /// Whether somebody who asks for changes has it ([Changes]).
  boolean changed;

  boolean known;

  /// What an agent has had of a queue that goes by shares.
  static final class Share {
    final QueueState line;
    final AgentId agent;
    long paid;

    /// What others had paid when the agent stopped being ready; 0: nobody was there.
    long others;

    boolean changed;

    private Share(QueueState line, AgentId agent) {
      this.line = line;
      this.agent = agent;
    }

    ShareMemory memory() {
      return new ShareMemory(line.queue.id(), agent, paid, others);
    }
  }

  QueueState(long number, Queue queue) {
    this.number = number;
    configure(queue);
    handleMicros = queue.objectives().handle().toNanos() / 1e3;
  }

  void configure(Queue queue) {
    this.queue = queue;
    places = null;
    plan = checksum(queue);
    hasSteps = !queue.steps().isEmpty();
    hasOverflow = !queue.overflow().isEmpty();
    ringsAll = queue.strategy().kind() == Strategy.Kind.RING_ALL;
    goesByShares = queue.strategy().kind() == Strategy.Kind.PERCENT_ALLOCATION;
    wrapsUp = queue.wrapUp().mode() != WrapUp.Mode.NONE;
    live = queue.channel().isLive();
    ageCounts = live || queue.urgency().aging() > 0;
    priority = queue.urgency().priority();
    offerNanos = queue.offerTimeout().toNanos();
    targetNanos = queue.objectives().within().toNanos();
  }

  private static long checksum(Queue queue) {
    var checksum = new CRC32();
    checksum.update(queue.toString().getBytes(StandardCharsets.UTF_8));
    return checksum.getValue();
  }

  void waits(RoutedContact contact) {
    RoutedContact before = newest;
    while (before != null && !arrivedBefore(before, contact)) before = before.earlier;
    RoutedContact after = before == null ? oldest : before.later;
    contact.earlier = before;
    contact.later = after;
    if (before == null) oldest = contact;
    else before.later = contact;
    if (after == null) newest = contact;
    else after.earlier = contact;
    waiting++;
  }

  void waitOver(RoutedContact contact) {
    RoutedContact before = contact.earlier;
    RoutedContact after = contact.later;
    if (before == null) oldest = after;
    else before.later = after;
    if (after == null) newest = before;
    else after.earlier = before;
    contact.earlier = null;
    contact.later = null;
    waiting--;
  }

  private static boolean arrivedBefore(RoutedContact a, RoutedContact b) {
    return byArrival(a, b) < 0;
  }

  static int byArrival(RoutedContact a, RoutedContact b) {
    int byAge = Long.compare(a.arrived, b.arrived);
    return byAge != 0 ? byAge : Long.compare(a.sequence, b.sequence);
  }

  /// How many of those who wait had come into it by when the contact did.
  int waitingBefore(RoutedContact contact, long at) {
    if (contact.entered == at) return waiting;
    int before = 0;
    for (RoutedContact one = oldest; one != null; one = one.later) {
      if (one.entered <= contact.entered) before++;
    }
    return before;
  }

  List<RoutedContact> byArrival() {
    var all = new ArrayList<RoutedContact>();
    for (RoutedContact contact = oldest; contact != null; contact = contact.later) all.add(contact);
    return all;
  }

  // ── Figures ─────────────────────────────────────────────────────────────────────────────────

  /// A contact is over, its wrap-up too.
  void handled(long nanos) {
    if (handled < FOLLOWS - 1) handled++;
    handleMicros += (Math.max(nanos, 0) / 1e3 - handleMicros) * PARTS[handled];
  }

  Duration meanHandle() {
    return Duration.ofNanos(Math.round(handleMicros * 1e3));
  }

  void answered(boolean withinTarget) {
    inTargetBefore = (inTargetBefore << 1) | (inTarget >>> 63);
    inTarget = (inTarget << 1) | (withinTarget ? 1 : 0);
  }

  /// Percent of the last 100, rounded down.
  int serviceLevel() {
    return Long.bitCount(inTarget) + Long.bitCount(inTargetBefore & BEFORE);
  }

  // ── Shares ──────────────────────────────────────────────────────────────────────────────────

  long paid(AgentId agent) {
    Share share = shares.get(agent);
    return share == null ? 0 : share.paid;
  }

  /// A contact costs the more the smaller the share.
  Share pays(AgentId agent) {
    Share share = shareOf(agent);
    share.paid += STRIDE / share(agent);
    return share;
  }

  /// From 1 to 100.
  int share(AgentId agent) {
    return queue.strategy().shares().getOrDefault(agent, 1);
  }

  Share shareOf(AgentId agent) {
    return shares.computeIfAbsent(agent, _ -> new Share(this, agent));
  }

  /// How many rings in a row an agent may miss. Of a queue that was removed not even its rule is
  /// left.
  int misses() {
    return removed ? 1 : queue.misses();
  }

  // ── Rules ───────────────────────────────────────────────────────────────────────────────────

  boolean leavesWhenUnstaffed() {
    for (Overflow rule : queue.overflow()) {
      if (rule.trigger() instanceof Overflow.Trigger.Unstaffed(boolean leave) && leave) return true;
    }
    return false;
  }

  boolean leavesWhenClosed() {
    for (Overflow rule : queue.overflow()) {
      if (rule.trigger() instanceof Overflow.Trigger.Closed(boolean leave) && leave) return true;
    }
    return false;
  }

  // ── Values ──────────────────────────────────────────────────────────────────────────────────

  QueueMemory memory() {
    return new QueueMemory(
        queue.id(),
        number,
        plan,
        lastOffered == null
            ? Optional.empty()
            : Optional.of(
                new QueueMemory.LastOffered(
                    lastOffered.id(),
                    lastOffered.gone,
                    lastOffered.gone ? lastOffered.profile.order() : 0)),
        handleMicros,
        handled,
        inTarget,
        inTargetBefore & BEFORE,
        closing.memory());
  }

  void shares(Consumer<ShareMemory> to) {
    for (Share share : shares.values()) to.accept(share.memory());
  }

  /// Of one that was removed.
  RemovedQueueMemory removal() {
    var through = new ArrayList<QueueId>();
    for (QueueState next = successor; next != null; next = next.successor)
      through.add(next.queue.id());
    return new RemovedQueueMemory(number, queue.id(), queue.wrapUp(), through);
  }

  /// All but what it names of others: agents, timers.
  void recall(QueueMemory memory) {
    handleMicros = memory.handleMicros();
    handled = memory.handled();
    inTarget = memory.inTarget();
    inTargetBefore = memory.inTargetBefore();
  }

  void recall(ShareMemory memory) {
    Share share = shareOf(memory.agent());
    share.paid = memory.paid();
    share.others = memory.others();
  }

  public Queue queue() {
    return queue;
  }

  /// How many wait with no phone ringing for them.
  public int waiting() {
    return waiting;
  }
}
