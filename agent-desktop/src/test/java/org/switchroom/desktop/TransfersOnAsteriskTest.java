package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.center.DialPattern;
import org.switchroom.cti.center.Dialing;
import org.switchroom.cti.center.HoldCare;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.cti.testkit.SipCall;
import org.switchroom.cti.testkit.SipUser;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// What agents do with the keys of their phones (REFER, Replaces, re-INVITE), and by the desk, on a
/// real Asterisk: whoever has the caller has the pop, the controls and the wrap-up.
@NeedsAsterisk
class TransfersOnAsteriskTest {
  private static final String CALLER = "+886223000001";

  /// Agents dial the center as callers do.
  private static final String DIALPLAN =
      """
      exten => _8XXX,1,Goto(switchroom-in,${EXTEN},1)
      """;

  /// Whatever is dialed rings at Ben's phone.
  private static final Dialing OUTSIDE =
      new Dialing(
          "PJSIP/1002", "TW", List.of(new DialPattern("+8869")), List.of(), Dialing.Limits.DEFAULT);

  /// Longer than who is put on hold and taken off it at once.
  private static final HoldCare CARE = new HoldCare(Duration.ofSeconds(5), Duration.ofSeconds(10));

  /// An agent's phone that rings until the test answers.
  private static final class Phone implements AutoCloseable {
    final BlockingQueue<SipCall> rung = new LinkedBlockingQueue<>();
    final SipUser user;

    Phone(RealAsterisk asterisk, String number) {
      user =
          new SipUser(
              number,
              asterisk.phonePort("PJSIP/" + number),
              asterisk.sipPort(),
              call -> {
                call.ring();
                rung.add(call);
              });
    }

    SipCall answers() throws InterruptedException {
      SipCall call = rung.poll(10, TimeUnit.SECONDS);
      assertThat(call).as("rings").isNotNull();
      call.answer();
      return call;
    }

    SipCall calls(String number) {
      SipCall call = user.call(number);
      call.answered().orTimeout(10, TimeUnit.SECONDS).join();
      return call;
    }

    @Override
    public void close() {
      user.close();
    }
  }

  private RealAsterisk asterisk;
  private Database database;
  private Switchroom server;
  private Phone first;
  private Phone second;
  private SipUser trunk;
  private DeskClient ann;
  private DeskClient ben;

  @BeforeEach
  void open() throws Exception {
    asterisk = new RealAsterisk(DIALPLAN);
    database = Database.open(Database.inMemoryUrl("transfers-" + System.nanoTime()), "sa", "");
    var center =
        TestCenter.on(asterisk).withAgents(2).straightTo("orders").wrapsUp(WrapUp.Mode.OPTIONAL);
    Settings settings = center.settings().withDialing(OUTSIDE);
    settings =
        settings.withQueues(settings.queues().stream().map(one -> one.withHold(CARE)).toList());
    server = TestServer.start(settings, database);
    first = new Phone(asterisk, "1001");
    second = new Phone(asterisk, "1002");
    trunk = new SipUser(CALLER, 0, asterisk.sipPort(), SipCall::hangUp);
    ann = DeskClient.logIn(server.webPort(), "a1", TestCenter.PASSWORD);
    ben = DeskClient.logIn(server.webPort(), "a2", TestCenter.PASSWORD);
    ann.askAndWait("goReady");
  }

  @AfterEach
  void close() {
    ann.close();
    ben.close();
    server.close();
    trunk.close();
    first.close();
    second.close();
    database.close();
    asterisk.close();
  }

  /// Ann talks with the caller.
  private SipCall talks() throws InterruptedException {
    trunk.call("8001");
    SipCall talk = first.answers();
    ann.awaitState("talking");
    return talk;
  }

  /// The history has all that the ledger has.
  private String recounted() throws IOException {
    var said = new ArrayList<String>();
    server.recount(said::add);
    return String.join(" ", said);
  }

