package org.switchroom.cti.history;

import java.io.IOException;
import java.util.List;
import org.switchroom.cti.event.Turn;

/// Turns of a ledger that are on the disk, in their order. One thread's, but for [#close].
public interface TurnSource extends AutoCloseable {
  /// Which ledger.
  String ledger();

  /// The number of the last turn that is on the disk; 0: none. Any thread.
  long last();

  /// Goes on behind a turn; 0: from the first.
  void goOnAfter(long turn) throws IOException;

  /// The next turns, waiting for one. Those that the ledger no longer keeps are passed over: their
  /// numbers are missing.
  ///
  /// @param most so many at the most
  /// @return empty: there will be no more
  /// @throws IOException when they cannot be read; the same again the next time
  List<Turn> take(int most) throws IOException, InterruptedException;

  /// As [#take], without waiting.
  ///
  /// @return empty: there are no more for now
  List<Turn> poll(int most) throws IOException;

  /// No turn up to this one is needed any more.
  void passed(long turn);

  /// Whoever waits in [#take] is told that there will be no more.
  @Override
  void close();
}
