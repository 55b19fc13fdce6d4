package org.switchroom.desktop;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.history.HistoryProjector;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.LedgerReader;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.runtime.LedgerLog;
import org.switchroom.cti.runtime.LedgerTurns;
import org.switchroom.cti.runtime.TurnCodec;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.desktop.server.Control;
import org.switchroom.desktop.server.Erasure;
import org.switchroom.desktop.server.StartFault;
import org.switchroom.desktop.settings.Settings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Erases a person who called, in the ledger and the database.
@Command(
    name = "erase",
    description = {
      "Erases a person: what the ledger, its snapshots and the database have of them; while the"
          + " server runs or not.",
      "Times, outcomes and figures stay. Backups that were written before are not changed."
    },
    mixinStandardHelpOptions = true)
final class EraseCommand implements Callable<Integer> {
  private static final Duration CATCHES_UP = Duration.ofMinutes(10);

  @Mixin private ConfigurationFile config;

  @ArgGroup(multiplicity = "1")
  private OneOf choice;

  private static final class OneOf {
    @Option(
        names = "--number",
        paramLabel = "NUMBER",
        description = "whoever calls from it, such as +886223000001")
    private @Nullable String number;

    @Option(
        names = "--customer",
        paramLabel = "ACCOUNT",
        description = "a customer, with all numbers they have or have called from")
    private @Nullable String account;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = config.load();
    Erasure.Who who = who();
    Consumer<String> said = System.out::println;
    boolean byServer =
        settings.ledger().isPresent() && Control.erase(settings.ledger().get(), who, said);
    if (!byServer) here(settings, who, said);
    return 0;
  }

  private Erasure.Who who() {
    if (choice.account != null) return new Erasure.Who.ByAccount(choice.account.strip());
    // One of them was given.
    PhoneNumber number = PhoneNumber.of(requireNonNull(choice.number));
    if (number.hidden()) throw new StartFault(choice.number + " is no number.");
    return new Erasure.Who.ByNumber(number);
  }

  private static void here(Settings settings, Erasure.Who who, Consumer<String> said)
      throws IOException {
    try (var database = ServeCommand.open(settings.database())) {
      if (settings.ledger().isEmpty()) {
        Erasure.of(settings, database, Optional.empty()).run(who, Instant.now(), _ -> {}, said);
        return;
      }
      try (var ledger = open(settings.ledger().get());
          var history = history(ledger, database)) {
        history.catchUpTo(CATCHES_UP);
        var log = new LedgerLog(ledger);
        Erasure.of(settings, database, Optional.of(ledger))
            .run(who, Instant.now(), about -> log.append(turn(ledger, about)), said);
        awaitForced(ledger);
        history.catchUpTo(CATCHES_UP);
      }
    }
  }

  private static Ledger open(Path folder) throws IOException {
    return Ledger.open(folder, LedgerTurns.OF_A_CENTER, InstantSource.system());
  }

  private static HistoryProjector history(Ledger ledger, Database database) throws IOException {
    return new HistoryProjector(
        new LedgerTurns(ledger, new TurnCodec(ledger.keys()), true),
        new SqlHistoryStore(database),
        Turn::toString,
        _ -> {},
        InstantSource.system());
  }

  /// As the engine would, at the time at which it stopped.
  private static Turn turn(Ledger ledger, String about) {
    Instant wall = Instant.now();
    Input.Note note = Erasure.note(about);
    return new Turn(
        0,
        last(ledger).orElse(wall),
        wall,
        List.of(new Noted(note.who(), note.what(), note.about())));
  }

  private static Optional<Instant> last(Ledger ledger) {
    long last = ledger.lastWritten();
    if (last == 0) return Optional.empty();
    try (var reader = ledger.reader(last, LedgerReader.Sees.WRITTEN)) {
      return reader.poll() instanceof LedgerReader.Next.Frame frame
          ? Optional.of(new TurnCodec(ledger.keys()).decode(frame.number(), frame.payload()).at())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitForced(Ledger ledger) {
    var forced = new CountDownLatch(1);
    ledger.whenForced(ledger.lastAppended(), forced::countDown);
    try {
      if (forced.await(CATCHES_UP.toSeconds(), TimeUnit.SECONDS)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StartFault("They are erased, but the audit's note is not on the disk.");
  }
}