  private static String number(JsonNode pop) {
    return pop.path("from").asText();
  }

  /// Nobody has heard that they have answered there.
  @Test
  void whoTalksToTheFallbackPhoneIsItsAgentsWhenTheLinkIsBack() throws Exception {
    asterisk.console("queue add member PJSIP/1001 to switchroom-fallback");
    asterisk.link().breakOff();
    trunk.call("8001");
    SipCall talk = first.answers();
    ann.forget();
    asterisk.link().mend();
    assertThat(number(ann.awaitPop())).isEqualTo(CALLER);
    ann.awaitState("talking");
    ann.forget();
    assertThat(ann.askAndWait("hold").path("ok").asBoolean()).isTrue();
    ann.awaitState("hold");
    ann.forget();
    assertThat(ann.askAndWait("retrieve").path("ok").asBoolean()).isTrue();
    ann.awaitState("talking");
    talk.hangUp();
    ann.awaitState("wrap-up");
    assertThat(recounted()).contains("all are equal");
  }

  /// By the PBX's feature code, which sets what `doNotDisturb` does.
  @Test
  void whoDoesNotWantToBeDisturbedIsNotOfferedAndSeenAsSuch() throws Exception {
    asterisk.doNotDisturb("PJSIP/1001", true);
    ann.await(message -> phone(message).equals("DO_NOT_DISTURB"));
    ben.askAndWait("goReady");
    trunk.call("8001");
    second.answers();
    ben.awaitState("talking");
    assertThat(first.rung).as("who was ready first").isEmpty();
    ann.forget();
    trunk.call("8001");
    asterisk.doNotDisturb("PJSIP/1001", false);
    ann.await(message -> phone(message).equals("AVAILABLE"));
    first.answers();
    ann.awaitState("talking");
  }

  private static String inHand(JsonNode message, String agent) {
    JsonNode contacts = message.path("topics").path("agent:" + agent).path("contacts");
    return contacts.size() == 1 ? contacts.get(0).path("customer").asText() : "";
  }

  private static String phone(JsonNode message) {
    return message.path("topics").path("agent:a1").path("phone").asText();
  }

  @Test
  void aColleagueWhoIsGivenTheCallerHasThePopTheControlsAndTheWrapUp() throws Exception {
    SipCall talk = talks();
    talk.hold(true);
    ann.awaitState("hold");
    assertThat(ann.askAndWait("retrieve").path("code").asText()).isEqualTo("held-on-phone");
    SipCall asks = first.user.call("1002");
    SipCall consult = second.answers();
    asks.answered().orTimeout(10, TimeUnit.SECONDS).join();
    talk.referTo(asks);
    assertThat(number(ben.awaitPop())).isEqualTo(CALLER);
    ben.awaitState("talking");
    ann.awaitState("wrap-up");
    ben.forget();
    assertThat(ben.askAndWait("hold").path("ok").asBoolean()).isTrue();
    ben.awaitState("hold");
    ben.forget();
    assertThat(ben.askAndWait("retrieve").path("ok").asBoolean()).isTrue();
    ben.awaitState("talking");
    assertThat(consult.isOver()).isFalse();
    ben.forget();
    assertThat(ben.askAndWait("hangUp").path("ok").asBoolean()).isTrue();
    ben.awaitState("wrap-up");
    consult.ended().orTimeout(10, TimeUnit.SECONDS).join();
    assertThat(recounted()).contains("all are equal");
  }

  @Test
  void whoIsPutThroughToAQueueWaitsThereAndIsAnswered() throws Exception {
    SipCall talk = talks();
    talk.hold(true);
    talk.referTo(first.calls("8001"));
    ann.awaitState("wrap-up");
    ben.askAndWait("goReady");
    SipCall answered = second.answers();
    assertThat(number(ben.awaitPop())).isEqualTo(CALLER);
    ben.awaitState("talking");
    assertThat(answered.isTalking()).isTrue();
  }

