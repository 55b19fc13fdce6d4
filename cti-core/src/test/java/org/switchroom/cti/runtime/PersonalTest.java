package org.switchroom.cti.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.center.Replica;
import org.switchroom.cti.center.Snapshot;
import org.switchroom.cti.customer.Customer;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.TimelineEntry;
import org.switchroom.cti.event.CallEvent;
import org.switchroom.cti.event.CallEvent.CallArrived;
import org.switchroom.cti.event.ContactEvent;
import org.switchroom.cti.event.ContactEvent.ContactIdentified;
import org.switchroom.cti.event.ContactEvent.TaskOpened;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.history.HistoryFold;
import org.switchroom.cti.history.MemoryTables;
import org.switchroom.cti.history.Table;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.LedgerOptions;
import org.switchroom.cti.ledger.SnapshotStore;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.CallerName;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.personal.Personal;
import org.switchroom.cti.testkit.ContactLives;
import org.switchroom.cti.testkit.Forced;
import org.switchroom.cti.testkit.MemoryKeys;
import org.switchroom.cti.testkit.RandomValues;
import org.switchroom.ivr.Outcome.TrailEntry;

/// What is personal is in nobody's reach but under a key, and is gone with it; nothing else is.
class PersonalTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  /// What is always somebody's.
  private static final Set<Class<?>> PERSONAL =
      Set.of(
          PhoneNumber.class,
          CallerName.class,
          CustomerCard.class,
          Customer.class,
          TimelineEntry.class,
          TrailEntry.class);

  /// Our own numbers.
  private static final Set<String> OURS =
      Set.of(
          "CallArrived.dialed",
          "CallJoined.dialed",
          "CallMade.shown",
          "Call.dialed",
          "Arrival.dialed",
          "Task.dialed");

  @TempDir Path folder;

  private Ledger open() throws IOException {
    return Ledger.open(folder, LedgerOptions.DEFAULT, InstantSource.system());
  }

  // ── Which values ────────────────────────────────────────────────────────────────────────────

  @Test
  void whatIsAlwaysPersonalIsMarked() {
    var met = new HashSet<Type>();
    var unmarked = new TreeSet<String>();
    var marked = new TreeSet<String>();
    look(Event.class, met, marked, unmarked);
    look(Snapshot.class, met, marked, unmarked);
    unmarked.removeAll(OURS);
    assertThat(unmarked).isEmpty();
    assertThat(marked)
        .containsExactly(
            "Arrival.from",
            "Arrival.name",
            "Call.from",
            "CallArrived.from",
            "CallArrived.name",
            "CallJoined.from",
            "CallMade.from",
            "ConsultationBegan.number",
            "ConsultationBegan.why",
            "ContactIdentified.matches",
            "ContactParked.why",
            "ContactTransferred.why",
            "CustomerAsked.from",
            "CustomerAsked.name",
            "CustomerChosen.customer",
            "Draft.note",
            "Handover.why",
            "Identity.chosen",
            "Identity.matches",
            "Outbound.number",
            "ScriptResumed.resume",
            "ScriptWalk.answers",
            "ScriptWalk.path",
            "ScriptWalk.resume",
            "ScriptWalked.answers",
            "ScriptWalked.resume",
            "ScriptWalked.trail",
            "TalkEnded.to",
            "Task.customer",
            "Task.name",
            "Task.number",
            "Task.recording",
            "Ticket.customer",
            "Ticket.recording",
            "Ticket.subject");
  }

  private static void look(Type type, Set<Type> met, Set<String> marked, Set<String> unmarked) {
    if (!met.add(type)) return;
    if (type instanceof ParameterizedType with) {
      for (Type one : with.getActualTypeArguments()) look(one, met, marked, unmarked);
      return;
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isSealed()) RandomValues.kinds(plain).forEach(k -> look(k, met, marked, unmarked));
    if (!plain.isRecord()) return;
    for (RecordComponent one : plain.getRecordComponents()) {
      String name = plain.getSimpleName() + "." + one.getName();
      if (one.isAnnotationPresent(Personal.class)) {
        marked.add(name);
        continue;
      }
      if (PERSONAL.stream()
          .anyMatch(of -> one.getGenericType().getTypeName().contains(of.getName()))) {
        unmarked.add(name);
      }
      look(one.getGenericType(), met, marked, unmarked);
    }
  }

  // ── Under keys ──────────────────────────────────────────────────────────────────────────────

  /// Each kind: it can be told whose it is, it comes back whole, and erased it is empty.
  @Test
  void everyKindIsErasedToWhatItIsWithoutPersonalValues() throws Exception {
    long seed = System.nanoTime();
    var values = new RandomValues(new SplittableRandom(seed));
    for (Class<?> kind : RandomValues.kinds(Event.class)) {
      for (int i = 0; i < 20; i++) {
        var keys = new MemoryKeys();
        var codec = new TurnCodec(keys);
        var turn =
            new Turn(3, NOON, NOON, List.of((Event) values.of(kind), (Event) values.of(kind)));
        byte[] bytes = bytes(codec, turn);
        assertThat(codec.decode(3, bytes)).as("seed %d", seed).isEqualTo(turn);
        keys.destroyAll();
        Turn erased = codec.decode(3, bytes);
        assertThat(erased.events()).hasSize(2);
        assertThat(erased.events()).as("seed %d", seed).isEqualTo(bare(turn.events()));
        assertThat(new String(bytes(codec, erased), UTF_8)).doesNotContain("sealed");
      }
    }
  }

  private static byte[] bytes(TurnCodec codec, Turn turn) {
    var bytes = codec.encode(turn);
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }

  private static List<Event> bare(List<Event> events) {
    return events.stream()
        .map(
            one ->
                (Event) PersonalParts.of(one.getClass()).take(one, "", (path, part, value) -> {}))
        .toList();
  }

  /// What this build cannot read of a turn takes nothing from the rest.
  @Test
  void anUnknownEventLeavesTheOthersTheirs() throws Exception {
    var codec = new TurnCodec(new MemoryKeys(), _ -> {});
    CallArrived arrived = arrived(1, "+886223000001");
    var turn =
        new Turn(
            1,
            NOON,
            NOON,
            List.of(new CallEvent.ScriptBegan(arrived.call(), arrived.contact()), arrived));
    String text = new String(bytes(codec, turn), UTF_8).replace("ScriptBegan", "ScriptSung");
    assertThat(codec.decode(1, text.getBytes(UTF_8)).events()).containsExactly(arrived);
  }

  private static CallArrived arrived(int call, String from) {
    return new CallArrived(
        new CallId("17." + call),
        new ContactId("17." + call),
        new PhoneNumber(from),
        new PhoneNumber("8001"),
        NOON);
  }

  /// Words that are so long that what is sealed does not have them by chance.
  @Test
  void noPersonalValueOfADayStandsInAFileOfTheLedger() throws Exception {
    List<Turn> turns = ContactLives.turns(new SplittableRandom(4), NOON, 300, List.of(1L));
    write(turns);
    assertThat(files()).contains("persons", "snapshots");
    assertNothingOf(
        "+88622300",
        "Alice",
        "Torn cover",
        "sent on Monday",
        "second line",
        "\"40712\"",
        "r.wav",
        "林",
        "xxxxx");
  }

  private void write(List<Turn> turns) throws IOException {
    try (var ledger = open()) {
      var log = new LedgerLog(ledger);
      var replica = new Replica();
      var store = new SnapshotStore(folder.resolve("snapshots"), ledger.id());
      var snapshots = new SnapshotCodec(ledger.keys());
      for (Turn turn : turns) {
        replica.apply(log.append(turn));
        if (turn.number() % 500 == 0) {
          Forced.await(ledger);
          store.write(turn.number(), out -> snapshots.write(replica.snapshot(), out));
        }
      }
    }
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private void assertNothingOf(String... texts) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), UTF_8);
        for (String text : texts) {
          assertThat(bytes.contains(text)).as("%s in %s", text, file).isFalse();
        }
      }
    }
  }

  // ── Erased ──────────────────────────────────────────────────────────────────────────────────

  private List<Turn> read(Ledger ledger) throws IOException {
    try (var source = new LedgerTurns(ledger, new TurnCodec(ledger.keys()), false)) {
      var all = new ArrayList<Turn>();
      for (List<Turn> some = source.poll(500); !some.isEmpty(); some = source.poll(500)) {
        all.addAll(some);
      }
      return all;
    }
  }

  @Test
  void oneIsErasedAndEveryoneElseIsAsBefore() throws Exception {
    List<Turn> turns = ContactLives.turns(new SplittableRandom(5), NOON, 300, List.of(1L));
    write(turns);
    var gone = new PhoneNumber("+886223009999");
    Set<ContactId> theirs =
        turns.stream()
            .flatMap(turn -> turn.events().stream())
            .filter(
                one ->
                    one instanceof CallArrived a && a.from().equals(new PhoneNumber("+8862230077"))
                        || one instanceof TaskOpened t && t.task().number().equals("+8862230077"))
            .map(one -> one instanceof CallArrived a ? a.contact() : ((TaskOpened) one).contact())
            .collect(Collectors.toSet());
    assertThat(theirs).hasSize(1);
    try (var ledger = open()) {
      assertThat(read(ledger)).isEqualTo(turns);
      assertThat(ledger.keys().destroy(List.of(Persons.named(gone)))).as("nobody's").isZero();
      assertThat(ledger.keys().destroy(List.of(Persons.named(new PhoneNumber("+8862230077")))))
          .isEqualTo(1);
    }
    try (var ledger = open()) {
      List<Turn> now = read(ledger);
      assertThat(now).hasSameSizeAs(turns);
      for (int i = 0; i < turns.size(); i++) {
        List<Event> before = turns.get(i).events();
        List<Event> after = now.get(i).events();
        boolean ofThem =
            before.stream()
                .anyMatch(
                    one ->
                        one instanceof ContactEvent c && theirs.contains(c.contact())
                            || one instanceof CallEvent e && theirs.contains(e.contact()));
        assertThat(after).isEqualTo(ofThem ? bare(before) : before);
      }
      assertFiguresAreTheSame(turns, now);
      var store = new SnapshotStore(folder.resolve("snapshots"), ledger.id());
      var replica = new Replica();
      for (Turn turn : now) replica.apply(turn);
      Recovery.Found found = Recovery.snapshot(ledger, store);
      var fromSnapshot = new Replica();
      fromSnapshot.restore(found.snapshot());
      for (Turn turn : now) if (turn.number() > found.frame()) fromSnapshot.apply(turn);
      assertThat(fromSnapshot.snapshot()).isEqualTo(replica.snapshot());
    }
  }

  @Test
  void aFileOfKeysThatIsLostStopsNoStart() throws Exception {
    List<Turn> turns = ContactLives.turns(new SplittableRandom(7), NOON, 50, List.of(1L));
    write(turns);
    Files.delete(folder.resolve("persons"));
    try (var ledger = open()) {
      List<Turn> now = read(ledger);
      assertThat(now)
          .extracting(Turn::events)
          .isEqualTo(turns.stream().map(one -> bare(one.events())).toList());
      var replica = new Replica();
      now.forEach(replica::apply);
      new LedgerLog(ledger)
          .append(new Turn(0, NOON, NOON, List.of(arrived(1_000, "+886223001000"))));
      Forced.await(ledger);
      assertThat(read(ledger).getLast().events()).containsExactly(arrived(1_000, "+886223001000"));
    }
  }

  private static void assertFiguresAreTheSame(List<Turn> before, List<Turn> after) {
    var one = new MemoryTables();
    var other = new MemoryTables();
    before.forEach(turn -> one.apply(HistoryFold.changes(turn)));
    after.forEach(turn -> other.apply(HistoryFold.changes(turn)));
    assertThat(other.rows(Table.QUEUE_INTERVAL)).isEqualTo(one.rows(Table.QUEUE_INTERVAL));
    for (Table table : Table.values()) {
      assertThat(other.rows(table).keySet()).isEqualTo(one.rows(table).keySet());
    }
  }

  /// All that is known of who is live is in a snapshot; it is erased there too.
  @Test
  void aSnapshotThatIsWrittenIsErasedToo() throws Exception {
    var keys = new MemoryKeys();
    var codec = new SnapshotCodec(keys);
    List<Turn> turns = ContactLives.turns(new SplittableRandom(6), NOON, 300, List.of(1L));
    var replica = new Replica();
    Snapshot fullest = replica.snapshot();
    for (Turn turn : turns) {
      replica.apply(turn);
      if (replica.state().contacts().size() > fullest.contacts().size())
        fullest = replica.snapshot();
    }
    assertThat(fullest.contacts()).hasSizeGreaterThan(3);
    var out = new ByteArrayOutputStream();
    codec.write(fullest, out);
    assertThat(codec.read(new ByteArrayInputStream(out.toByteArray()))).isEqualTo(fullest);
    keys.destroyAll();
    Snapshot erased = codec.read(new ByteArrayInputStream(out.toByteArray()));
    assertThat(erased.contacts())
        .hasSameSizeAs(fullest.contacts())
        .allMatch(one -> one.arrival().from().hidden());
    assertThat(erased.calls()).allMatch(one -> one.from().hidden());
    var restored = new Replica();
    restored.restore(erased);
    assertThat(restored.snapshot()).isEqualTo(erased);
  }

  // ── Whose ───────────────────────────────────────────────────────────────────────────────────

  @Test
  void whatIsToldOfAContactIsItsNumbers() {
    var persons = new Persons();
    CallArrived arrived = arrived(1, "+886223000001");
    CallArrived hidden = arrived(2, "");
    assertThat(persons.of(arrived)).isEqualTo(Persons.named(new PhoneNumber("+886223000001")));
    assertThat(persons.of(new ContactIdentified(arrived.contact(), List.of())))
        .isEqualTo("number +886223000001");
    assertThat(persons.of(hidden)).isEqualTo("contact 17.2");
    assertThat(persons.of(new ContactIdentified(new ContactId("late"), List.of())))
        .isEqualTo("contact late");
  }
}
