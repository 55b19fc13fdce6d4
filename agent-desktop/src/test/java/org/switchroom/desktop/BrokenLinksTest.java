package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.store.CustomerSeed;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.testkit.HeldPorts;
import org.switchroom.cti.testkit.LinkProxy;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.testkit.CallWatcher;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;
import org.switchroom.desktop.testkit.TurnWatch;

/// A real Asterisk, a server, and between them lines that break in every way.
@NeedsAsterisk
class BrokenLinksTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private RealAsterisk asterisk;
  private CallWatcher watcher;
  private LinkProxy agi;
  private Database database;
  private TurnWatch turns;
  private Switchroom server;
  private DeskClient desk;
  private int calls;

  @BeforeEach
  void open() throws Exception {
    asterisk = new RealAsterisk();
    watcher = new CallWatcher(asterisk.amiDirect().port());
    int agiPort = HeldPorts.forServer();
    agi = new LinkProxy(agiPort);
    database = Database.open(Database.inMemoryUrl("links-" + System.nanoTime()), "sa", "");
    seed();
    var settings =
        TestCenter.on(asterisk.ami(agi.port()))
            .withAgi(agiPort)
            .wrapsUp(WrapUp.Mode.MANDATORY)
            .settings();
    turns = new TurnWatch();
    server = TestServer.start(settings, database, turns);
    asterisk.phone("PJSIP/1001", Duration.ofMillis(100), Duration.ofMillis(1_500));
    desk = DeskClient.logIn(server.webPort(), "a1", TestCenter.PASSWORD).wrapsUpWith("other");
    connected();
  }

  /// Callers who are known are not asked who they are.
  private void seed() {
    var people = new ArrayList<CustomerSeed.Entry>();
    for (int i = 1; i <= 9; i++) {
      var numbers = List.of("+88622300000" + i, "+88622300900" + i);
      people.add(new CustomerSeed.Entry("", "Caller " + i, "", "standard", "", numbers, List.of()));
    }
    new CustomerSeed(database).write(people);
  }

  @AfterEach
  void close() throws Exception {
    desk.close();
    if (server != null) server.close();
    database.close();
    agi.close();
    watcher.close();
    asterisk.close();
  }

  private void connected() {
    desk.await(message -> message.path("topics").path("pbx").path("connected").asBoolean(false));
  }

  private void disconnected() {
    desk.await(
        message ->
            message.path("topics").path("pbx").has("connected")
                && !message.path("topics").path("pbx").path("connected").asBoolean(true));
  }

  /// The server writes its address whenever it has connected.
  private void cutAndLinkedAnew() {
    watcher.forget();
    asterisk.link().cut();
    watcher.await("VarSet", "Variable", "SWITCHROOM_AGI");
  }

  /// Returns the caller's channel id when they are held.
  private String waits() {
    String from = "+88622300%04d".formatted(++calls);
    asterisk.call(from, "8001", "1", Duration.ofMillis(300), LONG);
    return watcher
        .await("VarSet", "Variable", "SR_HELD", "CallerIDNum", from)
        .fields()
        .get("Uniqueid");
  }

  /// Whoever waits is served, wrapped up, and in the history.
  private void served(String call) {
    desk.ask("goReady");
    JsonNode pop = desk.awaitPopOf(call);
    assertThat(pop.path("call").asText()).isEqualTo(call);
    desk.awaitState("talking");
    desk.awaitState("wrap-up");
    watcher.await("Hangup", "Uniqueid", call);
    // Now, and not before the next is asked for: the agent is ready again, and has them at once.
    desk.forget();
  }

  /// When the server has heard of all ends, which we may have heard of before.
  private long inHistory() {
    turns.awaitEnds();
    server.close();
    server = null;
    return new SqlHistoryStore(database).contacts();
  }

  @Test
  void aFrozenManagerLeavesCallersToTheFallbackQueueAndTakesThemBackWithTheirAge() {
    String call = waits();
    long wasThere = System.currentTimeMillis();
    desk.forget();
    asterisk.link().freeze(true);
    disconnected();
    watcher.await("Newexten", "Uniqueid", call, "Application", "Queue");
    watcher.forget();
    asterisk.link().freeze(false);
    asterisk.link().cut();
    watcher.await("VarSet", "Variable", "SR_HELD", "Uniqueid", call);
    desk.ask("goReady");
    JsonNode pop = desk.awaitPopOf(call);
    assertThat(pop.path("waitingSince").asLong())
        .as("their age is the old one")
        .isLessThanOrEqualTo(wasThere);
    desk.awaitState("talking");
    assertThat(watcher.shared()).isZero();
  }

  @Test
  void aSlowManagerIsSlow() throws Exception {
    asterisk.link().slowDown(Duration.ofMillis(250));
    served(waits());
    assertThat(inHistory()).isEqualTo(1);
  }

  @Test
  void aLineThatComesAndGoesLosesNobody() throws Exception {
    String first = waits();
    for (int i = 0; i < 8; i++) {
      cutAndLinkedAnew();
    }
    served(first);
    String second = waits();
    cutAndLinkedAnew();
    served(second);
    assertThat(watcher.shared()).isZero();
    assertThat(inHistory()).isEqualTo(2);
  }

  @Test
  void anAsteriskThatIsRestartedWithCallsUpLeavesNobodyStuck() throws Exception {
    asterisk.phone("PJSIP/1001", Duration.ofMillis(100), LONG);
    String talks = waits();
    String stays = waits();
    desk.ask("goReady");
    desk.awaitPopOf(talks);
    desk.awaitState("talking");
    watcher.close();
    desk.forget();
    asterisk.restart();
    watcher = new CallWatcher(asterisk.amiDirect().port());
    desk.awaitState("wrap-up");
    desk.awaitState("ready");
    asterisk.phone("PJSIP/1001", Duration.ofMillis(100), Duration.ofMillis(1_500));
    assertThat(stays).isNotEqualTo(talks);
    desk.forget();
    String next = waits();
    desk.awaitPopOf(next);
    desk.awaitState("talking");
    watcher.await("Hangup", "Uniqueid", next);
    assertThat(inHistory()).as("those that vanished may call again").isOne();
  }

  /// The caller presses nothing, so that a script would have them for ever.
  @Test
  void whomAnAsteriskHasLostCallsAgainAndIsNotAskedAgain() throws Exception {
    String lost = waits();
    long wasThere = System.currentTimeMillis();
    watcher.close();
    asterisk.restart();
    watcher = new CallWatcher(asterisk.amiDirect().port());
    turns.awaitEnds();
    String from = "+88622300%04d".formatted(calls);
    asterisk.call(from, "8001", " ", Duration.ofMillis(300), LONG);
    String again =
        watcher
            .await("VarSet", "Variable", "SR_HELD", "CallerIDNum", from)
            .fields()
            .get("Uniqueid");
    desk.forget().ask("goReady");
    JsonNode pop = desk.awaitPopOf(lost);
    assertThat(pop.path("call").asText()).as("by which they are reached").isEqualTo(again);
    assertThat(pop.path("waitingSince").asLong()).isLessThanOrEqualTo(wasThere);
    desk.awaitState("talking");
    desk.awaitState("wrap-up");
    watcher.await("Hangup", "Uniqueid", again);
    assertThat(inHistory()).as("one contact of two calls").isOne();
  }

  /// Returns a caller who is about to be in a script.
  private String comes() {
    String from = "+88622300%04d".formatted(9_000 + ++calls);
    asterisk.call(from, "8001", " ", Duration.ofMillis(300), LONG);
    return watcher
        .await("VarSet", "Variable", "SR_CAME", "CallerIDNum", from)
        .fields()
        .get("Uniqueid");
  }

  private void isHeldAndServed(String call) {
    watcher.await("VarSet", "Variable", "SR_HELD", "Uniqueid", call);
    agi.cut();
    agi.freeze(false);
    served(call);
  }

  @Test
  void aScriptThatFreezesIsNoPlaceToStay() {
    String call = comes();
    watcher.await("AGIExecStart", "Uniqueid", call, "Command", "WAIT FOR DIGIT 5000");
    agi.freeze(true);
    isHeldAndServed(call);
  }

  @Test
  void aScriptThatFreezesBeforeItBeginsIsNoneEither() {
    agi.freeze(true);
    isHeldAndServed(comes());
  }

  @Test
  void aServerThatFreezesWithItsScriptIsNotWaitedForForEver() {
    asterisk.console("dialplan set global SWITCHROOM_SCRIPT_LIMIT 4");
    agi.freeze(true);
    asterisk.link().freeze(true);
    String call = comes();
    watcher.await("VarSet", "Variable", "SR_HELD", "Uniqueid", call);
    asterisk.link().cut();
    asterisk.link().freeze(false);
    isHeldAndServed(call);
  }
}