  /// Ann asks somebody of a queue, and who answers has the caller then.
  @Test
  void whoAnsweredTheAgentInAQueueHasTheCaller() throws Exception {
    SipCall talk = talks();
    ben.askAndWait("goReady");
    talk.hold(true);
    SipCall asks = first.calls("8001");
    second.answers();
    ben.awaitState("talking");
    assertThat(number(ben.awaitPop())).isEqualTo("1001");
    ben.forget();
    talk.referTo(asks);
    ben.await(message -> number(message.path("pop")).equals(CALLER));
    // What is in hand is told after the pop.
    ben.await(message -> inHand(message, "a2").equals(CALLER));
    ann.awaitState("wrap-up");
    ben.forget();
    assertThat(ben.askAndWait("hold").path("ok").asBoolean()).isTrue();
    ben.awaitState("hold");
    ben.forget();
    assertThat(ben.askAndWait("retrieve").path("ok").asBoolean()).isTrue();
    ben.awaitState("talking");
  }

  /// Completed while the colleague's phone rings, and without a word before.
  @Test
  void aColleagueWhoAnswersAfterTheTransferHasTheCaller() throws Exception {
    SipCall talk = talks();
    SipCall asks = first.user.call("1002");
    SipCall rings = second.rung.poll(10, TimeUnit.SECONDS);
    assertThat(rings).isNotNull();
    asks.ringing().orTimeout(10, TimeUnit.SECONDS).join();
    talk.referTo(asks);
    ann.awaitState("wrap-up");
    rings.answer();
    assertThat(number(ben.awaitPop())).isEqualTo(CALLER);
    ben.forget();
    rings.hangUp();
    ben.awaitState("wrap-up");
    assertThat(ben.askAndWait("completeWrapUp", "disposition", "other").path("ok").asBoolean())
        .isTrue();
    ann.forget();
    assertThat(ann.askAndWait("completeWrapUp", "disposition", "other").path("ok").asBoolean())
        .isTrue();
    ann.awaitState("ready");
    talk = talks();
    talk.refer("1002");
    second.answers();
    ben.awaitState("talking");
  }

  /// A ring that the desk declines is over at the phone, and the caller waits on.
  @Test
  void aRingIsDeclinedByTheDesk() throws Exception {
    SipCall call = trunk.call("8001");
    SipCall rings = first.rung.poll(10, TimeUnit.SECONDS);
    assertThat(rings).as("rings").isNotNull();
    assertThat(ann.askAndWait("decline").path("ok").asBoolean()).isTrue();
    rings.ended().orTimeout(10, TimeUnit.SECONDS).join();
    ann.awaitState("not-ready");
    assertThat(call.isOver()).isFalse();
    ann.askAndWait("goReady");
    first.answers();
    ann.awaitState("talking");
  }

  // ── By the desk ───────────────────────────────────────────────────────────────────────────────

  @Test
  void aColleagueIsGivenTheCallerByTheDesk() throws Exception {
    SipCall talk = talks();
    ben.askAndWait("goReady");
    ben.awaitState("ready");
    JsonNode reply = ann.askAndWait("transferToAgent", "colleague", "a2", "why", "refund");
    assertThat(reply.path("ok").asBoolean()).as("%s", reply).isTrue();
    ann.awaitState("wrap-up");
    talk.ended().orTimeout(10, TimeUnit.SECONDS).join();
    SipCall takes = second.answers();
    JsonNode pop = ben.awaitPop();
    assertThat(number(pop)).isEqualTo(CALLER);
    assertThat(pop.path("handedOver").path("why").asText()).isEqualTo("refund");
    ben.awaitState("talking");
    assertThat(takes.isTalking()).isTrue();
    takes.hangUp();
    ben.awaitState("wrap-up");
    assertThat(recounted()).contains("all are equal");
  }

