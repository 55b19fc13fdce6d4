package org.switchroom.cti.journal;

import java.util.List;
import org.switchroom.cti.customer.HistoryRecord;

/// Where records of a journal become rows.
public interface Projection {
  /// The last record of this journal that was projected; 0: none.
  long position(String journal);

  /// Writes the rows and the position, both or neither.
  ///
  /// @throws RuntimeException when the database is away, or refuses a record
  void project(List<HistoryRecord> records, String journal, long position);

  /// Whether a fault means that the database is away, and not that it refuses a record.
  boolean away(RuntimeException fault);
}
