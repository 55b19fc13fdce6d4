package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.Baresip;
import org.switchroom.cti.testkit.Linphone;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.NeedsSoftPhones;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.cti.testkit.SipCall;
import org.switchroom.cti.testkit.SipUser;
import org.switchroom.cti.testkit.SoftPhone;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// SIP clients that people use, as agents' phones at a real Asterisk: Baresip is Ann's, Linphone is
/// Ben's. What they can is in a table of `docs/operating.md`.
@NeedsAsterisk
@NeedsSoftPhones
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SoftPhonesOnAsteriskTest {
  private static final String CALLER = "+886223000001";
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int BARESIP_SAYS = 550;
  private static final Map<String, String> PHONES = Map.of("a1", "PJSIP/3001", "a2", "PJSIP/3002");

  private static final String DIALPLAN =
      """
      exten => _30XX,1,Dial(PJSIP/${EXTEN},20)
      """;

  enum Client {
    BARESIP,
    LINPHONE
  }

  private RealAsterisk asterisk;
  private Database database;
  private Settings settings;
  private Switchroom server;
  private SipUser trunk;
  private Baresip baresip;
  private Linphone linphone;
  private DeskClient ann;
  private DeskClient ben;

  @BeforeAll
  void open() throws Exception {
    asterisk = new RealAsterisk(DIALPLAN);
    baresip = asterisk.baresip(BARESIP_SAYS);
    linphone = asterisk.linphone();
    database = Database.open(Database.inMemoryUrl("soft-" + System.nanoTime()), "sa", "");
    Settings plain =
        TestCenter.on(asterisk)
            .withAgents(2)
            .onlyQueue("orders")
            .wrapsUp(WrapUp.Mode.OPTIONAL)
            .settings();
    settings =
        plain.withUsers(
            plain.users().stream()
                .map(
                    user ->
                        user.withPhone(
                            Optional.ofNullable(PHONES.get(user.name())).or(user::phone)))
                .toList());
    server = TestServer.start(settings, database);
    trunk = new SipUser(CALLER, 0, asterisk.sipPort(), SipCall::hangUp);
    ann = DeskClient.logIn(server.webPort(), "a1", TestCenter.PASSWORD);
    ben = DeskClient.logIn(server.webPort(), "a2", TestCenter.PASSWORD);
    for (DeskClient desk : List.of(ann, ben)) desk.await(SoftPhonesOnAsteriskTest::isRegistered);
  }

  private static boolean isRegistered(JsonNode message) {
    return message.path("topics").properties().stream()
        .anyMatch(topic -> topic.getValue().path("phone").asText().equals("AVAILABLE"));
  }

  @AfterAll
  void close() {
    for (AutoCloseable one :
        List.<AutoCloseable>of(ann, ben, server, trunk, baresip, linphone, database, asterisk)) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @BeforeEach
  void forget() {
    ann.forget();
    ben.forget();
    baresip.forget();
    linphone.forget();
  }

  /// Whoever has talked is not ready again, and nobody is anywhere.
  @AfterEach
  void nothingIsLeft() throws Exception {
    Await.until(
        () -> asterisk.console("core show channels count").contains("0 active channels"),
        "Asterisk has no channel any more",
        SOON);
    Await.until(() -> baresip.isIdle() && linphone.isIdle(), "the phones are idle", SOON);
    for (DeskClient desk : List.of(ann, ben)) {
      if (desk.state().equals("wrap-up")) {
        done(desk.askAndWait("completeWrapUp", "disposition", "other"));
      }
      done(desk.askAndWait("goNotReady", "reason", "break"));
      Await.until(() -> desk.state().equals("not-ready"), desk + " is not ready", SOON);
    }
    var said = new ArrayList<String>();
    server.recount(said::add);
    assertThat(String.join(" ", said)).contains("all are equal");
  }

  private static void done(JsonNode reply) {
    assertThat(reply.path("ok").asBoolean()).as("%s", reply).isTrue();
  }

  private SoftPhone phone(Client client) {
    return client == Client.BARESIP ? baresip : linphone;
  }

  private DeskClient desk(Client client) {
    return client == Client.BARESIP ? ann : ben;
  }

  private static Client other(Client client) {
    return client == Client.BARESIP ? Client.LINPHONE : Client.BARESIP;
  }

  private SipCall rings(Client client) {
    done(desk(client).askAndWait("goReady"));
    SipCall call = trunk.call("8001");
    phone(client).rings();
    desk(client).awaitState("ringing");
    return call;
  }

  /// The agent of this phone talks with the caller.
  private SipCall talks(Client client) {
    SipCall call = rings(client);
    phone(client).answer();
    desk(client).awaitState("talking");
    return call;
  }

  private static String number(JsonNode pop) {
    return pop.path("from").asText();
  }

  @ParameterizedTest
  @EnumSource
  void thePhonesOwnKeysAreSeenAtTheDesk(Client client) {
    SoftPhone phone = phone(client);
    DeskClient desk = desk(client);
    SipCall call = talks(client);
    phone.hold();
    desk.awaitState("hold");
    assertThat(desk.askAndWait("retrieve").path("code").asText()).isEqualTo("held-on-phone");
    desk.forget();
    phone.retrieve();
    desk.awaitState("talking");
    phone.press("47*1#");
    Await.until(() -> trunk.keysHeard().endsWith("47*1#"), "the caller hears keys", SOON);
    // Baresip does not say which keys it hears.
    if (client == Client.LINPHONE) {
      trunk.press("2580");
      Await.until(() -> linphone.keysHeard().equals("2580"), "the phone hears keys", SOON);
    }
    done(desk.askAndWait("hold"));
    desk.awaitState("hold");
    desk.forget();
    done(desk.askAndWait("retrieve"));
    desk.awaitState("talking");
    phone.hangUp();
    call.ended().join();
    desk.awaitState("wrap-up");
  }

  /// Neither knows the event package "talk". Linphone (491) rings on; of Baresip's 481 Asterisk
  /// thinks that its call is gone, and the caller waits on.
  @ParameterizedTest
  @EnumSource
  void theDesksAnswerIsNoneWhereAPhoneDoesNotKnowTalk(Client client) {
    SipCall call = rings(client);
    asterisk.console("pjsip set history on");
    done(desk(client).askAndWait("answer"));
    String told = client == Client.BARESIP ? "SIP/2.0 481" : "SIP/2.0 491";
    Await.until(
        () -> asterisk.console("pjsip show history").contains(told), "the phone replies", SOON);
    asterisk.console("pjsip set history off");
    if (client == Client.BARESIP) {
      ann.awaitState("not-ready");
      Await.until(baresip::isIdle, "it rings no more", SOON);
      forget();
      done(ann.askAndWait("goReady"));
      baresip.rings();
      ann.awaitState("ringing");
    }
    assertThat(desk(client).state()).isEqualTo("ringing");
    phone(client).answer();
    desk(client).awaitState("talking");
    call.hangUp();
    desk(client).awaitState("wrap-up");
  }

  /// By the header of its call. The other one does not obey it, and rings.
  @Test
  void aPhoneThatObeysAnswersByItself() throws Exception {
    server.reconfigure(
        settings.withQueues(
            settings.queues().stream().map(one -> one.withAutoAnswer(true)).toList()));
    try {
      done(ann.askAndWait("goReady"));
      SipCall first = trunk.call("8001");
      assertThat(number(ann.awaitPop())).isEqualTo(CALLER);
      ann.awaitState("talking");
      trunk.sound().hears(BARESIP_SAYS);
      first.hangUp();
      ann.awaitState("wrap-up");
      SipCall second = talks(Client.LINPHONE);
      second.hangUp();
      ben.awaitState("wrap-up");
    } finally {
      server.reconfigure(settings);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whomAPhoneGivesAwayTheOtherHas(Client client) {
    SipCall call = talks(client);
    SoftPhone colleague = phone(other(client));
    DeskClient theirs = desk(other(client));
    phone(client).transfer(client == Client.BARESIP ? "3002" : "3001");
    colleague.rings();
    colleague.answer();
    assertThat(number(theirs.awaitPop())).isEqualTo(CALLER);
    theirs.awaitState("talking");
    desk(client).awaitState("wrap-up");
    theirs.forget();
    done(theirs.askAndWait("hold"));
    theirs.awaitState("hold");
    theirs.forget();
    done(theirs.askAndWait("retrieve"));
    theirs.awaitState("talking");
    colleague.hangUp();
    call.ended().join();
    theirs.awaitState("wrap-up");
  }

  /// Linphone has it (REFER with Replaces), Baresip of this version has not.
  @Test
  void whomAPhoneHasAskedHasTheCallerThen() {
    SipCall call = talks(Client.LINPHONE);
    linphone.hold();
    ben.awaitState("hold");
    linphone.calls("3001");
    baresip.rings();
    baresip.answer();
    linphone.isInTalk();
    linphone.transferToOther();
    assertThat(number(ann.awaitPop())).isEqualTo(CALLER);
    ann.awaitState("talking");
    ben.awaitState("wrap-up");
    trunk.sound().hears(BARESIP_SAYS);
    call.hangUp();
    ann.awaitState("wrap-up");
  }
}
