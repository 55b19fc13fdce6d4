package org.switchroom.cti.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The database's rows of the history, as they are at one moment.
public interface StoredRows {
  /// The last turn of this ledger whose rows are there; 0: none.
  long position(String ledger);

  /// Gives the rows of a table that came to be not before a moment, in any order.
  void rows(Table table, Instant since, Consumer<Map<Column, Object>> reader);

  /// The row with a key.
  Optional<Map<Column, Object>> row(Table table, List<Object> key);
}
