package org.switchroom.cti.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.BlockList;
import org.switchroom.cti.customer.BlockedCaller;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.CustomerDirectory;
import org.switchroom.cti.customer.CustomerSearch;
import org.switchroom.cti.customer.FoundCustomer;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.customer.Order;
import org.switchroom.cti.customer.Ticket;
import org.switchroom.cti.customer.TimelineEntry;
import org.switchroom.cti.customer.TypedText;
import org.switchroom.cti.customer.UnsavedCustomer;
import org.switchroom.cti.event.CallEvent;
import org.switchroom.cti.event.CallEvent.CallArrived;
import org.switchroom.cti.event.CallEvent.CallEnded;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.CenterEvent.TicketOpened;
import org.switchroom.cti.event.ContactEvent;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.ContactQueued;
import org.switchroom.cti.event.ContactEvent.CustomerChosen;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.PauseCause;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.event.RecordingEnd;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.event.WrapUpEnd;
import org.switchroom.cti.figures.QueueFigure;
import org.switchroom.cti.figures.QueueFigures;
import org.switchroom.cti.history.AuditTrail;
import org.switchroom.cti.history.Column;
import org.switchroom.cti.history.HistoryFold;
import org.switchroom.cti.history.HistoryProjector;
import org.switchroom.cti.history.MemoryTables;
import org.switchroom.cti.history.Recount;
import org.switchroom.cti.history.Table;
import org.switchroom.cti.history.TalkIndex;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.LedgerOptions;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.RecordingId;
import org.switchroom.cti.runtime.LedgerLog;
import org.switchroom.cti.runtime.LedgerTurns;
import org.switchroom.cti.runtime.Persons;
import org.switchroom.cti.runtime.TurnCodec;
import org.switchroom.cti.task.Task;
import org.switchroom.cti.testkit.ContactLives;
import org.switchroom.cti.testkit.Forced;
import org.switchroom.cti.testkit.LogWatch;
import org.switchroom.cti.testkit.TurnList;
import org.switchroom.ivr.Outcome.TrailEntry;
import org.switchroom.ivr.speech.Language;

/// What every database must do. H2 and a real PostgreSQL both pass it.
abstract class StoreContract {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private static final ContactId CALL = new ContactId("1700000000.1");
  private static final AgentId ANN = new AgentId("ann");

  @TempDir Path folder;

  /// The database of this test; opened again, it is the same one.
  abstract Database open();

  private static CustomerSeed.Entry entry(String account, String name, String number) {
    return new CustomerSeed.Entry(
        account,
        name,
        "",
        "gold",
        "zh-Hant",
        List.of(number),
        List.of(new CustomerSeed.PastEvent(NOON.minusSeconds(60), "order", "Order #1")));
  }

  private static final QueueId ORDERS = new QueueId("orders");

  /// A call of five seconds' script, a wait, and perhaps a talk; all told at noon and 90 seconds.
  ///
  /// @param answered seconds after noon; 0: given up
  private static List<Event> call(String id, Optional<CustomerCard> customer, int answered) {
    var contact = new ContactId(id);
    var call = new CallId(id);
    Instant ended = NOON.plusSeconds(90);
    var events = new ArrayList<Event>();
    events.add(
        new CallArrived(
            call, contact, new PhoneNumber("+886223000001"), new PhoneNumber("8001"), NOON));
    customer.ifPresent(
        card -> events.add(new ContactEvent.ContactIdentified(contact, List.of(card))));
    events.add(walked(contact, "queued", "b", List.of("menu/a:1", "menu/b:next")));
    events.add(
        new ContactQueued(contact, 1, ORDERS, NOON.plusSeconds(5), QueueRequest.of(ORDERS), 0));
    if (answered == 0) {
      events.add(
          new ContactLeft(contact, 1, ORDERS, StayEnd.ABANDONED, Duration.ofSeconds(85), false));
    } else {
      Instant at = NOON.plusSeconds(answered);
      Duration waited = Duration.ofSeconds(answered - 5);
      events.add(
          new ContactAnswered(
              contact,
              1,
              ORDERS,
              Optional.empty(),
              ANN,
              Optional.empty(),
              at,
              waited,
              waited.toSeconds() <= 20));
      events.add(
          new TalkEnded(contact, 1, ORDERS, ANN, at, ended, Duration.ZERO, TalkEnd.CALLER_LEFT));
    }
    events.add(new CallEnded(call, contact, ended, true));
    events.add(
        new ContactClosed(
            contact, answered == 0 ? ContactOutcome.ABANDONED : ContactOutcome.ANSWERED, ended));
    return events;
  }

  private static ContactEvent.ScriptWalked walked(
      ContactId contact, String ending, String last, List<String> edges) {
    return new ContactEvent.ScriptWalked(
        contact,
        "menu",
        1,
        ending,
        last,
        edges,
        List.of(new TrailEntry("menu", "1")),
        Map.of(),
        Language.EN,
        Optional.empty(),
        "");
  }

  private static WrapUpDone said(String contact, String disposition, String note) {
    return new WrapUpDone(
        new ContactId(contact),
        1,
        ORDERS,
        ANN,
        NOON.plusSeconds(90),
        WrapUpEnd.SAID,
        new Draft(disposition, note));
  }

  private static void project(Database database, List<Event> events) {
    new SqlHistoryStore(database)
        .project(
            List.of(new Turn(1, NOON.plusSeconds(90), NOON.plusSeconds(90), events)),
            "ledger-" + events.hashCode());
  }

  @Test
  void customersAreFoundByEveryFormOfTheirNumberAndByAccount() throws Exception {
    try (var database = open()) {
      new CustomerSeed(database)
          .write(
              List.of(
                  entry("1042", "林雅婷", "+886223000001"), entry("1043", "林志明", "+886223000001")));
      try (var directory =
          new CustomerDirectory(new SqlCustomerStore(database), new Numbers("TW"))) {
        assertThat(directory.byNumber(PhoneNumber.of("0223000001")).get())
            .extracting(card -> card.customer().name())
            .containsExactly("林雅婷", "林志明");
        assertThat(directory.byNumber(PhoneNumber.of("+886 2 2300-0001")).get()).hasSize(2);
        assertThat(directory.byNumber(PhoneNumber.of("anonymous")).get()).isEmpty();
        assertThat(directory.byAccount("1043").get()).hasSize(1);
        assertThat(directory.byAccount("' OR 1=1 --").get()).isEmpty();
        CustomerCard created =
            directory.create(CALL, ANN, "New", PhoneNumber.of("0223000009")).get();
        assertThat(created.numbers()).containsExactly("+886223000009");
        assertThat(directory.byNumber(PhoneNumber.of("0223000009")).get()).containsExactly(created);
      }
    }
  }

