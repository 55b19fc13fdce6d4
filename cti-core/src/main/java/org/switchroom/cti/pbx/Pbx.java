package org.switchroom.cti.pbx;

import java.util.Set;
import java.util.function.Consumer;

/// A PBX that holds callers and rings phones.
public interface Pbx extends AutoCloseable {
  /// Connects, and keeps connecting with growing pauses, until closed.
  ///
  /// @param phones the phones whose state is wanted; that of others is not told
  /// @param facts is called from one thread at a time; it may block to slow the PBX down
  void start(Set<String> phones, Consumer<PbxEvent> facts);

  /// From now on the state of these phones is wanted.
  void watch(Set<String> phones);

  /// Never blocks. Comes after the start. What cannot be sent because the link is down is dropped;
  /// the next [PbxEvent.Synchronized] says how things stand.
  void send(PbxCommand command);

  @Override
  void close();
}
