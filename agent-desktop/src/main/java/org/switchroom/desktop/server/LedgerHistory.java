package org.switchroom.desktop.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.customer.BackOffice;
import org.switchroom.cti.customer.CustomerDirectory;
import org.switchroom.cti.event.CallEvent.CallArrived;
import org.switchroom.cti.event.CallEvent.CallJoined;
import org.switchroom.cti.event.ContactEvent;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.figures.DayFigures;
import org.switchroom.cti.history.HistoryGap;
import org.switchroom.cti.history.HistoryProjector;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.runtime.LedgerTurns;
import org.switchroom.cti.runtime.RunningEngine;
import org.switchroom.cti.runtime.TurnCodec;
import org.switchroom.cti.store.SqlHistoryStore;

/// The ledger's turns in the database, the figures of the day from there, and customers whose
/// history has grown read anew.
final class LedgerHistory
    implements RunningEngine.History, HistoryProjector.Listener, AutoCloseable {
  private static final int MOST_CALLERS = 50_000;

  /// For so long supervisors are told that the history lacks something.
  private static final Duration GAPS_SHOWN = Duration.ofDays(7);

  private final SqlHistoryStore store;
  private final BackOffice office;
  private final ZoneId zone;
  private final InstantSource wall;
  private final CustomerDirectory customers;
  private final Lacking lacks;
  private @Nullable HistoryProjector projector;

  /// Who calls in which contact. Those of an earlier run are not known, and not remembered wrongly
  /// either: the directory has just been opened.
  private final Cache<ContactId, PhoneNumber> callers =
      Caffeine.newBuilder()
          .maximumSize(MOST_CALLERS)
          .expireAfterAccess(Duration.ofHours(6))
          .build();

  /// Who is told what the history lacks.
  @FunctionalInterface
  interface Lacking {
    /// @param gaps the last first
    /// @param refused turns that the database did not take
    void is(List<HistoryGap> gaps, long refused);
  }

  LedgerHistory(Stores stores, ZoneId zone, InstantSource wall, Lacking lacks) {
    store = stores.history();
    office = stores.office();
    customers = stores.customers();
    this.zone = zone;
    this.wall = wall;
    this.lacks = lacks;
  }

  @Override
  public Begun begin(Ledger ledger) throws IOException {
    projector =
        new HistoryProjector(
            new LedgerTurns(ledger, new TurnCodec(ledger.keys()), true),
            store,
            Turn::toString,
            this,
            wall);
    tell();
    Instant now = wall.instant();
    return new Begun(
        new DayFigures(zone, now, store.figures(DayFigures.midnight(now, zone))),
        new Input.Kept(office.lastNumber(), office.openTasks()));
  }

  @Override
  public void lacks(HistoryGap gap) {
    tell();
  }

  @Override
  public void refused(Turn turn) {
    tell();
  }

  /// What the history lacks as it is now.
  void tell() {
    Instant since = wall.instant().minus(GAPS_SHOWN);
    lacks.is(
        store.gaps().stream().filter(gap -> gap.until().isAfter(since)).toList(), store.refused());
  }

  @Override
  public void projected(List<Turn> turns) {
    for (Turn turn : turns) {
      for (Event event : turn.events()) {
        switch (event) {
          case CallArrived arrived -> callers.put(arrived.contact(), arrived.from());
          case CallJoined joined -> callers.put(joined.contact(), joined.from());
          case ContactEvent.WrapUpDone e -> changed(e.contact());
          case ContactEvent.ContactClosed e -> changed(e.contact());
          case ContactEvent.CustomerChosen e -> changed(e.contact());
          case ContactEvent.SurveyAnswered e -> changed(e.contact());
          default -> {}
        }
      }
    }
  }

  private void changed(ContactId contact) {
    PhoneNumber from = callers.getIfPresent(contact);
    if (from != null) customers.changed(from);
  }

  /// Waits until the database has what is on the disk by now.
  void catchUpTo(Duration most) throws IOException {
    if (projector != null) projector.catchUpTo(most);
  }

  @Override
  public void close() {
    if (projector != null) projector.close();
  }
}