  private static CustomerSeed.Entry entry(
      String account, String name, String organisation, String number, String order) {
    return new CustomerSeed.Entry(
        account,
        name,
        organisation,
        "standard",
        "",
        "",
        List.of(number),
        List.of(),
        List.of(
            new Order(
                order,
                0,
                LocalDate.of(2026, 1, 5),
                "sent",
                Optional.empty(),
                "1250 TWD",
                "A book")));
  }

  private static List<String> found(Database database, String typed) {
    return CustomerSearch.of(typed, new Numbers("TW"))
        .map(search -> new SqlCustomerStore(database).find(search, 5))
        .orElseThrow()
        .stream()
        .map(FoundCustomer::name)
        .toList();
  }

  @Test
  void customersAreFoundByWhatPeopleTypeAndNothingInItIsAWildcard() throws Exception {
    try (var database = open()) {
      new CustomerSeed(database)
          .write(
              List.of(
                  entry("1042", "林雅婷", "", "+886223000001", "B-1001"),
                  entry("104", "Chen Mei", "100%_Tea!", "+886912345678", "1002"),
                  entry("2042", "ＡＢＣ Tools", "", "1001", "1003")));
      for (String typed : List.of("林", "雅婷", "1042", "b-1001", "B-1001")) {
        assertThat(found(database, typed)).as(typed).containsExactly("林雅婷");
      }
      for (String typed :
          List.of("+886 2 2300-0001", "(02) 2300 0001", "2300-0001", "02 2300", "+886 2 23")) {
        assertThat(found(database, typed)).as(typed).containsExactly("林雅婷");
      }
      for (String typed : List.of("chen", "N M", "0912-345 678", "０９１２３４５６７８", "100%_t", "a!")) {
        assertThat(found(database, typed)).as(typed).containsExactly("Chen Mei");
      }
      assertThat(found(database, "104")).as("this account first").startsWith("Chen Mei", "林雅婷");
      assertThat(found(database, "ＡＢＣ")).containsExactly("ＡＢＣ Tools");
      assertThat(found(database, "1001")).as("an extension, no order").contains("ＡＢＣ Tools");
      for (String typed : List.of("%%", "__", "!!", "' OR 1=1 --", "+1", "%雅%", "1002%")) {
        assertThat(found(database, typed)).as(typed).isEmpty();
      }
    }
  }

  @Test
  void ofEachCustomerTheFirstNumbersAreThere() throws Exception {
    try (var database = open()) {
      var store = new SqlCustomerStore(database);
      new CustomerSeed(database)
          .write(
              List.of(
                  new CustomerSeed.Entry(
                      "1", "Lin", "", "gold", "", List.of("+88633", "+88611", "+88622"), List.of()),
                  new CustomerSeed.Entry("2", "Chen", "", "gold", "", List.of(), List.of())));
      long lin = store.byAccount("1").orElseThrow().customer().id();
      long chen = store.byAccount("2").orElseThrow().customer().id();
      assertThat(store.numbers(List.of(lin, chen), 2))
          .containsExactly(Map.entry(lin, List.of("+88611", "+88622")));
      assertThat(store.numbers(List.of(), 2)).isEmpty();
    }
  }

  /// A log has the fault, and nothing of the customer.
  @Test
  void aFaultsWordsAreWithoutTheValues() throws Exception {
    try (var database = open()) {
      database.jdbi().useHandle(handle -> handle.execute("ALTER TABLE customer RENAME TO other"));
      assertThatThrownBy(() -> found(database, "Chen Mei"))
          .satisfies(fault -> assertThat(fault.toString().toLowerCase()).doesNotContain("chen"));
    }
  }

  @Test
  void nobodyIsFoundWhoWasErasedAndNoMoreThanAskedFor() throws Exception {
    try (var database = open()) {
      new CustomerSeed(database)
          .write(
              IntStream.range(0, 10_000)
                  .mapToObj(
                      i -> entry("%05d".formatted(i), "Somebody " + i, "+8862%08d".formatted(i)))
                  .toList());
      assertThat(found(database, "body 99")).hasSize(5);
      assertThat(found(database, "0299999999")).isEmpty();
      assertThat(found(database, "0200007777")).containsExactly("Somebody 7777");
      var erasure = new SqlErasure(database, new Numbers("TW"));
      erasure.erase(erasure.byAccount("07777", NOON).orElseThrow());
      for (String typed : List.of("0200007777", "Somebody 7777", "07777")) {
        assertThat(found(database, typed)).as(typed).isEmpty();
      }
    }
  }

  @Test
  void aCustomerIsWrittenDownOnceForACallAndAnAgent() throws Exception {
    try (var database = open();
        var directory = new CustomerDirectory(new SqlCustomerStore(database), new Numbers("TW"))) {
      var from = PhoneNumber.of("0223000009");
      assertThat(directory.byNumber(from).get()).isEmpty();
      var asked =
          IntStream.range(0, 16)
              .mapToObj(i -> directory.create(CALL, ANN, "Chen " + i, from))
              .toList();
      CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
      CustomerCard chen = asked.getFirst().get();
      assertThat(asked).extracting(CompletableFuture::get).containsOnly(chen);
      assertThat(directory.byNumber(from).get()).containsExactly(chen);

      assertThat(directory.create(CALL, new AgentId("ben"), "Wu", from).get())
          .as("another agent may know better")
          .isNotEqualTo(chen);
      var hidden = PhoneNumber.of("anonymous");
      CustomerCard unnumbered = directory.create(new ContactId("c2"), ANN, "Wu", hidden).get();
      assertThat(unnumbered.numbers()).isEmpty();
      assertThat(directory.create(new ContactId("c2"), ANN, "Wu", hidden).get())
          .isEqualTo(unnumbered);
    }
    try (var again = open()) {
      assertThat(new SqlCustomerStore(again).byNumber("+886223000009"))
          .as("also after a start of the server")
          .hasSize(2);
      var chen = new UnsavedCustomer(CALL.value(), "ann", "Chen", "+886223000009");
      assertThat(new SqlCustomerStore(again).create(chen).customer().name()).startsWith("Chen ");
      assertThat(new SqlCustomerStore(again).byNumber("+886223000009")).hasSize(2);
    }
  }

