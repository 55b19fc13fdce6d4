package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.center.DialPattern;
import org.switchroom.cti.center.Dialing;
import org.switchroom.cti.history.AuditTrail;
import org.switchroom.cti.store.CustomerSeed;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlAuditTrail;
import org.switchroom.cti.store.SqlCustomerStore;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.server.Erasure;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// Customers are found by a search that is written down, and by no counting.
class CustomerSearchTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String SEARCH = "/api/customers/search";

  private SimulatedRig rig;
  private Database database;
  private Switchroom server;
  private long chen;
  private Settings settings;

  @BeforeEach
  void open() throws Exception {
    rig = new SimulatedRig();
    rig.phone("PJSIP/1001", Manner.ANSWERS);
    database = Database.open(Database.inMemoryUrl("find-" + System.nanoTime()), "sa", "");
    var customers = new ArrayList<CustomerSeed.Entry>();
    customers.add(customer("1042", "Chen Mei", "+886912345678"));
    customers.add(customer("1043", "林雅婷", "+886223000001"));
    for (int i = 0; i < 25; i++) customers.add(customer("2" + i, "Somebody " + i, "+88670000" + i));
    new CustomerSeed(database).write(customers);
    chen = new SqlCustomerStore(database).byAccount("1042").orElseThrow().customer().id();
    settings = TestCenter.on(rig).withAgents(2).straightTo("orders").settings();
    server = TestServer.start(settings, database);
  }

  private static CustomerSeed.Entry customer(String account, String name, String number) {
    return new CustomerSeed.Entry(account, name, "", "gold", "", List.of(number), List.of());
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    database.close();
    rig.close();
  }

  private DeskClient desk(String user) {
    return DeskClient.logIn(server.webPort(), user, TestCenter.PASSWORD);
  }

  private static HttpResponse<byte[]> searches(DeskClient desk, String text) {
    return desk.http("POST", SEARCH, "{\"text\":\"%s\"}".formatted(text));
  }

  private static HttpResponse<byte[]> opens(DeskClient desk, Object customer) {
    return desk.http("GET", "/api/customers/" + customer, null);
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static JsonNode json(HttpResponse<byte[]> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }

  /// It is told of what was done a little later than who did it.
  private List<String> auditWith(String... lines) {
    Await.until(() -> audit().containsAll(List.of(lines)), "the audit has " + List.of(lines), LONG);
    return audit();
  }

  private List<String> audit() {
    var everything =
        new AuditTrail.Search(
            Optional.empty(), Optional.empty(), "", "", "", Optional.empty(), AuditTrail.MOST);
    return new SqlAuditTrail(database)
        .find(everything).stream()
            .map(line -> "%s %s %s".formatted(line.who(), line.what(), line.about()))
            .toList();
  }

  @Test
  void whoIsFoundIsOpenedAndNobodyByCounting() throws Exception {
    try (var agent = desk("a1");
        var other = desk("a2")) {
      var nobody = opens(agent, 999_999);
      assertThat(nobody.statusCode()).isEqualTo(404);
      for (Object id : List.of(chen, 0, -1, "x", "9".repeat(30))) {
        assertThat(text(opens(agent, id))).as("%s", id).isEqualTo(text(nobody));
      }
      JsonNode found = json(searches(agent, "chen"));
      assertThat(found.path("customers")).hasSize(1);
      assertThat(found.path("customers").path(0).path("number").asText())
          .isEqualTo("+886912345678");
      assertThat(found.path("more").asBoolean()).isFalse();
      assertThat(json(opens(agent, chen)).path("card").path("customer").path("name").asText())
          .isEqualTo("Chen Mei");
      assertThat(text(opens(agent, chen + 1))).as("the next one").isEqualTo(text(nobody));
      assertThat(text(opens(other, chen))).as("found by another").isEqualTo(text(nobody));
      try (var again = desk("a1")) {
        assertThat(text(opens(again, chen))).as("of another log-in").isEqualTo(text(nobody));
      }
      JsonNode many = json(searches(agent, "somebody"));
      assertThat(many.path("customers")).hasSize(20);
      assertThat(many.path("more").asBoolean()).isTrue();
      assertThat(json(searches(agent, "nobody at all")).path("customers")).isEmpty();
    }
    assertThat(
            auditWith(
                "a1 searched-customers 1 found",
                "a1 searched-customers 20 found, and more",
                "a1 searched-customers 0 found",
                "a1 opened-customer customer " + chen))
        .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("chen"))
        .noneMatch(line -> line.startsWith("a2 opened") || line.contains("customer " + (chen + 1)));
  }

  @Test
  void aCallerIsGivenWhomTheAgentHasFoundAndNobodyElse() throws Exception {
    try (var agent = desk("a1")) {
      agent.ask("goReady");
      rig.call("0223007777", ' ', LONG);
      String contact = agent.awaitPop().path("contact").asText();
      agent.awaitState("talking");
      assertThat(agent.choose(contact, chen).path("code").asText()).isEqualTo("not-found");
      searches(agent, "0912 345 678");
      try (var again = desk("a1")) {
        assertThat(again.choose(contact, chen).path("code").asText())
            .as("another log-in has found nobody")
            .isEqualTo("not-found");
        agent.forget();
        assertThat(agent.choose(contact, chen).path("ok").asBoolean()).isTrue();
        JsonNode pop = agent.awaitPopOf(contact);
        assertThat(pop.path("chosen").asLong()).isEqualTo(chen);
        assertThat(pop.path("matches").path(0).path("customer").path("name").asText())
            .isEqualTo("Chen Mei");
        assertThat(opens(again, chen).statusCode()).as("has them in hand").isEqualTo(200);
        assertThat(opens(again, chen + 1).statusCode()).isEqualTo(404);
      }
      auditWith(
          "a1 shown-customer customer %d, contact %s".formatted(chen, contact),
          "a1 chose-customer contact " + contact);
    }
  }

  @Test
  void whoWasFoundAndThenErasedIsNeitherOpenedNorGivenToACaller() throws Exception {
    try (var agent = desk("a1")) {
      agent.ask("goReady");
      rig.call("0223007777", ' ', LONG);
      String contact = agent.awaitPop().path("contact").asText();
      agent.awaitState("talking");
      assertThat(json(searches(agent, "chen")).path("customers")).hasSize(1);
      assertThat(opens(agent, chen).statusCode()).isEqualTo(200);
      server.erase(new Erasure.Who.ByAccount("1042"), _ -> {});
      assertThat(new SqlCustomerStore(database).byId(chen)).as("a row is left").isPresent();
      var opened = opens(agent, chen);
      assertThat(opened.statusCode()).isEqualTo(404);
      assertThat(json(opened).path("code").asText()).isEqualTo("no-customer");
      assertThat(agent.choose(contact, chen).path("code").asText()).isEqualTo("not-found");
    }
  }

  /// As the search of customers has it: the same bounds, the same audit, and whoever was shown may
  /// be opened.
  @Test
  void customersInTheDirectoryAreReachedAtTheirNumbers() throws Exception {
    try (var agent = desk("a1")) {
      JsonNode found = json(directory(agent, "chen"));
      JsonNode one = found.path("customers").path(0);
      assertThat(one.path("name").asText()).isEqualTo("Chen Mei");
      assertThat(one.path("tier").asText()).isEqualTo("gold");
      assertThat(one.path("numbers").path(0).path("number").asText()).isEqualTo("+886912345678");
      assertThat(one.path("numbers").path(0).path("notDialed").asText())
          .as("nothing is dialed here")
          .isEqualTo("nowhere");
      assertThat(opens(agent, chen).statusCode()).isEqualTo(200);
      JsonNode many = json(directory(agent, "somebody"));
      assertThat(many.path("customers")).hasSize(20);
      assertThat(many.path("more").asBoolean()).isTrue();
      assertThat(directory(agent, "c").statusCode()).isEqualTo(400);
      server.reconfigure(dialing(List.of("+8869")));
      assertThat(text(directory(agent, "chen")))
          .as("what may be dialed is so at once")
          .contains("+886912345678")
          .doesNotContain("notDialed");
      assertThat(text(directory(agent, "林"))).contains("\"notDialed\":\"not-allowed\"");
    }
    auditWith("a1 searched-customers 1 found", "a1 searched-customers 20 found, and more");
  }

  private static HttpResponse<byte[]> directory(DeskClient desk, String text) {
    return desk.http("POST", "/api/directory/customers", "{\"text\":\"%s\"}".formatted(text));
  }

  private Settings dialing(List<String> allow) {
    var patterns = allow.stream().map(DialPattern::new).toList();
    return settings.withDialing(
        new Dialing("PJSIP/{number}@trunk", "TW", patterns, List.of(), Dialing.Limits.DEFAULT));
  }

  /// No person types so fast, and no program gets far.
  @Test
  void whoAsksForTooMuchWaits() throws Exception {
    try (var supervisor = desk("sup");
        var agent = desk("a1")) {
      assertThat(json(searches(supervisor, "c")).path("code").asText()).isEqualTo("search-length");
      for (String bad : List.of("", " ", "c ", "x".repeat(101), "\\u0000\\u0000\\u0000")) {
        assertThat(searches(supervisor, bad).statusCode()).as(bad).isEqualTo(400);
      }
      assertThat(supervisor.http("POST", SEARCH, "no JSON").statusCode()).isEqualTo(400);
      assertThat(json(searches(supervisor, "林")).path("customers")).hasSize(1);
      for (int i = 1; i < 60; i++) searches(supervisor, "%%");
      assertThat(searches(supervisor, "chen").statusCode()).isEqualTo(429);
      assertThat(searches(agent, "chen").statusCode()).as("others go on").isEqualTo(200);
      for (int i = 0; i < 60; i++) opens(agent, chen + i);
      assertThat(opens(agent, chen).statusCode()).isEqualTo(429);
    }
  }
}
