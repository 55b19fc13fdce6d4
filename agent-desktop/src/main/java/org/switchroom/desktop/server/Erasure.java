package org.switchroom.desktop.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.audio.TalkFolder;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.PersonKeys;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.RecordingId;
import org.switchroom.cti.runtime.Persons;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlErasure;
import org.switchroom.cti.store.SqlErasure.Found;
import org.switchroom.desktop.settings.IvrSettings;
import org.switchroom.desktop.settings.Settings;

/// Erases a person: their keys, on which all hangs that the ledger and its snapshots tell of them;
/// then the messages they have left and the recordings of their talks; then what the database has.
/// Broken off in between, it is done again and finds what is left.
public final class Erasure {
  /// Who is to be erased.
  public sealed interface Who {
    String NUMBER = "number ";
    String CUSTOMER = "customer ";

    record ByNumber(PhoneNumber number) implements Who {
      @Override
      public String toString() {
        return NUMBER + number;
      }
    }

    record ByAccount(String account) implements Who {
      @Override
      public String toString() {
        return CUSTOMER + account;
      }
    }

    /// What `toString` has made of one.
    static Optional<Who> of(String text) {
      if (text.startsWith(NUMBER)) {
        return Optional.of(new ByNumber(PhoneNumber.of(text.substring(NUMBER.length()))));
      }
      return text.startsWith(CUSTOMER)
          ? Optional.of(new ByAccount(text.substring(CUSTOMER.length())))
          : Optional.empty();
    }
  }

  private final SqlErasure sql;
  private final Optional<PersonKeys> keys;
  private final Optional<Path> recordings;
  private final Optional<TalkFolder> talks;

  /// @param region where numbers without a country code belong
  /// @param keys empty: there is no ledger
  /// @param recordings the folder of messages; empty: nothing is recorded
  /// @param talks where recordings of talks are; empty: nowhere
  Erasure(
      Database database,
      String region,
      Optional<PersonKeys> keys,
      Optional<Path> recordings,
      Optional<TalkFolder> talks) {
    sql = new SqlErasure(database, new Numbers(region));
    this.keys = keys;
    this.recordings = recordings;
    this.talks = talks;
  }

  /// As the settings have it.
  ///
  /// @param ledger empty: there is none
  public static Erasure of(Settings settings, Database database, Optional<Ledger> ledger)
      throws IOException {
    return new Erasure(
        database,
        settings.region(),
        ledger.isEmpty() ? Optional.empty() : Optional.of(ledger.get().keys()),
        settings.ivr().recordings().map(IvrSettings.Sound::folder),
        settings.callRecordings().map(one -> new TalkFolder(one.folder(), settings.zone())));
  }

  /// For the audit.
  public static Input.Note note(String about) {
    return new Input.Note(System.getProperty("user.name", "server"), Deed.ERASED_PERSON, about);
  }

  /// The database has to have all that the ledger tells of them.
  ///
  /// @param note for the audit, before anything is erased: nothing of the person is in it
  /// @param said is told what was done
  /// @return what there was of them
  /// @throws StartFault when nobody is known by it, they are in contact now, or others have the
  ///   same number; nothing is done then
  /// @throws IOException when the disk does not take it: it may be half done, and can be done again
  public Found run(Who who, Instant now, Consumer<String> note, Consumer<String> said)
      throws IOException {
    Found found = find(who, now);
    refuse(who, found);
    String about =
        "%d contacts, %d customers".formatted(found.contacts().size(), found.customers().size());
    if (!found.isNothing()) note.accept(about);
    int destroyed = keys.isEmpty() ? 0 : keys.get().destroy(names(found));
    if (found.isNothing()) {
      if (destroyed == 0) throw unknown(who);
      note.accept(about);
    }
    int deleted = delete(found);
    long rows = sql.erase(found);
    said.accept(
        "Erased: %s; %d keys, %d recordings, %d rows.".formatted(about, destroyed, deleted, rows));
    if (!found.others().isEmpty()) {
      said.accept(
          "Customers who had the number and are known by others too stay: "
              + String.join(", ", found.others()));
    }
    said.accept("Backups that were written before still have them.");
    return found;
  }

  private Found find(Who who, Instant now) {
    return switch (who) {
      case Who.ByNumber(var number) -> sql.byNumber(number, now);
      case Who.ByAccount(var account) ->
          sql.byAccount(account, now).orElseThrow(() -> unknown(who));
    };
  }

  private static StartFault unknown(Who who) {
    return new StartFault(
        "Nothing is known of %s. Maybe it is written otherwise, or erased already.".formatted(who));
  }

  private static void refuse(Who who, Found found) {
    if (!found.live().isEmpty()) {
      throw new StartFault(
          ("They are in contact now: %s. Nothing was erased. Wait until it has ended and is wrapped"
                  + " up; messages and callbacks have to be done.")
              .formatted(String.join(", ", found.live())));
    }
    if (who instanceof Who.ByAccount && !found.others().isEmpty()) {
      throw new StartFault(
          ("Other customers are known by their numbers (%s) too: %s. Nothing was erased, because"
                  + " whose calls they are cannot be told. Maybe erase a number, and all calls from"
                  + " it.")
              .formatted(String.join(", ", found.numbers()), String.join(", ", found.others())));
    }
  }

  private static List<String> names(Found found) {
    var names = new ArrayList<String>();
    found.numbers().forEach(number -> names.add(Persons.named(new PhoneNumber(number))));
    found.contacts().forEach(contact -> names.add(Persons.named(new ContactId(contact))));
    found.calls().forEach(call -> names.add(Persons.namedCall(call)));
    return names;
  }

  /// Only the name counts: where the PBX sees the folder is not where we do.
  private int delete(Found found) throws IOException {
    int deleted = 0;
    for (String talk : found.talks()) {
      boolean there = RecordingId.isOne(talk) && talks.isPresent();
      if (there && talks.get().delete(new RecordingId(talk))) deleted++;
    }
    if (recordings.isEmpty()) return deleted;
    for (String recording : found.recordings()) {
      Path name = Path.of(recording).getFileName();
      if (name != null && Files.deleteIfExists(recordings.get().resolve(name))) deleted++;
    }
    return deleted;
  }
}