  /// What a keyboard or a hostile desk can send: PostgreSQL refuses some of it.
  private static String everything() {
    var text = new StringBuilder("a");
    for (char c = 0; c <= 0xA0; c++) text.append(c);
    return text.append("\uD83D\uDCDE z\uDC00\uD83D").toString();
  }

  @Test
  void whatIsTypedIsKeptAsItWasTaken() throws Exception {
    String name = TypedText.line(everything());
    String note = TypedText.lines(everything());
    try (var database = open()) {
      var customers = new SqlCustomerStore(database);
      var typed = new UnsavedCustomer(CALL.value(), "ann", name, "+88622");
      long id = customers.create(typed).customer().id();
      var events = call("c1", customers.byId(id), 10);
      events.add(said("c1", "other", note));
      project(database, events);
      CustomerCard card = customers.byId(id).orElseThrow();
      assertThat(card.customer().name()).isEqualTo(name);
      assertThat(card.timeline()).extracting(TimelineEntry::note).containsExactly(note);
    }
  }

  @Test
  void theHistoryWritesItselfIntoTheTimeline() throws Exception {
    try (var database = open()) {
      new CustomerSeed(database).write(List.of(entry("1042", "林雅婷", "+886223000001")));
      var customers = new SqlCustomerStore(database);
      CustomerCard card = customers.byAccount("1042").orElseThrow();
      var events = call("c1", Optional.of(card), 10);
      events.add(said("c1", "refund", "sent"));
      var ledger = new TurnList("ledger");
      try (var projector =
          new HistoryProjector(
              ledger,
              new SqlHistoryStore(database),
              Turn::toString,
              _ -> {},
              InstantSource.system())) {
        ledger.add(NOON.plusSeconds(95), events.toArray(Event[]::new));
        projector.catchUpTo(Duration.ofSeconds(10));
      }
      CustomerCard after = customers.byId(card.customer().id()).orElseThrow();
      assertThat(after.lastAgent()).isEqualTo("ann");
      assertThat(after.timeline())
          .containsExactly(
              new TimelineEntry(
                  NOON,
                  "call",
                  "refund",
                  "orders",
                  "ann",
                  80,
                  5,
                  "ANSWERED",
                  "sent",
                  "Call 1:20 with ann, refund: sent; waited 0:05",
                  List.of(),
                  "+886223000001"),
              new TimelineEntry(NOON.minusSeconds(60), "order", "Order #1"));
    }
  }

  /// What stands in the history of a recording, found by its name and by its contact.
  @Test
  void recordedTalksAreFound() throws Exception {
    try (var database = open()) {
      var index = new SqlTalkIndex(database);
      var contact = new ContactId("17.1");
      var call = new CallId("17.1");
      var id = new RecordingId("17.1-" + NOON.toEpochMilli());
      var ledger = new TurnList("talks");
      try (var projector =
          new HistoryProjector(
              ledger,
              new SqlHistoryStore(database),
              Turn::toString,
              _ -> {},
              InstantSource.system())) {
        var from = new PhoneNumber("+886223000001");
        ledger.add(
            NOON, new CallEvent.CallArrived(call, contact, from, new PhoneNumber("8001"), NOON));
        ledger.add(NOON, new CallEvent.RecordingBegan(call, contact, id, "orders"));
        ledger.add(
            NOON.plusSeconds(10),
            new CallEvent.RecordingPaused(
                call, contact, id, PauseCause.ASKED, "ann", Optional.empty()));
        projector.catchUpTo(Duration.ofSeconds(10));
        assertThat(index.goesOn(id, NOON.plusSeconds(20))).isTrue();
        assertThat(index.goesOn(id, NOON.plus(Duration.ofDays(2)))).isFalse();
        ledger.add(NOON.plusSeconds(20), new CallEvent.RecordingResumed(call, contact, id, "ann"));
        ledger.add(
            NOON.plusSeconds(60),
            new CallEvent.RecordingEnded(call, contact, id, RecordingEnd.TALK_OVER));
        projector.catchUpTo(Duration.ofSeconds(10));
      }
      assertThat(index.goesOn(id, NOON.plusSeconds(61))).isFalse();
      var talk =
          new TalkIndex.RecordedTalk(
              id,
              contact,
              "orders",
              NOON,
              Optional.of(NOON.plusSeconds(60)),
              List.of(
                  new TalkIndex.Silence(NOON.plusSeconds(10), Optional.of(NOON.plusSeconds(20)))));
      assertThat(index.find(id)).contains(talk);
      assertThat(index.of(contact)).containsExactly(talk);
      for (String about : List.of("", "+88622", "ORDERS", "17.1")) {
        assertThat(search(index, about, Optional.empty()))
            .as(about)
            .extracting(TalkIndex.FoundTalk::recording, TalkIndex.FoundTalk::from)
            .containsExactly(tuple(id, "+886223000001"));
      }
      assertThat(search(index, "billing", Optional.empty())).isEmpty();
      assertThat(search(index, "Orders and post", List.of("orders"), Optional.empty()))
          .as("by its title")
          .hasSize(1);
      assertThat(search(index, "%", Optional.empty())).as("is a letter").isEmpty();
      var place = search(index, "", Optional.empty()).getFirst().place();
      assertThat(search(index, "", Optional.of(place))).as("none is older").isEmpty();
      var unheard = new RecordingId("18.1-" + NOON.toEpochMilli());
      assertThat(index.find(unheard)).isEmpty();
      assertThat(index.goesOn(unheard, NOON.plusSeconds(60))).as("it may come").isTrue();
      assertThat(index.goesOn(unheard, NOON.plus(Duration.ofHours(2)))).isFalse();
    }
  }

  private static List<TalkIndex.FoundTalk> search(
      TalkIndex index, String about, Optional<AuditTrail.Place> after) {
    return search(index, about, List.of(), after);
  }

  private static List<TalkIndex.FoundTalk> search(
      TalkIndex index, String about, List<String> queues, Optional<AuditTrail.Place> after) {
    return index.search(
        new TalkIndex.TalkSearch(
            Optional.of(NOON),
            Optional.of(NOON.plusSeconds(1)),
            about,
            List.of("ann"),
            queues,
            after,
            10));
  }

