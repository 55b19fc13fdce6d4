package org.switchroom.cti.pbx.asterisk;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/// Sessions that have not shown yet whose they are. They have few places, in all and of one
/// address, and where these are taken the oldest goes: a PBX speaks at once, and who has been
/// silent for longest has least to say. On any threads.
///
/// @param <S> a session
final class SilentSessions<S> {
  private final int most;
  private final int mostOfOne;

  /// By session, the oldest first.
  private final LinkedHashMap<S, InetAddress> all = new LinkedHashMap<>();

  private final Map<InetAddress, SequencedSet<S>> byAddress = new HashMap<>();

  SilentSessions(int most, int mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  /// One more.
  ///
  /// @return who has to go for it; empty: nobody
  synchronized Optional<S> add(S session, InetAddress from) {
    SequencedSet<S> its = byAddress.computeIfAbsent(from, _ -> new LinkedHashSet<>());
    Optional<S> goes = Optional.empty();
    if (its.size() >= mostOfOne) goes = Optional.of(its.getFirst());
    else if (all.size() >= most) goes = Optional.of(all.firstEntry().getKey());
    goes.ifPresent(this::remove);
    all.put(session, from);
    byAddress.computeIfAbsent(from, _ -> new LinkedHashSet<>()).add(session);
    return goes;
  }

  /// It has shown whose it is, or is over. One that is not there any more is none.
  synchronized void remove(S session) {
    InetAddress from = all.remove(session);
    if (from == null) return;
    SequencedSet<S> its = byAddress.getOrDefault(from, new LinkedHashSet<>());
    its.remove(session);
    if (its.isEmpty()) byAddress.remove(from);
  }

  synchronized int size() {
    return all.size();
  }
}
