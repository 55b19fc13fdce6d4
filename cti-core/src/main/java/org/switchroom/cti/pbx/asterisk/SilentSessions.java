package org.switchroom.cti.pbx.asterisk;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Predicate;

/// Sessions that have not shown yet whose they are. They have few places, in all and of one
/// address, and where these are taken the oldest silent one goes: a PBX speaks at once, and who has
/// been silent for longest has least to say. Who has spoken and was not read yet keeps their place,
/// and whoever comes next waits for us to catch up. On any threads.
///
/// @param <S> a session
final class SilentSessions<S> {
  /// One that is read may turn out to say nothing more, which nobody tells.
  private static final long LOOKS_AGAIN_MILLIS = 10;

  private final int most;
  private final int mostOfOne;
  private final Predicate<S> isSilent;

  /// By session, the oldest first.
  private final LinkedHashMap<S, InetAddress> all = new LinkedHashMap<>();

  private final Map<InetAddress, SequencedSet<S>> byAddress = new HashMap<>();

  /// @param isSilent whether nothing of it is left to be read
  SilentSessions(int most, int mostOfOne, Predicate<S> isSilent) {
    this.most = most;
    this.mostOfOne = mostOfOne;
    this.isSilent = isSilent;
  }

  /// One more, as soon as there is a place or somebody silent who has one.
  ///
  /// @return who has to go for it; empty: nobody
  synchronized Optional<S> add(S session, InetAddress from) throws InterruptedException {
    Optional<S> goes = Optional.empty();
    for (var full = full(from); !full.isEmpty() && goes.isEmpty(); full = full(from)) {
      goes = full.stream().filter(isSilent).findFirst();
      if (goes.isEmpty()) wait(LOOKS_AGAIN_MILLIS);
    }
    goes.ifPresent(this::remove);
    all.put(session, from);
    byAddress.computeIfAbsent(from, _ -> new LinkedHashSet<>()).add(session);
    return goes;
  }

  /// Of whom one has to go before another comes from there, the oldest first; empty: nobody.
  private Collection<S> full(InetAddress from) {
    Collection<S> its = byAddress.getOrDefault(from, new LinkedHashSet<>());
    if (its.size() >= mostOfOne) return its;
    return all.size() >= most ? all.keySet() : List.of();
  }

  /// It has shown whose it is, or is over.
  ///
  /// @return whether it was there still
  synchronized boolean remove(S session) {
    InetAddress from = all.remove(session);
    if (from == null) return false;
    SequencedSet<S> its = byAddress.getOrDefault(from, new LinkedHashSet<>());
    its.remove(session);
    if (its.isEmpty()) byAddress.remove(from);
    notifyAll();
    return true;
  }

  synchronized boolean has(S session) {
    return all.containsKey(session);
  }

  synchronized int size() {
    return all.size();
  }
}