  @Test
  void theFiguresAreReadBackByTheirIntervals() {
    try (var database = open()) {
      var store = new SqlHistoryStore(database);
      var events = new ArrayList<Event>();
      events.addAll(call("c1", Optional.empty(), 10));
      events.addAll(call("c2", Optional.empty(), 45));
      events.addAll(call("c3", Optional.empty(), 0));
      events.add(
          new ContactEvent.SurveyAnswered(
              new ContactId("c1"), Optional.of(ORDERS), Optional.of(ANN), "satisfaction", 4, 5));
      project(database, events);
      QueueFigures figures = store.figures(NOON).get(ORDERS);
      assertThat(figures.count(QueueFigure.ANSWERED)).isEqualTo(2);
      assertThat(figures.count(QueueFigure.ANSWERED_IN_TIME)).isEqualTo(1);
      assertThat(figures.count(QueueFigure.ABANDONED)).isEqualTo(1);
      assertThat(figures.averageSpeedOfAnswer()).contains(Duration.ofMillis(22_500));
      assertThat(figures.time(QueueFigure.LONGEST_WAIT)).isEqualTo(Duration.ofSeconds(85));
      assertThat(figures.time(QueueFigure.TALK)).isEqualTo(Duration.ofSeconds(80 + 45));
      assertThat(figures.satisfaction()).contains(0.75);
      assertThat(store.figures(NOON.plusSeconds(900))).isEmpty();
      assertThat(store.contacts()).isEqualTo(3);
      assertThat(store.outcomes()).isEqualTo(Map.of("ANSWERED", 2L, "ABANDONED", 1L));
    }
  }

  @Test
  void whatACustomerHasLeftAndOrderedIsInTheirHistory() {
    try (var database = open()) {
      new CustomerSeed(database)
          .write(
              List.of(
                  new CustomerSeed.Entry(
                      "1042",
                      "Alice",
                      "",
                      "gold",
                      "en",
                      "",
                      List.of("+88622"),
                      List.of(),
                      List.of(
                          new Order(
                              "40712",
                              0,
                              LocalDate.of(2026, 1, 2),
                              "customs",
                              Optional.empty(),
                              "9 TWD",
                              "Beloved")))));
      var customers = new SqlCustomerStore(database);
      CustomerCard alice = customers.byAccount("1042").orElseThrow();
      long id = alice.customer().id();
      var office = new SqlBackOffice(database);
      var task =
          new Task(
              "1002",
              Task.Kind.VOICEMAIL,
              new QueueId("messages"),
              Optional.of(id),
              "Alice",
              "+88622",
              "/r.wav",
              4,
              new CallId("c1"),
              new PhoneNumber("8001"),
              NOON);
      var contact = new ContactId("task-1002");
      var events = call("c1", Optional.of(alice), 10);
      events.add(
          new TicketOpened(
              new Ticket(1_001, Optional.of(id), "Torn", "high", "open", "", "c1", NOON)));
      events.add(new ContactEvent.TaskOpened(contact, task));
      events.add(
          new ContactEvent.SurveyAnswered(
              new ContactId("c1"), Optional.of(ORDERS), Optional.of(ANN), "satisfaction", 4, 5));
      project(database, events);
      assertThat(office.openTasks()).containsExactly(task);
      assertThat(office.lastNumber()).isEqualTo(1_002);
      // A ledger that begins anew takes it up.
      var request = QueueRequest.of(task.queue());
      project(
          database,
          List.of(
              new ContactEvent.TaskOpened(contact, task),
              new ContactEvent.ContactQueued(contact, 1, task.queue(), NOON, request, 0)));
      assertThat(office.openTasks()).containsExactly(task);
      assertThat(office.task("1002")).contains(task);
      assertThat(office.latestOpenTicket(id).orElseThrow().id()).isEqualTo(1_001);
      assertThat(office.ticket("1001")).isPresent();
      assertThat(office.ticket("1 OR 1=1")).isEmpty();
      assertThat(office.latestOrder(id).orElseThrow().number()).isEqualTo("40712");

      Instant done = NOON.plusSeconds(90);
      project(
          database,
          List.of(
              new ContactAnswered(
                  contact,
                  1,
                  new QueueId("messages"),
                  Optional.empty(),
                  ANN,
                  Optional.empty(),
                  NOON.plusSeconds(60),
                  Duration.ofSeconds(60),
                  false),
              new TalkEnded(
                  contact,
                  1,
                  new QueueId("messages"),
                  ANN,
                  NOON.plusSeconds(60),
                  done,
                  Duration.ZERO,
                  TalkEnd.DONE),
              new WrapUpDone(
                  contact,
                  1,
                  new QueueId("messages"),
                  ANN,
                  done,
                  WrapUpEnd.SAID,
                  new Draft("", "called back")),
              new ContactClosed(contact, ContactOutcome.DONE, done)));
      assertThat(office.openTasks()).isEmpty();
      CustomerCard card = customers.byAccount("1042").orElseThrow();
      assertThat(card.openTickets()).isEqualTo(1);
      assertThat(card.timeline())
          .extracting(
              TimelineEntry::kind,
              TimelineEntry::outcome,
              TimelineEntry::text,
              TimelineEntry::number)
          .containsExactlyInAnyOrder(
              Tuple.tuple(
                  "call", "ANSWERED", "Call 1:20 with ann, menu=1; waited 0:05", "+886223000001"),
              Tuple.tuple("voicemail", "DONE", "Message, done by ann: called back", "+88622"),
              Tuple.tuple("survey", "4/5", "Survey: satisfaction 4/5", "+886223000001"),
              Tuple.tuple("ticket", "open", "Ticket 1001: Torn, open", "+886223000001"),
              Tuple.tuple("order", "customs", "Order #40712: Beloved, customs", ""));
    }
  }

  @Test
  void aScriptsPictureCountsWhoWentWhere() {
    try (var database = open()) {
      var events = new ArrayList<Event>();
      events.addAll(call("c1", Optional.empty(), 10));
      events.add(walked(new ContactId("c2"), "hung-up", "b", List.of("menu/a:1")));
      project(database, events);
      var walked = new SqlScriptStore(database).walked("menu", NOON);
      assertThat(walked.calls()).isEqualTo(2);
      assertThat(walked.edges()).containsEntry("a:1", 2L).containsEntry("b:next", 1L);
      assertThat(walked.gaveUp()).containsExactly(Map.entry("b", 1L));
      assertThat(walked.served()).isEqualTo(1);
    }
  }

