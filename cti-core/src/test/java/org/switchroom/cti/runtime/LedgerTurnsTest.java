package org.switchroom.cti.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.Customer;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.TimelineEntry;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.ContactEvent;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.history.HistoryGap;
import org.switchroom.cti.history.HistoryProjector;
import org.switchroom.cti.history.Recount;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.LedgerOptions;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.testkit.ContactLives;
import org.switchroom.cti.testkit.Forced;

/// A ledger's turns come into the database, also those of the last moment.
class LedgerTurnsTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  @TempDir Path folder;

  private Ledger open() throws IOException {
    return Ledger.open(
        folder,
        LedgerOptions.DEFAULT.withSegmentBytes(1 << 20).withWanted(Set.of(LedgerTurns.HISTORY)),
        InstantSource.system());
  }

  private static HistoryProjector projector(Ledger ledger, SqlHistoryStore store)
      throws IOException {
    return new HistoryProjector(
        new LedgerTurns(ledger, new TurnCodec(ledger.keys()), true),
        store,
        Turn::toString,
        _ -> {},
        InstantSource.system());
  }

  /// As a server that stops does it: first the ledger, then the history.
  @Test
  void whatWasWrittenBeforeAStopIsInTheDatabaseAfterIt() throws Exception {
    List<Turn> turns = ContactLives.turns(new SplittableRandom(1), NOON, 300, List.of(1L));
    try (var database = Database.open(Database.inMemoryUrl("l-" + System.nanoTime()), "sa", "")) {
      var store = new SqlHistoryStore(database);
      int from = 0;
      for (int stop : List.of(1, 2, 700, 701, turns.size())) {
        Ledger ledger = open();
        var log = new LedgerLog(ledger);
        var projector = projector(ledger, store);
        for (Turn turn : turns.subList(from, stop)) log.append(turn);
        ledger.close();
        projector.close();
        assertThat(store.position(ledger.id().toString())).isEqualTo(stop);
        from = stop;
      }
    }
  }

  /// A history that nobody could write for so long that the ledger had no more room for it.
  @Test
  void whatTheLedgerCouldNotKeepIsAGapAndStopsNothing() throws Exception {
    List<Turn> turns = ContactLives.turns(new SplittableRandom(4), NOON, 300, List.of(1L));
    var options =
        LedgerTurns.OF_A_CENTER
            .withSegmentBytes(16 << 10)
            .withMostBytes(64 << 10)
            .withForcing(LedgerOptions.Forcing.BY_THE_CALLER);
    try (var database = Database.open(Database.inMemoryUrl("l-" + System.nanoTime()), "sa", "")) {
      var store = new SqlHistoryStore(database);
      Ledger ledger = Ledger.open(folder, options, InstantSource.system());
      var log = new LedgerLog(ledger);
      for (Turn turn : turns) {
        log.append(turn);
        assertThat(log.healthy()).isTrue();
        ledger.passed(Ledger.SNAPSHOT, turn.number());
        if (turn.number() % 10 == 0) ledger.force();
      }
      ledger.close();
      long kept;
      try (var again = Ledger.open(folder, options, InstantSource.system())) {
        kept = again.firstKept();
        assertThat(kept).isBetween(100L, (long) turns.size());
        projector(again, store).close();
        assertThat(store.gaps())
            .containsExactly(
                new HistoryGap(
                    again.id().toString(),
                    1,
                    kept - 1,
                    Optional.empty(),
                    turns.get((int) kept - 1).wall()));
        assertThat(store.position(again.id().toString())).isEqualTo(turns.size());
        try (var source = new LedgerTurns(again, new TurnCodec(again.keys()), false)) {
          assertThat(store.asOfNow(rows -> Recount.of(source, rows)).differences()).isEmpty();
        }
      }
    }
  }

  @Test
  void aReaderThatFollowsSeesEveryTurnOnceAndInOrder() throws Exception {
    List<Turn> turns = ContactLives.turns(new SplittableRandom(2), NOON, 300, List.of(1L));
    try (var ledger = open()) {
      var log = new LedgerLog(ledger);
      var seen = new ArrayList<Turn>();
      try (var source = new LedgerTurns(ledger, new TurnCodec(ledger.keys()), true)) {
        for (Turn turn : turns) {
          log.append(turn);
          if (turn.number() % 100 == 0) seen.addAll(source.take(7));
        }
        while (seen.size() < turns.size()) seen.addAll(source.take(500));
        assertThat(seen).isEqualTo(turns);
        source.goOnAfter(1_000);
        assertThat(source.poll(3)).isEqualTo(turns.subList(1_000, 1_003));
      }
    }
  }

  /// The most that can come at once: ten customers of one number with the longest notes, and the
  /// configuration of a very large center.
  @Test
  void aTurnIsOneFrameHoweverLargeItIs() throws Exception {
    var note = "圖".repeat(4_000);
    var line = TimelineEntry.of(NOON, "call", "menu=1", "q", "ann", 9, 9, "ANSWERED", note);
    var matches = new ArrayList<CustomerCard>();
    for (int i = 1; i <= 10; i++) {
      var customer = Customer.of(i, "Caller " + i, "standard", "");
      matches.add(new CustomerCard(customer, List.of(), Collections.nCopies(12, line), "", 0));
    }
    var agents = new ArrayList<AgentId>();
    for (int i = 0; i < 10_000; i++)
      agents.add(new AgentId("agent.number.%d@a.mail.host".formatted(i)));
    var turn =
        new Turn(
            1,
            NOON,
            NOON,
            List.of(
                new CenterEvent.ConfigurationTaken(List.of(), agents, new QueueId("q")),
                new ContactEvent.ContactIdentified(new ContactId("c"), matches)));
    try (var ledger = open()) {
      assertThat(new LedgerLog(ledger).append(turn).number()).isEqualTo(1);
      try (var source = new LedgerTurns(ledger, new TurnCodec(ledger.keys()), false)) {
        assertThat(source.take(2)).containsExactly(turn);
      }
    }
  }

  @Test
  void aLedgerIsRecounted() throws Exception {
    List<Turn> turns = ContactLives.turns(new SplittableRandom(3), NOON, 300, List.of(1L));
    try (var database = Database.open(Database.inMemoryUrl("l-" + System.nanoTime()), "sa", "");
        var ledger = open()) {
      var store = new SqlHistoryStore(database);
      var log = new LedgerLog(ledger);
      try (var projector = projector(ledger, store)) {
        turns.forEach(log::append);
        Forced.await(ledger);
        projector.catchUpTo(Duration.ofSeconds(20));
      }
      try (var source = new LedgerTurns(ledger, new TurnCodec(ledger.keys()), false)) {
        Recount.Result result = store.asOfNow(rows -> Recount.of(source, rows));
        assertThat(result.differences()).isEmpty();
        assertThat(result.turns()).isEqualTo(turns.size());
      }
    }
  }
}
