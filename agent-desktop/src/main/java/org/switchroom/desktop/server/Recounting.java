package org.switchroom.desktop.server;

import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import org.switchroom.cti.history.HistoryGap;
import org.switchroom.cti.history.Recount;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.runtime.LedgerTurns;
import org.switchroom.cti.runtime.TurnCodec;
import org.switchroom.cti.store.SqlHistoryStore;

/// The history counted once more from the ledger, and said line by line.
public final class Recounting {
  private Recounting() {}

  /// @param said is told each difference, and how much was compared
  /// @return whether all of it was equal
  public static boolean run(Ledger ledger, SqlHistoryStore store, Consumer<String> said)
      throws IOException {
    Recount.Result result;
    try (var turns = new LedgerTurns(ledger, new TurnCodec(ledger.keys()), false)) {
      result = store.asOfNow(rows -> Recount.of(turns, rows));
    }
    for (Recount.Difference one : result.differences()) {
      said.accept(
          "%s %s: the database has %s; the ledger tells %s"
              .formatted(one.table().lower(), one.key(), one.stored(), one.recounted()));
    }
    long refused = store.refused();
    if (refused > 0) {
      said.accept(
          "%,d turns are in no row, because the database did not take them: see its table refused."
              .formatted(refused));
    }
    for (HistoryGap gap : store.gaps()) {
      said.accept(
          "Turns %,d to %,d of ledger %s are in no row, from %s to %s: the ledger could keep them no longer."
              .formatted(
                  gap.from(),
                  gap.to(),
                  gap.ledger(),
                  gap.since().map(Instant::toString).orElse("its beginning"),
                  gap.until()));
    }
    if (result.turns() == 0) {
      said.accept("The database has nothing yet of what the ledger keeps.");
      return true;
    }
    said.accept(
        "%,d rows and %,d figures were compared with %,d turns, from %s on: %s"
            .formatted(
                result.rows(),
                result.figures(),
                result.turns(),
                result.since(),
                result.differing() == 0
                    ? "all are equal."
                    : "%,d differ.".formatted(result.differing())));
    return result.differing() == 0;
  }
}
