package org.switchroom.cti.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.CustomerDirectory;
import org.switchroom.cti.customer.NewCustomer;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.customer.TypedText;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneNumber;

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
  void whatIsTypedIsKeptAsItWasTaken() {
    String name = TypedText.line(everything());
    try (var database = open()) {
      var customers = new SqlCustomerStore(database);
      var typed = new NewCustomer(CALL.value(), "ann", name, "+88622");
      long id = customers.create(typed).customer().id();
      assertThat(customers.byId(id).orElseThrow().customer().name()).isEqualTo(name);
    }
  }
}