  @Test
  void aCustomerWhoIsChosenAfterTheCallHasItInTheirHistory() {
    try (var database = open()) {
      new CustomerSeed(database).write(List.of(entry("1042", "林雅婷", "+886223000001")));
      var customers = new SqlCustomerStore(database);
      CustomerCard card = customers.byAccount("1042").orElseThrow();
      project(database, call("c1", Optional.empty(), 10));
      project(database, List.of(new CustomerChosen(new ContactId("c1"), ANN, card)));
      assertThat(customers.byId(card.customer().id()).orElseThrow().timeline())
          .extracting(TimelineEntry::kind)
          .contains("call");
    }
  }

  // ── The fold in SQL and in memory ───────────────────────────────────────────────────────────

  private static final List<Long> CUSTOMERS = List.of(1L, 2L, 3L);

  private static void isAsInMemory(SqlHistoryStore store, List<Turn> turns, String as)
      throws IOException {
    var memory = new MemoryTables();
    turns.forEach(turn -> memory.apply(HistoryFold.changes(turn)));
    store.asOfNow(
        rows -> {
          for (Table table : Table.values()) {
            var stored = new HashMap<List<Object>, Map<Column, Object>>();
            rows.rows(
                table,
                Instant.EPOCH,
                row -> stored.put(table.key().stream().map(row::get).toList(), row));
            assertThat(stored).as("%s, %s", as, table).isEqualTo(memory.rows(table));
          }
          return null;
        });
  }

  @Test
  void theDatabaseHasWhatTheFoldHasInMemoryHoweverOftenItIsTold() throws Exception {
    long seed = Long.getLong("switchroom.seed", System.nanoTime());
    String as = "seed " + seed;
    var random = new SplittableRandom(seed);
    List<Turn> turns = ContactLives.turns(random, NOON, 150, CUSTOMERS);
    try (var database = open()) {
      var store = new SqlHistoryStore(database);
      int at = 0;
      while (at < turns.size()) {
        int to = Math.min(at + random.nextInt(1, 400), turns.size());
        int from = random.nextInt(3) == 0 ? random.nextInt(at + 1) : at;
        List<Turn> some = turns.subList(from, to);
        store.project(some, "ledger");
        if (random.nextInt(4) == 0) isAsInMemory(store, turns.subList(0, to), as);
        at = to;
      }
      assertThat(store.position("ledger")).isEqualTo(turns.size());
      isAsInMemory(store, turns, as);
      store.project(turns.subList(0, turns.size() / 2), "ledger");
      isAsInMemory(store, turns, as);
      assertThat(store.position("ledger")).as("no way back").isEqualTo(turns.size());
    }
  }

  @Test
  void aRecountFindsNothingWrongAndWhateverIs() throws Exception {
    long seed = Long.getLong("switchroom.seed", System.nanoTime());
    var random = new SplittableRandom(seed);
    var ledger = new TurnList("ledger");
    ledger.addAll(ContactLives.turns(random, NOON, 150, CUSTOMERS));
    try (var database = open()) {
      var store = new SqlHistoryStore(database);
      store.project(ledger.turns(), "ledger");
      for (long forgotten : List.of(0L, 1L, ledger.last() / 3)) {
        ledger.forget(forgotten);
        Recount.Result right = recount(ledger, store);
        assertThat(right.differences()).as("seed %d, without %d", seed, forgotten).isEmpty();
        assertThat(right.rows()).isGreaterThan(100);
        assertThat(right.figures()).isGreaterThan(10);
      }
      // What came last is told by what is left of the ledger.
      database
          .jdbi()
          .useHandle(
              handle -> {
                String last =
                    handle
                        .createQuery("SELECT id FROM contact ORDER BY opened DESC LIMIT 1")
                        .mapTo(String.class)
                        .one();
                handle.execute("UPDATE contact SET outcome = 'WRONG' WHERE id = ?", last);
                handle.execute("DELETE FROM segment WHERE contact = ?", last);
                handle.execute(
                    "UPDATE queue_interval SET answered = answered + 1 WHERE began ="
                        + " (SELECT max(began) FROM queue_interval)");
                handle.execute(
                    "INSERT INTO audit (at, number, who, what, about)"
                        + " SELECT max(opened), 1, 'mallory', 'was here', '' FROM contact");
              });
      Recount.Result wrong = recount(ledger, store);
      assertThat(wrong.differing()).isEqualTo(wrong.differences().size());
      assertThat(wrong.differences())
          .as("seed %d", seed)
          .anyMatch(one -> one.table() == Table.CONTACT && one.stored().equals("outcome=WRONG"))
          .anyMatch(one -> one.table() == Table.SEGMENT && one.stored().equals("nothing"))
          .anyMatch(one -> one.table() == Table.QUEUE_INTERVAL)
          .anyMatch(one -> one.table() == Table.AUDIT && one.recounted().equals("nothing"));
    }
  }

  /// However long it takes, and whatever is written meanwhile.
  @Test
  void whatIsReadTogetherIsOfOneMoment() throws Exception {
    try (var database = open()) {
      var store = new SqlHistoryStore(database);
      store.project(List.of(turn(1, call("c1", Optional.empty(), 10))), "ledger");
      var contacts = new ArrayList<Map<Column, Object>>();
      store.asOfNow(
          rows -> {
            assertThat(rows.position("ledger")).isEqualTo(1);
            var next = List.of(turn(2, call("c2", Optional.empty(), 10)));
            // On a thread of its own: on this one it would be of the same transaction.
            CompletableFuture.runAsync(() -> store.project(next, "ledger")).join();
            rows.rows(Table.CONTACT, Instant.EPOCH, contacts::add);
            return null;
          });
      assertThat(contacts).hasSize(1);
    }
  }

  @Test
  void aBackupIsOfOneMoment() throws Exception {
    Path file = folder.resolve("moment.zip");
    try (var database = open()) {
      var store = new SqlHistoryStore(database);
      store.project(List.of(turn(1, call("c1", Optional.empty(), 10))), "ledger");
      var said = new ArrayList<String>();
      Backup.write(
          database,
          file,
          line -> {
            int call = 2 + said.size();
            said.add(line);
            var events = call("c" + call, Optional.empty(), 10);
            store.project(List.of(turn(call, events)), "ledger");
          });
      assertThat(said).contains("contact: 1 rows");
    }
  }

