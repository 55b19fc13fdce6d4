package org.switchroom.cti.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.testkit.ContactLives;
import org.switchroom.cti.testkit.TurnList;

/// A large ledger is recounted in parts, with the same result.
class RecountTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private final TurnList ledger =
      new TurnList("ledger")
          .addAll(ContactLives.turns(new SplittableRandom(11), NOON, 300, List.of(1L)));
  private final MemoryTables stored = new MemoryTables();

  /// A database that has what is in memory.
  private record InMemory(MemoryTables tables, long last) implements StoredRows {
    @Override
    public long position(String ledger) {
      return last;
    }

    @Override
    public void rows(Table table, Instant since, Consumer<Map<Column, Object>> reader) {
      tables.rows(table).values().stream()
          .filter(row -> !((Instant) row.get(table.age())).isBefore(since))
          .forEach(reader);
    }

    @Override
    public Optional<Map<Column, Object>> row(Table table, List<Object> key) {
      return Optional.ofNullable(tables.rows(table).get(key));
    }
  }

  private Recount.Result recount(long last, long turnsOfAPart) throws Exception {
    return Recount.of(ledger, new InMemory(stored, last), turnsOfAPart);
  }

  private void store(long last) {
    ledger.turns().stream()
        .filter(turn -> turn.number() <= last)
        .forEach(turn -> stored.apply(HistoryFold.changes(turn)));
  }

  @Test
  void inPartsItComparesAsMuchAsAtOnce() throws Exception {
    store(ledger.last());
    Recount.Result atOnce = recount(ledger.last(), 1_000_000);
    assertThat(atOnce.differences()).isEmpty();
    long intervals = stored.rows(Table.QUEUE_INTERVAL).size();
    assertThat(atOnce.rows()).isEqualTo(stored.size() - intervals);
    assertThat(atOnce.figures())
        .as("all but those that began before the ledger")
        .isEqualTo(
            stored.rows(Table.QUEUE_INTERVAL).values().stream()
                .filter(row -> !((Instant) row.get(Column.BEGAN)).isBefore(atOnce.since()))
                .count());
    assertThat(atOnce.turns()).isEqualTo(ledger.last());
    assertThat(recount(ledger.last(), 100)).isEqualTo(atOnce);
  }

  @Test
  void whatTheDatabaseHasNotTakenYetIsNotMissed() throws Exception {
    store(1_000);
    assertThat(recount(1_000, 1_000_000).differences()).isEmpty();
    assertThat(recount(999, 1_000_000).differences()).as("a turn too many").isNotEmpty();
  }

  /// The database was away until the ledger kept the turns in between no longer: of contacts whose
  /// life was cut so nothing is compared, and of all others everything.
  @Test
  void behindAGapOnlyWhatTheLedgerTellsFromItsBeginningIsCompared() throws Exception {
    long last = ledger.last();
    for (long from = 2; from < last - 20; from += last / 23) {
      for (long length : List.of(1L, 10L, 300L)) {
        long missing = from;
        long next = from + length;
        var before = new MemoryTables();
        var kept = new TurnList("ledger");
        for (Turn turn : ledger.turns()) {
          boolean inGap = turn.number() >= missing && turn.number() < next;
          if (!inGap) before.apply(HistoryFold.changes(turn));
          if (turn.number() >= next) kept.addAll(List.of(turn));
        }
        Recount.Result result = Recount.of(kept, new InMemory(before, last));
        assertThat(result.differences()).as("without %d to %d", missing, next - 1).isEmpty();
      }
    }
  }

  @Test
  void anEmptyLedgerHasNothingToCompare() throws Exception {
    store(ledger.last());
    Recount.Result nothing = Recount.of(new TurnList("other"), new InMemory(stored, 0), 1_000_000);
    assertThat(nothing.rows()).isZero();
    assertThat(nothing.differing()).isZero();
  }
}
