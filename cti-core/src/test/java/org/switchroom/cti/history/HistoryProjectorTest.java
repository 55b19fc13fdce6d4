package org.switchroom.cti.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.event.CenterEvent.TimePassed;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.figures.FiguresFold;
import org.switchroom.cti.figures.QueueFigures;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.testkit.ContactLives;
import org.switchroom.cti.testkit.LogWatch;
import org.switchroom.cti.testkit.TurnList;

/// The ledger comes into the database, each turn once, whatever happens between.
class HistoryProjectorTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final Duration SOON = Duration.ofSeconds(10);

  private final TurnList ledger =
      new TurnList("ledger")
          .addAll(ContactLives.turns(new SplittableRandom(7), NOON, 200, List.of(1L)));
  private final List<Turn> projected = Collections.synchronizedList(new ArrayList<>());
  private final List<HistoryGap> lacking = Collections.synchronizedList(new ArrayList<>());
  private Database database;
  private SqlHistoryStore store;

  @BeforeEach
  void open() {
    database = Database.open(Database.inMemoryUrl("p-" + System.nanoTime()), "sa", "");
    store = new SqlHistoryStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private HistoryProjector projector(Projection projection) throws IOException {
    var listener =
        new HistoryProjector.Listener() {
          @Override
          public void projected(List<Turn> turns) {
            projected.addAll(turns);
          }

          @Override
          public void lacks(HistoryGap gap) {
            lacking.add(gap);
          }
        };
    return new HistoryProjector(
        ledger, projection, Turn::toString, listener, InstantSource.system());
  }

  private QueueFigures allOrders() {
    return store.figures(Instant.EPOCH).get(new QueueId("orders"));
  }

  private static QueueFigures ordersOf(List<Turn> turns) {
    QueueFigures sum = QueueFigures.NONE;
    for (Turn turn : turns) {
      for (var one : FiguresFold.counted(turn)) {
        if (one.queue().value().equals("orders")) sum = sum.plus(one.figures());
      }
    }
    return sum;
  }

  /// A database that does not always do what it should.
  private static class Faulty implements Projection {
    private final Projection real;

    Faulty(Projection real) {
      this.real = real;
    }

    @Override
    public long position(String ledger) {
      return real.position(ledger);
    }

    @Override
    public List<HistoryGap> project(List<Turn> turns, String ledger) {
      return real.project(turns, ledger);
    }

    @Override
    public List<HistoryGap> refuse(Turn turn, String said, String why, String ledger) {
      return real.refuse(turn, said, why, ledger);
    }

    @Override
    public String reason(RuntimeException fault) {
      return real.reason(fault);
    }

    @Override
    public List<HistoryGap> leaveOut(Turn turn, String ledger) {
      return real.leaveOut(turn, ledger);
    }

    @Override
    public boolean refuses(RuntimeException fault) {
      return false;
    }
  }

  @Test
  void whatTheLastRunHasLeftIsInTheDatabaseWhenAStartReturns() throws Exception {
    assertThat(ledger.last()).isGreaterThan(1_000);
    store.project(ledger.turns().subList(0, 300), "ledger");
    projector(store).close();
    assertThat(store.position("ledger")).isEqualTo(ledger.last());
    assertThat(allOrders()).isEqualTo(ordersOf(ledger.turns()));
    assertThat(projected).isEqualTo(ledger.turns().subList(300, ledger.turns().size()));
    assertThat(ledger.passed()).isEqualTo(ledger.last());
    assertThat(store.position("another")).isZero();
  }

  @Test
  void aCommitWhoseAnswerWasLostIsNotDoneAgain() throws Exception {
    var lost = new AtomicBoolean();
    var losesAnAnswer =
        new Faulty(store) {
          @Override
          public List<HistoryGap> project(List<Turn> turns, String name) {
            List<HistoryGap> gaps = super.project(turns, name);
            if (turns.getLast().number() > 2_000_000 && !lost.getAndSet(true)) {
              throw new IllegalStateException("the line broke after it");
            }
            return gaps;
          }
        };
    try (var projector = projector(losesAnAnswer)) {
      List<Turn> more =
          ContactLives.turns(new SplittableRandom(8), NOON, 20, List.of(1L)).stream()
              .map(turn -> turn.numbered(turn.number() + 2_000_000))
              .toList();
      ledger.addAll(more);
      projector.catchUpTo(SOON);
    }
    assertThat(lost).isTrue();
    assertThat(allOrders()).isEqualTo(ordersOf(ledger.turns()));
  }

  @Test
  void aDatabaseThatIsAwayIsSaidOnceAndCaughtUpWith() throws Exception {
    var away = new AtomicBoolean();
    var tries = new CountDownLatch(3);
    var sometimes =
        new Faulty(store) {
          @Override
          public List<HistoryGap> project(List<Turn> turns, String name) {
            if (away.get()) {
              tries.countDown();
              throw new IllegalStateException("connection refused");
            }
            return super.project(turns, name);
          }
        };
    try (var log = new LogWatch(HistoryProjector.class);
        var projector = projector(sometimes)) {
      away.set(true);
      Turn turn = ledger.add(NOON.plusSeconds(200_000), new TimePassed());
      assertThat(tries.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(projector.position()).isLessThan(turn.number());
      assertThatThrownBy(() -> projector.catchUpTo(Duration.ZERO)).hasMessageContaining("away");
      assertThat(log.said(Level.ERROR))
          .singleElement()
          .asString()
          .contains("waits for the database: connection refused");
      away.set(false);
      projector.catchUpTo(SOON);
    }
    assertThat(store.position("ledger")).isEqualTo(ledger.last());
  }

  @Test
  void whoIsStoppedWhileItIsAwayDoesNotWaitForIt() throws Exception {
    var away = new AtomicBoolean();
    var tried = new CountDownLatch(1);
    var goes =
        new Faulty(store) {
          @Override
          public List<HistoryGap> project(List<Turn> turns, String name) {
            if (away.get()) {
              tried.countDown();
              throw new IllegalStateException("connection refused");
            }
            return super.project(turns, name);
          }
        };
    var projector = projector(goes);
    away.set(true);
    ledger.add(NOON.plusSeconds(200_000), new TimePassed());
    assertThat(tried.await(10, TimeUnit.SECONDS)).isTrue();
    try (var log = new LogWatch(HistoryProjector.class)) {
      projector.close();
      assertThat(log.said(Level.WARN)).anyMatch(line -> line.contains("lacks 1 turns"));
    }
  }

  @Test
  void anOldCopyOfTheLedgerIsRefused() {
    store.leaveOut(ledger.turns().getLast().numbered(ledger.last() + 1), "ledger");
    assertThatThrownBy(() -> projector(store)).hasMessageContaining("old copy of the ledger");
  }

  @Test
  void turnsThatTheLedgerNoLongerKeepsAreAGapThatIsTold() throws Exception {
    List<Turn> all = ledger.turns();
    store.project(all.subList(0, 40), "ledger");
    ledger.forget(100);
    try (var log = new LogWatch(HistoryProjector.class)) {
      projector(store).close();
      assertThat(log.said(Level.ERROR))
          .singleElement()
          .asString()
          .contains(
              "lacks turns 41 to 100, from " + HistoryGap.moment(all.get(39).wall()) + " to ");
    }
    assertThat(store.position("ledger")).isEqualTo(ledger.last());
    assertThat(projected).isEqualTo(ledger.turns());
    var gap =
        new HistoryGap("ledger", 41, 100, Optional.of(all.get(39).wall()), all.get(100).wall());
    assertThat(lacking).containsExactly(gap);
    assertThat(store.gaps()).containsExactly(gap);
    projector(store).close();
    assertThat(store.gaps()).as("told once").containsExactly(gap);
  }

  @Test
  void aGapIsFoundAmongTurnsOfOneCommitAndBeforeTheFirst() {
    List<Turn> all = ledger.turns();
    var some = new ArrayList<>(all.subList(5, 10));
    some.addAll(all.subList(20, 30));
    assertThat(store.project(some, "ledger"))
        .containsExactly(
            new HistoryGap("ledger", 1, 5, Optional.empty(), all.get(5).wall()),
            new HistoryGap("ledger", 11, 20, Optional.of(all.get(9).wall()), all.get(20).wall()));
    assertThat(store.project(some, "ledger")).as("comes twice").isEmpty();
    Turn nowhere = all.get(40);
    assertThat(store.leaveOut(nowhere, "ledger"))
        .containsExactly(
            new HistoryGap("ledger", 31, 41, Optional.of(all.get(29).wall()), nowhere.wall()));
    assertThat(store.refuse(all.get(45), "said", "why", "ledger")).hasSize(1);
    assertThat(store.gaps()).hasSize(4);
    assertThat(store.position("ledger")).isEqualTo(46);
  }

  /// Another ledger's gaps are its own, and a refused turn is told where it is.
  @Test
  void aRefusedTurnBehindAGapIsNoPartOfIt() {
    List<Turn> all = ledger.turns();
    Turn bad = all.get(20);
    var gap = new HistoryGap("other", 1, 20, Optional.empty(), HistoryGap.moment(bad.wall()));
    store.project(all.subList(0, 10), "ledger");
    assertThat(store.refuse(bad, "said", "why", "other")).containsExactly(gap);
    assertThat(store.refuse(bad, "said", "why", "other")).as("twice").isEmpty();
    assertThat(store.project(all.subList(10, 30), "ledger")).isEmpty();
    assertThat(store.project(all.subList(21, 30), "other")).isEmpty();
    assertThat(store.gaps()).containsExactly(gap);
    assertThat(store.refused()).isOne();
    assertThat(List.of(store.position("ledger"), store.position("other"))).containsOnly(30L);
  }

  /// A rule of the fold that throws must not stop what comes after it for ever.
  @Test
  void aTurnThatCannotBeFoldedIsKeptToo() throws Exception {
    try (var projector = projector(store)) {
      ledger.addAll(List.of(new Turn(5_000_000, Instant.MAX, Instant.MIN, List.of())));
      ledger.add(NOON.plusSeconds(200_000), new TimePassed());
      projector.catchUpTo(SOON);
    }
    assertThat(store.position("ledger")).isEqualTo(5_000_001);
  }

  /// It is in the ledger, under the keys of persons.
  @Test
  void whatIsKeptNowhereIsToldWithoutWhatIsPersonal() throws Exception {
    var takesNothing =
        new Faulty(store) {
          @Override
          public List<HistoryGap> project(List<Turn> turns, String name) {
            throw new IllegalStateException("no");
          }

          @Override
          public List<HistoryGap> refuse(Turn turn, String said, String why, String name) {
            throw new IllegalStateException("no");
          }

          @Override
          public boolean refuses(RuntimeException fault) {
            return true;
          }
        };
    try (var log = new LogWatch(HistoryProjector.class)) {
      projector(takesNothing).close();
      assertThat(log.said(Level.ERROR)).anySatisfy(said -> assertThat(said).contains("not kept"));
      assertThat(log.said(Level.ERROR)).allSatisfy(said -> assertThat(said).hasSizeLessThan(200));
    }
    assertThat(store.position("ledger")).isEqualTo(ledger.last());
  }
}