  /// Ann has put the caller on hold, by her desk; and nobody else is there to have them.
  @Test
  void aCallerOnHoldIsGivenToAQueueByTheDesk() throws Exception {
    SipCall talk = talks();
    ann.askAndWait("hold");
    ann.awaitState("hold");
    assertThat(ann.askAndWait("transferToQueue", "queue", "orders").path("ok").asBoolean())
        .isTrue();
    ann.awaitState("wrap-up");
    talk.ended().orTimeout(10, TimeUnit.SECONDS).join();
    ben.askAndWait("goReady");
    second.answers();
    assertThat(number(ben.awaitPop())).isEqualTo(CALLER);
    ben.awaitState("talking");
  }

  /// How a hold ends that is not the agent's to end.
  private enum Hold {
    FORGOTTEN_BY_THE_DESK,
    FORGOTTEN_BY_THE_PHONE,
    HANDSET_PUT_DOWN
  }

  /// Ann's phone rings once more for whom she had on hold, before whoever has waited for longer.
  @ParameterizedTest
  @EnumSource(Hold.class)
  void aCallerWhoIsLeftOnHoldComesBackFirst(Hold hold) throws Exception {
    SipCall talk = talks();
    try (var other = new SipUser("+886223000099", 0, asterisk.sipPort(), SipCall::hangUp)) {
      other.call("8001");
      ann.await(message -> message.at("/topics/queue:orders/waiting").asInt() == 1);
      if (hold == Hold.FORGOTTEN_BY_THE_PHONE) talk.hold(true);
      else ann.askAndWait("hold");
      ann.awaitState("hold");
      if (hold == Hold.HANDSET_PUT_DOWN) talk.hangUp();
      else ann.await(message -> inHand(message).path("reminded").asInt() == 1);
      ann.await(message -> inHand(message).path("returned").asBoolean());
      talk.ended().orTimeout(10, TimeUnit.SECONDS).join();
      ann.await(message -> message.at("/topics/queue:orders/waiting").asInt() == 2);
      ann.forget();
      ann.askAndWait("goReady");
      talk = first.answers();
      JsonNode pop = ann.await(message -> message.at("/pop/handedOver/held").has("onHold"));
      assertThat(number(pop.path("pop"))).isEqualTo(CALLER);
      ann.awaitState("talking");
    }
    SipCall again = talk;
    again.hangUp();
    ann.awaitState("wrap-up");
    assertThat(recounted()).contains("all are equal");
  }

  private static JsonNode inHand(JsonNode message) {
    return message.path("topics").path("agent:a1").path("contacts").path(0);
  }

  @Test
  void whatIsKeyedAtTheDeskTheCallerHears() throws Exception {
    talks();
    assertThat(ann.askAndWait("generateDigits", "digits", "47*").path("ok").asBoolean()).isTrue();
    assertThat(ann.askAndWait("generateDigits", "digits", "11#").path("ok").asBoolean()).isTrue();
    Await.until(() -> trunk.keysHeard().equals("47*11#"), "all is heard", Duration.ofSeconds(10));
    assertThat(first.user.keysHeard()).as("the agent's own phone").isEmpty();
  }

  /// Outside is Ben's phone, which is busy; then the caller waits again, and Ben is ready.
  @Test
  void whomNobodyAnswersOutsideWaitsAgain() throws Exception {
    SipCall talk = talks();
    JsonNode reply = ann.askAndWait("transferToNumber", "number", "0912 345 678");
    assertThat(reply.path("ok").asBoolean()).as("%s", reply).isTrue();
    ann.awaitState("wrap-up");
    talk.ended().orTimeout(10, TimeUnit.SECONDS).join();
    SipCall outside = second.rung.poll(10, TimeUnit.SECONDS);
    assertThat(outside).as("rings").isNotNull();
    outside.refuse("486 Busy Here", "");
    ben.askAndWait("goReady");
    second.answers();
    assertThat(number(ben.awaitPop())).isEqualTo(CALLER);
    ben.awaitState("talking");
  }
}
