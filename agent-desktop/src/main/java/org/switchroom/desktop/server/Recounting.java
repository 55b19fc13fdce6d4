package org.switchroom.desktop.server;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.history.HistoryGap;
import org.switchroom.cti.history.Recount;
import org.switchroom.cti.history.RefusedTurn;
import org.switchroom.cti.history.TurnSource;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.runtime.LedgerTurns;
import org.switchroom.cti.runtime.TurnCodec;
import org.switchroom.cti.store.SqlHistoryStore;

/// The history counted once more from the ledger, and said line by line.
public final class Recounting {
  private Recounting() {}

  /// What the database did not take it may take by now: a column is wider, a row that was in the
  /// way is gone. What the ledger keeps no longer is in the table alone.
  private static void tryAgain(TurnSource turns, SqlHistoryStore store, Consumer<String> said)
      throws IOException {
    for (RefusedTurn one : store.refusedTurns()) {
      if (!one.ledger().equals(turns.ledger())) continue;
      turns.goOnAfter(one.turn() - 1);
      List<Turn> found = turns.poll(1);
      if (found.isEmpty() || found.getFirst().number() != one.turn()) continue;
      if (store.tryAgain(found.getFirst(), one.ledger())) {
        said.accept(
            "Turn %,d of %s, which the database had not taken, it has taken now."
                .formatted(one.turn(), one.at()));
      }
    }
  }

  /// What was refused before is tried once more first.
  ///
  /// @param said is told each difference, and how much was compared
  /// @return whether all of it was equal
  public static boolean run(Ledger ledger, SqlHistoryStore store, Consumer<String> said)
      throws IOException {
    Recount.Result result;
    try (var turns = new LedgerTurns(ledger, new TurnCodec(ledger.keys()), false)) {
      tryAgain(turns, store, said);
      result = store.asOfNow(rows -> Recount.of(turns, rows));
    }
    for (Recount.Difference one : result.differences()) {
      said.accept(
          "%s %s: the database has %s; the ledger tells %s"
              .formatted(one.table().lower(), one.key(), one.stored(), one.recounted()));
    }
    for (RefusedTurn one : store.refusedTurns()) {
      said.accept(
          "Turn %,d of ledger %s, of %s, is in no row but of the table refused: the database did not take it: %s; %s"
              .formatted(one.turn(), one.ledger(), one.at(), one.why(), one.about()));
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
