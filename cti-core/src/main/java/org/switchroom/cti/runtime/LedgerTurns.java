package org.switchroom.cti.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.history.TurnSource;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.LedgerOptions;
import org.switchroom.cti.ledger.LedgerReader;
import org.switchroom.cti.ledger.LedgerReader.Next;

/// A ledger's frames as turns, for who reads only what is on the disk.
public final class LedgerTurns implements TurnSource {
  private static final Logger log = LoggerFactory.getLogger(LedgerTurns.class);

  /// What the history is called where a ledger keeps files for it ([Ledger#passed]).
  public static final String HISTORY = "history";

  /// A center's ledger: what no snapshot has yet is never lost, and a history that is too far
  /// behind stops nothing.
  public static final LedgerOptions OF_A_CENTER =
      LedgerOptions.DEFAULT.withRequired(Set.of(Ledger.SNAPSHOT)).withWanted(Set.of(HISTORY));

  private final Ledger ledger;
  private final LedgerReader reader;
  private final TurnCodec codec;
  private final boolean wanted;

  /// @param wanted whether the ledger keeps its files until they are [#passed], while it has room
  public LedgerTurns(Ledger ledger, TurnCodec codec, boolean wanted) {
    this.ledger = ledger;
    this.codec = codec;
    this.wanted = wanted;
    reader = ledger.reader(1, LedgerReader.Sees.FORCED);
  }

  @Override
  public String ledger() {
    return ledger.id().toString();
  }

  @Override
  public long last() {
    return ledger.lastForced();
  }

  @Override
  public void goOnAfter(long turn) throws IOException {
    reader.go(turn + 1);
  }

  @Override
  public List<Turn> take(int most) throws IOException, InterruptedException {
    while (true) {
      long from = reader.position();
      Next first = reader.take();
      if (first instanceof Next.Closed) return List.of();
      List<Turn> turns = turns(first, from, most);
      if (!turns.isEmpty()) return turns;
    }
  }

  @Override
  public List<Turn> poll(int most) throws IOException {
    long from = reader.position();
    return turns(reader.poll(), from, most);
  }

  /// What cannot be read is met again the next time, and what stands before it is not lost.
  private List<Turn> turns(Next first, long from, int most) throws IOException {
    var turns = new ArrayList<Turn>();
    try {
      for (Next next = first; ; next = reader.poll()) {
        switch (next) {
          case Next.Frame frame -> turns.add(codec.decode(frame.number(), frame.payload()));
          case Next.Gap _ -> {}
          case Next.UpToDate _, Next.Closed _ -> {
            return turns;
          }
        }
        if (turns.size() == most) return turns;
      }
    } catch (IOException e) {
      reader.go(from);
      throw e;
    }
  }

  @Override
  public void passed(long turn) {
    if (wanted) ledger.passed(HISTORY, turn);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      log.warn("The ledger's reader is not closed cleanly: {}", e.toString());
    }
  }
}