  private static Turn turn(long number, List<Event> events) {
    return new Turn(number, NOON.plusSeconds(90), NOON.plusSeconds(90), events);
  }

  private static Recount.Result recount(TurnList ledger, SqlHistoryStore store) throws IOException {
    return store.asOfNow(rows -> Recount.of(ledger, rows));
  }

  // ── What the database does not take ─────────────────────────────────────────────────────────

  @Test
  void oneTurnThatIsNotTakenStopsNothingAndIsKept() throws Exception {
    try (var database = open()) {
      var store = new SqlHistoryStore(database);
      // A column that is too short stands for whatever nobody has thought of.
      database
          .jdbi()
          .useHandle(
              handle -> handle.execute("ALTER TABLE contact ALTER COLUMN dialed TYPE VARCHAR(6)"));
      var ledger = new TurnList("ledger");
      Event bad =
          new CallArrived(
              new CallId("bad"),
              new ContactId("bad"),
              new PhoneNumber(""),
              new PhoneNumber("8001 and more"),
              NOON);
      try (var log = new LogWatch(HistoryProjector.class);
          var projector =
              new HistoryProjector(
                  ledger, store, turn -> "turn\0 " + turn, _ -> {}, InstantSource.system())) {
        ledger.addAll(
            List.of(
                new Turn(1, NOON, NOON, call("c1", Optional.empty(), 10)),
                new Turn(2, NOON, NOON, List.of(bad)),
                new Turn(3, NOON, NOON, call("c2", Optional.empty(), 10))));
        projector.catchUpTo(Duration.ofSeconds(10));
        assertThat(log.said(Level.ERROR))
            .singleElement()
            .asString()
            .contains("a text is longer than its column")
            .doesNotContain("8001");
      }
      assertThat(store.contacts()).isEqualTo(2);
      assertThat(store.refused()).isEqualTo(1);
      assertThat(store.position("ledger")).isEqualTo(3);
      database
          .jdbi()
          .useHandle(
              handle ->
                  assertThat(
                          handle
                              .createQuery("SELECT said FROM refused WHERE turn = 2")
                              .mapTo(String.class)
                              .one())
                      .contains("8001 and more"));
      Turn refused = new Turn(2, NOON, NOON, List.of(bad));
      assertThat(store.refusedTurns())
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.turn()).isEqualTo(2);
                assertThat(one.at()).isEqualTo(NOON);
                assertThat(one.about()).isEqualTo("contact bad: CallArrived");
                assertThat(one.why())
                    .as("nothing of the row")
                    .startsWith("a text is longer than its column (22001")
                    .doesNotContain("8001");
              });
      assertThat(store.tryAgain(refused, "ledger")).as("as it was").isFalse();
      assertThat(store.refused()).isEqualTo(1);
      database
          .jdbi()
          .useHandle(
              handle -> handle.execute("ALTER TABLE contact ALTER COLUMN dialed TYPE VARCHAR(60)"));
      assertThat(store.tryAgain(refused, "ledger")).as("a wider column").isTrue();
      assertThat(store.refused()).isZero();
      assertThat(recount(ledger, store).differences()).isEmpty();
    }
  }

  // ── Blocked callers ─────────────────────────────────────────────────────────────────────────

  @Test
  void whoIsBlockedIsKeptUntilTheyRunOutOrAreTakenBack() {
    try (var database = open()) {
      var list = new SqlBlockList(database);
      var shouts = new BlockedCaller("+886223000001", "shouts", NOON, Optional.empty(), "sam");
      var brief =
          new BlockedCaller(
              "+886223000002", "rings", NOON, Optional.of(NOON.plusSeconds(60)), "sam");
      assertThat(list.block(shouts, NOON)).isTrue();
      assertThat(list.block(brief, NOON)).isTrue();
      assertThat(list.all()).containsExactly(shouts, brief);
      var again = new BlockedCaller(shouts.number(), "sings", NOON, Optional.empty(), "tom");
      assertThat(list.block(again, NOON.plusSeconds(61))).isTrue();
      assertThat(list.all()).as("one is over").containsExactly(again);
      assertThat(list.unblock(shouts.number())).isTrue();
      assertThat(list.unblock(shouts.number())).isFalse();
      assertThat(list.all()).isEmpty();
    }
  }

  @Test
  void aTalkThatAnAgentHasEndedIsToldWithTheCallersNumber() {
    try (var database = open()) {
      var noted = new Noted("ann", Deed.ENDED_ABUSIVE_CALL, "contact c1: threats");
      project(database, call("c1", Optional.empty(), 10));
      new SqlHistoryStore(database).project(List.of(turn(2, List.of(noted))), "ledger");
      var list = new SqlBlockList(database);
      String number =
          database
              .jdbi()
              .withHandle(
                  handle ->
                      handle
                          .createQuery("SELECT from_number FROM contact WHERE id = 'c1'")
                          .mapTo(String.class)
                          .one());
      assertThat(list.ended(NOON))
          .containsExactly(
              new BlockList.Ended(NOON.plusSeconds(90), "ann", number, "contact c1: threats"));
      assertThat(list.ended(NOON.plusSeconds(91))).isEmpty();
    }
  }

  @Test
  void aDatabaseThatLacksATableIsNotOneThatRefuses() {
    try (var database = open()) {
      var store = new SqlHistoryStore(database);
      database.jdbi().useHandle(handle -> handle.execute("DROP TABLE segment"));
      assertThatThrownBy(() -> project(database, call("c1", Optional.empty(), 10)))
          .isInstanceOfSatisfying(
              RuntimeException.class, fault -> assertThat(store.refuses(fault)).isFalse());
    }
  }

  // ── Erasing ─────────────────────────────────────────────────────────────────────────────────

  private static final Numbers TAIWAN = new Numbers("TW");

  /// Long after the day.
  private static final Instant LATER = NOON.plus(Duration.ofDays(10));

  private Ledger ledger() throws IOException {
    return Ledger.open(folder.resolve("ledger"), LedgerOptions.DEFAULT, InstantSource.system());
  }

  private static void project(Ledger ledger, Database database, List<Turn> turns)
      throws IOException {
    var log = new LedgerLog(ledger);
    turns.forEach(log::append);
    try (var projector =
        new HistoryProjector(
            new LedgerTurns(ledger, new TurnCodec(ledger.keys()), false),
            new SqlHistoryStore(database),
            Turn::toString,
            _ -> {},
            InstantSource.system())) {
      Forced.await(ledger);
      projector.catchUpTo(Duration.ofSeconds(60));
    }
  }

  private static Recount.Result recount(Ledger ledger, Database database) throws IOException {
    try (var source = new LedgerTurns(ledger, new TurnCodec(ledger.keys()), false)) {
      return new SqlHistoryStore(database).asOfNow(rows -> Recount.of(source, rows));
    }
  }

  private static int destroyKeys(Ledger ledger, SqlErasure.Found found) throws IOException {
    var names = new ArrayList<String>();
    found.numbers().forEach(one -> names.add(Persons.named(new PhoneNumber(one))));
    found.contacts().forEach(one -> names.add(Persons.named(new ContactId(one))));
    found.calls().forEach(one -> names.add(Persons.namedCall(one)));
    return ledger.keys().destroy(names);
  }

  /// All there is, as text.
  private static String everything(Database database) {
    var all = new StringBuilder();
    database
        .jdbi()
        .useHandle(
            handle -> {
              for (String table :
                  List.of(
                      "customer",
                      "contact_point",
                      "customer_order",
                      "timeline",
                      "contact",
                      "segment",
                      "script_run",
                      "survey_answer",
                      "customer_choice",
                      "task",
                      "ticket",
                      "audit",
                      "refused")) {
                handle.createQuery("SELECT * FROM " + table).mapToMap().forEach(all::append);
              }
            });
    return all.toString();
  }

  @Test
  void whoeverIsErasedARecountFindsAllEqual() throws Exception {
    long seed = System.nanoTime();
    List<Turn> turns = ContactLives.turns(new SplittableRandom(seed), NOON, 250, List.of(1L, 2L));
    try (var database = open();
        var ledger = ledger()) {
      new CustomerSeed(database)
          .write(List.of(entry("1", "Alice", "+886223009998"), entry("2", "Bo", "+886223009999")));
      project(ledger, database, turns);
      var erasure = new SqlErasure(database, TAIWAN);
      int erased = 0;
      for (int i = 1; i <= 250; i += 3) {
        SqlErasure.Found found = erasure.byNumber(new PhoneNumber("+88622300" + i), LATER);
        assertThat(found.contacts()).as("seed %d", seed).containsExactly("17." + i);
        if (!found.live().isEmpty()) continue;
        assertThat(destroyKeys(ledger, found)).isEqualTo(1);
        assertThat(erasure.erase(found)).isPositive();
        assertThat(erasure.byNumber(new PhoneNumber("+88622300" + i), LATER).isNothing())
            .as("once more")
            .isTrue();
        erased++;
      }
      assertThat(erased).isGreaterThan(60);
      Recount.Result result = recount(ledger, database);
      assertThat(result.differences()).as("seed %d", seed).isEmpty();
      assertThat(result.rows()).isGreaterThan(500);
      assertThat(everything(database))
          .doesNotContain("+886223001,", "+886223004,")
          .contains("+886223002,", "+886223003,", "Alice");
    }
  }

  private static List<Turn> turns(List<Event> events) {
    var turns = new ArrayList<Turn>();
    for (Event event : events) {
      turns.add(
          new Turn(turns.size() + 1, NOON.plusSeconds(90), NOON.plusSeconds(90), List.of(event)));
    }
    return turns;
  }

  /// With all that is kept of one, and with what leaves no row when nothing is said.
  @Test
  void aCustomerIsErasedWithEveryNumberTheyCalledFrom() throws Exception {
    try (var database = open();
        var ledger = ledger()) {
      new CustomerSeed(database)
          .write(
              List.of(entry("4711", "林雅婷", "+886223000001"), entry("4712", "Bo", "+886223000002")));
      var customers = new SqlCustomerStore(database);
      CustomerCard lin = customers.byAccount("4711").orElseThrow();
      database
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      "UPDATE customer SET organisation = 'Hua', pin_hash = 'pin', balance = '12'"
                          + " WHERE id = ?",
                      lin.customer().id()));
      var contact = new ContactId("a");
      var events = new ArrayList<>(call("a", Optional.of(lin), 10));
      events.add(
          new WrapUpDone(
              contact,
              1,
              ORDERS,
              ANN,
              NOON.plusSeconds(90),
              WrapUpEnd.NONE,
              new Draft("", "is moving")));
      events.add(
          new TicketOpened(
              new Ticket(
                  77,
                  Optional.of(lin.customer().id()),
                  "Torn",
                  "high",
                  "open",
                  "/torn.wav",
                  "a",
                  NOON)));
      // From elsewhere, and the agent knows who it is.
      for (Event event : call("b", Optional.empty(), 10)) {
        events.add(
            event instanceof CallArrived e
                ? new CallArrived(
                    e.call(), e.contact(), new PhoneNumber("0223000009"), e.dialed(), e.arrived())
                : event);
      }
      events.add(new CustomerChosen(new ContactId("b"), ANN, lin));
      events.add(
          new ContactEvent.TaskOpened(
              new ContactId("t"),
              new Task(
                  "78",
                  Task.Kind.VOICEMAIL,
                  ORDERS,
                  Optional.of(lin.customer().id()),
                  "林雅婷",
                  "+886223000001",
                  "/left.wav",
                  3,
                  new CallId("a"),
                  new PhoneNumber("8001"),
                  NOON)));
      events.add(
          new TalkEnded(
              new ContactId("t"),
              1,
              ORDERS,
              ANN,
              NOON,
              NOON.plusSeconds(9),
              Duration.ZERO,
              TalkEnd.DONE));
      for (Event event : call("c", Optional.of(customers.byAccount("4712").orElseThrow()), 0)) {
        events.add(
            event instanceof CallArrived e
                ? new CallArrived(
                    e.call(),
                    e.contact(),
                    new PhoneNumber("+886223000002"),
                    e.dialed(),
                    e.arrived())
                : event);
      }
      project(ledger, database, turns(events));
      assertThat(recount(ledger, database).differences()).isEmpty();

      var erasure = new SqlErasure(database, TAIWAN);
      assertThat(erasure.byAccount("4799", LATER)).isEmpty();
      assertThat(erasure.byNumber(new PhoneNumber("+886223000001"), LATER).others())
          .as("known by another number too")
          .containsExactly("4711");
      assertThat(erasure.byNumber(new PhoneNumber("+886223000002"), LATER).customers()).hasSize(1);
      SqlErasure.Found found = erasure.byAccount("4711", LATER).orElseThrow();
      assertThat(found.contacts()).containsExactlyInAnyOrder("a", "b", "t");
      assertThat(found.numbers())
          .containsExactlyInAnyOrder("+886223000001", "0223000009", "+886223000009");
      assertThat(found.recordings()).containsExactlyInAnyOrder("/torn.wav", "/left.wav");
      assertThat(found.others()).isEmpty();
      assertThat(found.live()).isEmpty();
      database
          .jdbi()
          .useHandle(
              handle -> {
                for (String said : List.of("from=+886223000001 林雅婷", "Zoe")) {
                  handle.execute(
                      "INSERT INTO refused (ledger, turn, at, why, said) VALUES ('l', ?, ?, '', ?)",
                      said.length(),
                      SqlCustomerStore.time(NOON),
                      said);
                }
              });
      assertThat(destroyKeys(ledger, found)).isEqualTo(2);
      erasure.erase(found);

      assertThat(everything(database))
          .doesNotContain(
              "林雅婷",
              "0223000009",
              "+886223000001",
              "moving",
              "Torn",
              ".wav",
              "4711",
              "Hua",
              "pin=",
              "=12,")
          .contains("Bo", "+886223000002", "4712", "Zoe");
      Recount.Result result = recount(ledger, database);
      assertThat(result.differences()).isEmpty();
      assertThat(erasure.byAccount("4711", LATER)).isEmpty();
    }
  }

  /// Who did it and when stays in the audit; the ledger has the words until its files go.
  @Test
  void whatWasSaidOfACallerGoesWithThem() throws Exception {
    try (var database = open();
        var ledger = ledger()) {
      var events = new ArrayList<Event>(call("c1", Optional.empty(), 10));
      for (var note :
          List.of(
              new Noted("ann", Deed.ENDED_ABUSIVE_CALL, "contact c1: threats: by Lin"),
              new Noted("sue", Deed.BLOCKED_CALLER, "+886223000001: Lin shouts"),
              new Noted(
                  "sue", Deed.BLOCKED_CALLER, "+886223000001 until 2026-02-01T00:00:00Z: Lin"),
              new Noted("sue", Deed.UNBLOCKED_CALLER, "+886223000001"),
              new Noted("ann", Deed.ENDED_ABUSIVE_CALL, "contact c11: of another"),
              new Noted("sue", Deed.BLOCKED_CALLER, "+8862230000011: of another"))) {
        events.add(note);
      }
      project(ledger, database, turns(events));
      var list = new SqlBlockList(database);
      for (String number : List.of("+886223000001", "+886223000009")) {
        var blocked = new BlockedCaller(number, "Lin again", NOON, Optional.empty(), "sue");
        assertThat(list.block(blocked, NOON)).isTrue();
      }
      var erasure = new SqlErasure(database, TAIWAN);
      for (String number : List.of("+886223000001", "02 2300 0009")) {
        SqlErasure.Found found = erasure.byNumber(PhoneNumber.of(number), LATER);
        assertThat(found.isNothing()).as("only blocked, too").isFalse();
        destroyKeys(ledger, found);
        assertThat(erasure.erase(found)).isPositive();
        assertThat(erasure.byNumber(PhoneNumber.of(number), LATER).isNothing()).isTrue();
      }
      assertThat(list.all()).isEmpty();
      assertThat(everything(database))
          .doesNotContain("Lin", "threats", "+886223000001,", "+886223000001 ")
          .contains(
              "contact c1: (erased)", "contact c11: of another", "+8862230000011: of another");
      assertThat(recount(ledger, database).differences()).isEmpty();
    }
  }

  /// Also in a column that comes to the table.
  @Test
  void nothingOfACustomerOutlivesTheErasure() {
    try (var database = open()) {
      long id = anyCustomer(database);
      Map<String, Object> nothing = customerRow(database, anyCustomer(database));
      database
          .jdbi()
          .useHandle(
              handle -> {
                for (String column : nothing.keySet()) {
                  handle.execute("UPDATE customer SET " + column + " = '7' WHERE id = ?", id);
                }
              });
      assertThat(customerRow(database, id).entrySet())
          .doesNotContainAnyElementsOf(nothing.entrySet());

      var erasure = new SqlErasure(database, TAIWAN);
      erasure.erase(erasure.byAccount("7", LATER).orElseThrow());

      assertThat(customerRow(database, id)).isEqualTo(nothing);
    }
  }

  private static long anyCustomer(Database database) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createUpdate("INSERT INTO customer (tier) VALUES ('gold')")
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one());
  }

  /// Without what may stay.
  private static Map<String, Object> customerRow(Database database, long id) {
    var row =
        new HashMap<>(
            database
                .jdbi()
                .withHandle(
                    handle ->
                        handle.select("SELECT * FROM customer WHERE id = ?", id).mapToMap().one()));
    assertThat(row.remove("tier")).isEqualTo("gold");
    row.remove("id");
    return row;
  }

  @Test
  void whoIsInContactOrSharesANumberIsSaid() throws Exception {
    try (var database = open();
        var ledger = ledger()) {
      new CustomerSeed(database)
          .write(List.of(entry("1", "Ann", "+886223000001"), entry("2", "Bo", "+886223000001")));
      List<Event> events = call("a", Optional.empty(), 10);
      project(ledger, database, turns(events.subList(0, events.size() - 2)));
      var erasure = new SqlErasure(database, TAIWAN);
      assertThat(erasure.byAccount("1", NOON.plusSeconds(99)).orElseThrow().others())
          .containsExactly("2");
      var number = new PhoneNumber("+886223000001");
      assertThat(erasure.byNumber(number, NOON.plusSeconds(99)).live()).containsExactly("a");
      assertThat(erasure.byNumber(number, LATER).live()).as("its end was lost").isEmpty();
      assertThat(erasure.byNumber(number, LATER).customers()).hasSize(2);
    }
  }
}
