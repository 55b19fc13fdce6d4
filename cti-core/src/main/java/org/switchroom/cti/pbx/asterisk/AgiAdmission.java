package org.switchroom.cti.pbx.asterisk;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
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

  /// Whom nobody has told of by then Asterisk is asked for: who takes the place of another in the
  /// dialplan, as in a transfer, is led to a script without a mark.
  private static final long IS_ASKED_AFTER = Duration.ofMillis(300).toNanos();

  /// Between the kit's mark and its session Asterisk answers the call, and connects.
  private static final long COMES_WITHIN = Duration.ofSeconds(30).toNanos();

  /// More are on their way at no time. Who is beyond is held by the dialplan.
  private static final int MOST_ON_THEIR_WAY = 20_000;

  private static final int TOKEN_BYTES = 16;

  /// Asks Asterisk what the dialplan of a channel does now.
  @FunctionalInterface
  interface Asks {
    /// @param answer is given what the channel's application was told to do; empty: there is none
    void what(String channel, Consumer<String> answer);
  }

  private final String host;
  private final List<IpRange> peers;
  private final Duration patience;
  private final String token;

  private volatile Asks asks = (_, _) -> {};

  /// Where the manager's host is.
  private volatile List<InetAddress> manager = List.of();

  private final Lock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();

  /// When each was told, in nanoseconds, the oldest first.
  private final LinkedHashMap<String, Long> onTheirWay = new LinkedHashMap<>();

  /// How many sessions each has that is in a script: the last may not be over when the next begins.
  private final Map<String, Integer> inScripts = new HashMap<>();

  AgiAdmission(AmiSettings settings) {
    this(settings.host(), settings.agiPeers(), IS_TOLD_WITHIN);
  }

  /// @param peers empty: the manager's host, and this machine
  AgiAdmission(String host, List<IpRange> peers, Duration patience) {
    this(host, peers, patience, newToken());
  }

  /// @param token that nobody else knows
  AgiAdmission(String host, List<IpRange> peers, Duration patience, String token) {
    this.host = host;
    this.peers = List.copyOf(peers);
    this.patience = patience;
    this.token = token;
  }

  private static String newToken() {
    var random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /// For a PBX on this machine.
  static AgiAdmission here() {
    return new AgiAdmission("127.0.0.1", List.of(), IS_TOLD_WITHIN);
  }

  /// @param asks over the manager's link, when it is up
  void by(Asks asks) {
    this.asks = asks;
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

  /// It is listed as one that is in a script, or on its way there.
  void isOnTheWayOrThere(String channel) {
    lock.lock();
    try {
      if (!inScripts.containsKey(channel)) comes(channel);
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
      long begun = System.nanoTime();
      long left = patience.toNanos();
      boolean asked = false;
      while (left > 0) {
        Optional<Long> since = Optional.ofNullable(onTheirWay.remove(channel));
        if (since.isPresent() && System.nanoTime() - since.get() <= COMES_WITHIN) {
          inScripts.merge(channel, 1, Integer::sum);
          return true;
        }
        if (!asked && System.nanoTime() - begun >= IS_ASKED_AFTER) {
          asked = true;
          asks.what(channel, doing -> isDoing(channel, doing));
          continue;
        }
        told.awaitNanos(asked ? left : Math.min(left, IS_ASKED_AFTER));
        left = patience.toNanos() - (System.nanoTime() - begun);
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// One that is asked to come here with the token does, if it is not here.
  private void isDoing(String channel, String doing) {
    if (doing.endsWith("?" + Kit.TOKEN + "=" + token)) isOnTheWayOrThere(channel);
  }

  /// A session that was let in is over.
  void leaves(String channel) {
    lock.lock();
    try {
      inScripts.computeIfPresent(channel, (_, sessions) -> sessions > 1 ? sessions - 1 : null);
    } finally {
      lock.unlock();
    }
  }
}
