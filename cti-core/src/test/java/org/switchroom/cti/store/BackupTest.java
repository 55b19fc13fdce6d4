package org.switchroom.cti.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.customer.NewCustomer;
import org.switchroom.cti.customer.Ticket;

/// A backup comes back as it was, into either database; a migration that fails changes nothing.
class BackupTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00.123456Z");

  @TempDir Path folder;

  private Path fill(Database database) throws Exception {
    new CustomerSeed(database)
        .write(
            List.of(
                new CustomerSeed.Entry(
                    "1042", "林雅婷", "", "gold", "zh-TW", List.of("+88622"), List.of())));
    long id = new SqlCustomerStore(database).byAccount("1042").orElseThrow().customer().id();
    new SqlBackOffice(database).open(new Ticket(0, id, "Torn", "high", "open", "", "c1", NOON));
    Path file = folder.resolve("backup.zip");
    Backup.write(database, file, _ -> {});
    return file;
  }

  private static void isAsItWas(Database database) {
    var card = new SqlCustomerStore(database).byAccount("1042").orElseThrow();
    assertThat(card.customer().name()).isEqualTo("林雅婷");
    assertThat(card.openTickets()).isEqualTo(1);
    var another = new Ticket(0, card.customer().id(), "Lost", "low", "open", "", "c2", NOON);
    assertThat(new SqlBackOffice(database).open(another)).as("new numbers").isGreaterThan(1_001);
    var chen = new NewCustomer("c2", "ann", "Chen", "");
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
        .contains("customer", "contact", "disposition", "seat", "live_call", "log_in", "task")
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
      assertThat(new SqlCustomerStore(database).byAccount("1042")).isEmpty();
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
                handle.execute("DROP INDEX customer_made");
                handle.execute("ALTER TABLE customer DROP COLUMN made_in");
                handle.execute("DELETE FROM \"flyway_schema_history\" WHERE \"version\" = '6'");
              });
    }
    // Its first statement would do, its second does not: customers have what it adds.
    assertThatThrownBy(() -> Database.open(url, "sa", "")).hasMessageContaining("V6__customers");
    try (var database = Database.openAsItIs(url, "sa", "")) {
      assertThatThrownBy(
              () ->
                  database
                      .jdbi()
                      .useHandle(handle -> handle.execute("SELECT made_in FROM customer")))
          .as("nothing of it was done here")
          .isInstanceOf(RuntimeException.class);
      assertThat(new SqlBackOffice(database).ticket("1001")).isPresent();
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .as("the copy is gone")
          .noneMatch(name -> name.startsWith("migration"));
    }
  }
}
