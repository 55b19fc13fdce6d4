package org.switchroom.cti.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.Ticket;
import org.switchroom.cti.customer.UnsavedCustomer;
import org.switchroom.cti.event.CallEvent.CallArrived;
import org.switchroom.cti.event.CenterEvent.TicketOpened;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.ContactIdentified;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.event.WrapUpEnd;
import org.switchroom.cti.figures.FiguresFold;
import org.switchroom.cti.figures.QueueFigure;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneNumber;

/// A backup comes back as it was, into either database; a migration that fails changes nothing.
class BackupTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00.123456Z");

  private static final ContactId C1 = new ContactId("c1");
  private static final QueueId ORDERS = new QueueId("orders");
  private static final AgentId ANN = new AgentId("ann");

  @TempDir Path folder;

  private Path fill(Database database) throws Exception {
    new CustomerSeed(database)
        .write(
            List.of(
                new CustomerSeed.Entry(
                    "1042", "林雅婷", "", "gold", "zh-TW", List.of("+88622"), List.of())));
    long id = new SqlCustomerStore(database).byAccount("1042").orElseThrow().customer().id();
    CustomerCard card = new SqlCustomerStore(database).byId(id).orElseThrow();
    new SqlHistoryStore(database)
        .project(
            List.of(
                new Turn(
                    7,
                    NOON,
                    NOON,
                    List.of(
                        new TicketOpened(
                            new Ticket(
                                1_001, Optional.of(id), "Torn", "high", "open", "", "c1", NOON)),
                        new CallArrived(
                            new CallId("c1"),
                            C1,
                            new PhoneNumber("+88622"),
                            new PhoneNumber("8001"),
                            NOON),
                        new ContactIdentified(C1, List.of(card)),
                        new ContactAnswered(
                            C1,
                            1,
                            ORDERS,
                            Optional.empty(),
                            ANN,
                            Optional.empty(),
                            NOON,
                            Duration.ofSeconds(3),
                            true),
                        new ContactClosed(C1, ContactOutcome.ANSWERED, NOON),
                        new WrapUpDone(
                            C1,
                            1,
                            ORDERS,
                            ANN,
                            NOON,
                            WrapUpEnd.SAID,
                            new Draft("refund", "\"quoted\"\n好"))))),
            "ledger");
    Path file = folder.resolve("backup.zip");
    Backup.write(database, file, _ -> {});
    return file;
  }

  private static void isAsItWas(Database database) {
    var card = new SqlCustomerStore(database).byAccount("1042").orElseThrow();
    assertThat(card.customer().name()).isEqualTo("林雅婷");
    assertThat(card.openTickets()).isEqualTo(1);
    assertThat(card.lastAgent()).isEqualTo("ann");
    assertThat(card.timeline())
        .extracting(line -> line.text())
        .anyMatch(text -> text.contains("好"));
    assertThat(new SqlBackOffice(database).ticket("1001")).isPresent();
    var history = new SqlHistoryStore(database);
    assertThat(
            history
                .figures(NOON.minus(FiguresFold.INTERVAL))
                .get(ORDERS)
                .count(QueueFigure.ANSWERED))
        .isEqualTo(1);
    assertThat(history.position("ledger")).as("the ledger is read on from here").isEqualTo(7);
    var chen = new UnsavedCustomer("c2", "ann", "Chen", "");
    assertThat(new SqlCustomerStore(database).create(chen).customer().id())
        .isGreaterThan(card.customer().id());
  }

  @Test
  void itGoesFromH2ToPostgresAndBack() throws Exception {
    try (var postgres = EmbeddedPostgres.builder().start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      Path fromH2;
      try (var h2 = Database.open(Database.inMemoryUrl("b-" + System.nanoTime()), "sa", "")) {
        fromH2 = fill(h2);
      }
      Backup.restore(fromH2, url, "postgres", "", _ -> {});
      Path fromPostgres = folder.resolve("postgres.zip");
      try (var there = Database.open(url, "postgres", "")) {
        Backup.write(there, fromPostgres, _ -> {});
        isAsItWas(there);
      }
      String back = Database.embeddedUrl(folder.resolve("back"));
      Backup.restore(fromPostgres, back, "sa", "", _ -> {});
      try (var h2 = Database.open(back, "sa", "")) {
        isAsItWas(h2);
      }
    }
  }

  @Test
  void everyTableIsInIt() throws Exception {
    var tables = new ArrayList<String>();
    try (var database = Database.open(Database.inMemoryUrl("b-" + System.nanoTime()), "sa", "")) {
      fill(database);
      Backup.write(database, folder.resolve("all.zip"), tables::add);
    }
    assertThat(tables)
        .extracting(line -> line.split(":")[0])
        .contains("customer", "contact", "segment", "queue_interval", "log_in", "task", "refused")
        .doesNotContain("flyway_schema_history");
  }

  @Test
  void whatIsNoWholeBackupIsRefused() throws Exception {
    Path file;
    try (var database = Database.open(Database.inMemoryUrl("b-" + System.nanoTime()), "sa", "")) {
      file = fill(database);
    }
    byte[] whole = Files.readAllBytes(file);
    Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, whole.length / 2));
    String url = Database.inMemoryUrl("r-" + System.nanoTime());
    assertThatThrownBy(() -> Backup.restore(cut, url, "sa", "", _ -> {}))
        .isInstanceOf(IOException.class);
    try (var database = Database.open(url, "sa", "")) {
      assertThat(new SqlHistoryStore(database).contacts()).isZero();
      assertThatThrownBy(() -> Backup.restore(file, url, "sa", "", _ -> {}))
          .hasMessageContaining("not empty");
    }
  }

  @Test
  void aMigrationThatFailsHasFailedOnACopy() throws Exception {
    String url = Database.embeddedUrl(folder.resolve("center"));
    try (var database = Database.open(url, "sa", "")) {
      fill(database);
      database
          .jdbi()
          .useHandle(
              handle -> {
                handle.execute("ALTER TABLE customer RENAME TO client");
                handle.execute("DROP INDEX customer_account");
                handle.execute("DROP INDEX customer_made");
                handle.execute("DELETE FROM \"flyway_schema_history\"");
              });
    }
    // Its first statements would do, a later one does not: the other tables are there.
    assertThatThrownBy(() -> Database.open(url, "sa", "")).hasMessageContaining("V1__tables");
    try (var database = Database.openAsItIs(url, "sa", "")) {
      assertThatThrownBy(
              () -> database.jdbi().useHandle(handle -> handle.execute("SELECT * FROM customer")))
          .as("nothing of it was done here")
          .isInstanceOf(RuntimeException.class);
      assertThat(new SqlHistoryStore(database).contacts()).isEqualTo(1);
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .as("the copy is gone")
          .noneMatch(name -> name.startsWith("migration"));
    }
  }
}
