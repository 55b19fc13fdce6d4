package org.switchroom.cti.center;

import java.util.function.Consumer;
import org.switchroom.cti.customer.HistoryRecord;
import org.switchroom.cti.pbx.PhoneNumber;

/// Where the history is written. Never blocks.
@FunctionalInterface
public interface History {
  /// @param from whose history grows; null: nobody's
  /// @param waits whether somebody waits to be told, who would rather hear at once that it cannot
  ///   be saved now
  /// @param done is told once, on any thread: null when durable, else why it never will be
  void write(HistoryRecord record, PhoneNumber from, boolean waits, Consumer<String> done);
}
