package org.switchroom.cti.pbx.asterisk;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may bring callers to scripts. FastAGI has no log-in, so that whoever reaches its port could
/// say of any call that it is theirs. What has one is the manager, and all of this goes by that:
///
/// ```
///   from where    the manager's own host, or `agi-peers`
///   the token     this run's, a global variable that only our manager's link writes
///   the call      one that the manager has just told to be on its way here; once for each time
/// ```
///
/// On any threads.
public final class AgiAdmission {
  private static final Logger log = LoggerFactory.getLogger(AgiAdmission.class);

  /// Asterisk tells the manager before it connects, but on another line, and that one has much to
  /// tell at times.
  static final Duration IS_TOLD_WITHIN = Duration.ofSeconds(5);

  /// Between the kit's mark and its session Asterisk answers the call, and connects.
  private static final long COMES_WITHIN = Duration.ofSeconds(30).toNanos();

  /// More are on their way at no time. Who is beyond is held by the dialplan.
  private static final int MOST_ON_THEIR_WAY = 20_000;

  private static final int TOKEN_BYTES = 16;

  private final String host;
  private final List<IpRange> peers;
  private final Duration patience;
  private final String token;

  /// Where the manager's host is.
  private volatile List<InetAddress> manager = List.of();

  private final Lock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();

  /// When each was told, in nanoseconds, the oldest first.
  private final LinkedHashMap<String, Long> onTheirWay = new LinkedHashMap<>();

  AgiAdmission(AmiSettings settings) {
    this(settings.host(), settings.agiPeers(), IS_TOLD_WITHIN);
  }

  /// @param peers empty: the manager's host, and this machine
  AgiAdmission(String host, List<IpRange> peers, Duration patience) {
    this.host = host;
    this.peers = List.copyOf(peers);
    this.patience = patience;
    var random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    token = HexFormat.of().formatHex(random);
  }

  /// For a PBX on this machine.
  static AgiAdmission here() {
    return new AgiAdmission("127.0.0.1", List.of(), IS_TOLD_WITHIN);
  }

  // ── What the manager's link tells ───────────────────────────────────────────────────────────

  /// It is up: where the manager is by now is known.
  void linked() {
    if (!peers.isEmpty()) return;
    try {
      manager = List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      log.debug("Where {} is stays as it was: {}", host, e.toString());
    }
  }

  /// What the dialplan has to show; changes with each run.
  String token() {
    return token;
  }

  /// The dialplan is about to bring a call here.
  void comes(String channel) {
    lock.lock();
    try {
      long now = System.nanoTime();
      Iterator<Long> oldest = onTheirWay.values().iterator();
      while (oldest.hasNext() && now - oldest.next() > COMES_WITHIN) oldest.remove();
      onTheirWay.remove(channel);
      if (onTheirWay.size() < MOST_ON_THEIR_WAY) onTheirWay.put(channel, now);
      told.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// It is somewhere else, or over.
  void isElsewhere(String channel) {
    lock.lock();
    try {
      onTheirWay.remove(channel);
    } finally {
      lock.unlock();
    }
  }

  // ── What is asked at the door ───────────────────────────────────────────────────────────────

  boolean isPeer(InetAddress address) {
    if (!peers.isEmpty()) return peers.stream().anyMatch(range -> range.has(address));
    return address.isLoopbackAddress() || manager.contains(address);
  }

  /// How long it takes says nothing of how much of it is right.
  boolean isToken(String shown) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }

  /// Lets a call in that is on its way here, once. Waits for a while until it is told.
  ///
  /// @return whether it may come in
  boolean admit(String channel) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (left > 0) {
        Optional<Long> since = Optional.ofNullable(onTheirWay.remove(channel));
        if (since.isPresent() && System.nanoTime() - since.get() <= COMES_WITHIN) return true;
        left = told.awaitNanos(left);
      }
      return false;
    } finally {
      lock.unlock();
    }
  }
}
