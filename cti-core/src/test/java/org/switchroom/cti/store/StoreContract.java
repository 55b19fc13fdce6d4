package org.switchroom.cti.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.CallSeen;
import org.switchroom.cti.customer.ContactRecord;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.CustomerChosen;
import org.switchroom.cti.customer.CustomerDirectory;
import org.switchroom.cti.customer.DispositionRecord;
import org.switchroom.cti.customer.NewCustomer;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.customer.Order;
import org.switchroom.cti.customer.ScriptRun;
import org.switchroom.cti.customer.SeatChanged;
import org.switchroom.cti.customer.SurveyAnswer;
import org.switchroom.cti.customer.TaskClosed;
import org.switchroom.cti.customer.Ticket;
import org.switchroom.cti.customer.TimelineEntry;
import org.switchroom.cti.customer.TypedText;
import org.switchroom.cti.figures.QueueFigures;
import org.switchroom.cti.journal.Journal;
import org.switchroom.cti.journal.JournaledHistory;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.task.Task;
import org.switchroom.ivr.Outcome.TrailEntry;

/// What every database must do. H2 and a real PostgreSQL both pass it.
abstract class StoreContract {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private static final CallId CALL = new CallId("1700000000.1");
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
        List.of(new CustomerSeed.Event(NOON.minusSeconds(60), "order", "Order #1")));
  }

  private static ContactRecord contact(String call, Long customer, Instant answered) {
    return new ContactRecord(
        call,
        customer,
        "+886223000001",
        "8001",
        "orders",
        answered == null ? "" : "ann",
        NOON,
        NOON.plusSeconds(5),
        answered,
        NOON.plusSeconds(90),
        answered == null ? ContactRecord.Outcome.ABANDONED : ContactRecord.Outcome.ANSWERED,
        "menu=1");
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
      CustomerCard unnumbered = directory.create(new CallId("c2"), ANN, "Wu", hidden).get();
      assertThat(unnumbered.numbers()).isEmpty();
      assertThat(directory.create(new CallId("c2"), ANN, "Wu", hidden).get()).isEqualTo(unnumbered);
    }
    try (var again = open()) {
      assertThat(new SqlCustomerStore(again).byNumber("+886223000009"))
          .as("also after a start of the server")
          .hasSize(2);
      var chen = new NewCustomer(CALL.value(), "ann", "Chen", "+886223000009");
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
      var typed = new NewCustomer(CALL.value(), "ann", name, "+88622");
      long id = customers.create(typed).customer().id();
      var kept = new CompletableFuture<Void>();
      var history = new SqlHistoryStore(database);
      try (var journal = Journal.open(folder.resolve("journal"), Journal.Limits.DEFAULT);
          var writer = new JournaledHistory(journal, history)) {
        writer.write(
            new DispositionRecord("c1", id, "ann", "other", note, NOON),
            true,
            _ -> {},
            () -> kept.complete(null));
        kept.get(10, TimeUnit.SECONDS);
      }
      CustomerCard card = customers.byId(id).orElseThrow();
      assertThat(card.customer().name()).isEqualTo(name);
      assertThat(card.timeline())
          .extracting(TimelineEntry::text)
          .containsExactly("other: " + note + " · ann");
    }
  }

  @Test
  void theHistoryWritesItselfIntoTheTimeline() throws Exception {
    try (var database = open()) {
      new CustomerSeed(database).write(List.of(entry("1042", "林雅婷", "+886223000001")));
      var customers = new SqlCustomerStore(database);
      long id = customers.byAccount("1042").orElseThrow().customer().id();
      try (var journal = Journal.open(folder.resolve("journal"), Journal.Limits.DEFAULT);
          var writer = new JournaledHistory(journal, new SqlHistoryStore(database))) {
        var done = new CompletableFuture<String>();
        var shown = new CompletableFuture<Void>();
        writer.write(contact("c1", id, NOON.plusSeconds(10)), false, _ -> {}, () -> {});
        writer.write(
            new DispositionRecord("c1", id, "ann", "refund", "sent", NOON.plusSeconds(95)),
            true,
            done::complete,
            () -> shown.complete(null));
        assertThat(done.get(10, TimeUnit.SECONDS)).isNull();
        shown.get(10, TimeUnit.SECONDS);
      }
      assertThat(customers.byId(id).orElseThrow().timeline())
          .extracting(line -> line.kind() + ": " + line.text())
          .containsExactly(
              "note: refund: sent · ann", "call: orders · answered · ann", "order: Order #1");
    }
  }

  @Test
  void aContactWrittenTwiceIsKeptOnceAndOneBadRecordStopsNothing() throws Exception {
    try (var database = open()) {
      var store = new SqlHistoryStore(database);
      try (var journal = Journal.open(folder.resolve("journal"), Journal.Limits.DEFAULT);
          var writer = new JournaledHistory(journal, store)) {
        var good = new CompletableFuture<Void>();
        writer.write(contact("c1", null, null), false, _ -> {}, () -> {});
        writer.write(contact("c1", null, null), false, _ -> {}, () -> {});
        writer.write(contact("x".repeat(300), null, null), false, _ -> {}, () -> {});
        writer.write(contact("c2", null, null), false, _ -> {}, () -> good.complete(null));
        good.get(10, TimeUnit.SECONDS);
      }
      assertThat(store.contacts()).isEqualTo(2);
    }
  }

  @Test
  void theDaysFiguresAreReadBack() {
    try (var database = open()) {
      var store = new SqlHistoryStore(database);
      store.append(
          List.of(
              contact("c1", null, NOON.plusSeconds(10)),
              contact("c2", null, NOON.plusSeconds(45)),
              contact("c3", null, null)));
      var orders = new QueueId("orders");
      var figures = store.since(NOON.minusSeconds(3_600), Map.of(orders, Duration.ofSeconds(20)));
      assertThat(figures)
          .isEqualTo(Map.of(orders, new QueueFigures(2, 1, 1, Duration.ofSeconds(45), 0, 0)));
      assertThat(store.since(NOON.plusSeconds(3_600), Map.of())).isEmpty();
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
                              null,
                              "9 TWD",
                              "Beloved")))));
      var customers = new SqlCustomerStore(database);
      long id = customers.byAccount("1042").orElseThrow().customer().id();
      var office = new SqlBackOffice(database);
      long ticket = office.open(new Ticket(0, id, "Torn", "high", "open", "", "c1", NOON));
      var task =
          new Task(
              "t1",
              Task.Kind.VOICEMAIL,
              new QueueId("messages"),
              id,
              "Alice",
              "+88622",
              "/r.wav",
              4,
              new CallId("c1"),
              NOON);
      office.add(task);
      office.add(task);
      assertThat(office.openTasks()).containsExactly(task);
      var history = new SqlHistoryStore(database);
      history.append(
          List.of(
              new SurveyAnswer("c1", id, "orders", "ann", "satisfaction", 4, 5, NOON),
              new TaskClosed("t1", "c1", "ann", "called back", NOON),
              new TaskClosed("t1", "c1", "ben", "too late", NOON),
              new ScriptRun("c1", "menu", 1, NOON, "queued", "orders", "menu/a:1\nmenu/b:next"),
              new ScriptRun("c2", "menu", 1, NOON, "hung-up", "b", "menu/a:1")));
      assertThat(office.openTasks()).isEmpty();
      assertThat(office.latestOpenTicket(id).orElseThrow().id()).isEqualTo(ticket);
      assertThat(office.ticket(Long.toString(ticket))).isPresent();
      assertThat(office.ticket("1 OR 1=1")).isEmpty();
      assertThat(office.latestOrder(id).orElseThrow().number()).isEqualTo("40712");
      var card = customers.byAccount("1042").orElseThrow();
      assertThat(card.openTickets()).isEqualTo(1);
      assertThat(card.timeline())
          .extracting(TimelineEntry::kind, TimelineEntry::text)
          .contains(
              Tuple.tuple("voicemail", "done by ann: called back"),
              Tuple.tuple("survey", "satisfaction 4 / 5"),
              Tuple.tuple("ticket", "Ticket " + ticket + ": Torn"),
              Tuple.tuple("order", "Order #40712: Beloved, customs"));
      var walked = new SqlScriptStore(database).walked("menu", NOON.minusSeconds(1));
      assertThat(walked.edges()).containsEntry("a:1", 2L).containsEntry("b:next", 1L);
      assertThat(walked.gaveUp()).containsExactly(Map.entry("b", 1L));
      assertThat(walked.served()).isEqualTo(1);
      assertThat(
              history
                  .since(NOON.minusSeconds(1), Map.of())
                  .get(new QueueId("orders"))
                  .satisfaction())
          .isEqualTo(0.75);
    }
  }

  private static CallSeen seen(String call, CallSeen.Stage stage) {
    return new CallSeen(
        call,
        stage,
        null,
        "",
        "+886",
        "8001",
        "zh-TW",
        NOON,
        "orders",
        NOON,
        "ann",
        NOON,
        "switchroom-1",
        false,
        0,
        0,
        List.of(new TrailEntry("menu", "2")),
        Map.of("order", "好"),
        NOON.plusSeconds(stage.ordinal()));
  }

  @Test
  void aServerThatStartsAgainIsToldWhatLives() {
    try (var database = open()) {
      var history = new SqlHistoryStore(database);
      var standing = new SqlStanding(database);
      CallSeen talks = seen("c1", CallSeen.Stage.TALKING);
      history.append(
          List.of(
              seen("c1", CallSeen.Stage.WAITING),
              seen("c2", CallSeen.Stage.WAITING),
              talks,
              seen("c3", CallSeen.Stage.RELEASED)));
      assertThat(standing.calls())
          .extracting(CallSeen::call)
          .as("oldest first")
          .containsExactly("c2", "c1", "c3");
      assertThat(standing.calls()).contains(talks);
      history.append(List.of(contact("c2", null, null)));
      assertThat(standing.calls()).extracting(CallSeen::call).containsExactly("c1", "c3");
      assertThat(standing.closed()).containsExactly(new CallId("c2"));

      CallSeen left = seen("c1", CallSeen.Stage.RELEASED);
      var wrapsUp =
          new SeatChanged(
              "ann",
              SeatChanged.Presence.READY,
              "",
              NOON,
              new SeatChanged.WrapUp(left, NOON),
              "task-7");
      var away = new SeatChanged("ben", SeatChanged.Presence.NOT_READY, "午餐 \"\\", NOON);
      history.append(List.of(away, wrapsUp));
      assertThat(standing.calls()).as("who wraps up has left the call").contains(left);
      assertThat(standing.seats())
          .isEqualTo(Map.of(new AgentId("ann"), wrapsUp, new AgentId("ben"), away));
      history.append(List.of(new DispositionRecord("other", null, "ann", "x", "", NOON)));
      assertThat(standing.seats().get(new AgentId("ann"))).isEqualTo(wrapsUp);
      history.append(List.of(new DispositionRecord("c1", null, "ann", "x", "", NOON)));
      assertThat(standing.seats().get(new AgentId("ann")).wrapUp())
          .as("who has said it is not asked again")
          .isNull();
    }
  }

  @Test
  void aCustomerWhoIsChosenAfterTheCallHasItInTheirHistory() {
    try (var database = open()) {
      new CustomerSeed(database).write(List.of(entry("1042", "林雅婷", "+886223000001")));
      var customers = new SqlCustomerStore(database);
      long id = customers.byAccount("1042").orElseThrow().customer().id();
      new SqlHistoryStore(database)
          .append(List.of(contact("c1", null, NOON), new CustomerChosen("c1", id, "ann", NOON)));
      assertThat(customers.byId(id).orElseThrow().timeline())
          .extracting(TimelineEntry::kind)
          .contains("call");
    }
  }
}
