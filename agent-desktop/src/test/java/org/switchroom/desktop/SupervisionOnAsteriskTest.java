package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.cti.testkit.SipCall;
import org.switchroom.cti.testkit.SipUser;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;

/// Who hears whom on a real Asterisk: caller, agent and supervisor each say a tone of their own.
@NeedsAsterisk
class SupervisionOnAsteriskTest {
  private static final int CALLER = 440;
  private static final int AGENT = 620;
  private static final int SUPERVISOR = 850;

  private RealAsterisk asterisk;
  private Database database;
  private Switchroom server;
  private SipUser caller;
  private SipUser agent;
  private SipUser supervisor;
  private DeskClient ann;
  private DeskClient sup;
  private SipCall call;

  @BeforeEach
  void annTalks() throws Exception {
    asterisk = new RealAsterisk();
    database = Database.open(Database.inMemoryUrl("heard-" + System.nanoTime()), "sa", "");
    server =
        TestCenter.on(asterisk)
            .withAgents(1)
            .straightTo("orders")
            .wrapsUp(WrapUp.Mode.OPTIONAL)
            .start(database);
    agent = asterisk.phoneThatSpeaks(PbxRig.device(1), AGENT);
    supervisor = asterisk.phoneThatSpeaks(PbxRig.device(2), SUPERVISOR);
    caller = new SipUser("+886223000001", 0, asterisk.sipPort(), SipCall::hangUp).speaks(CALLER);
    ann = DeskClient.logIn(server.webPort(), "a1", TestCenter.PASSWORD);
    sup = DeskClient.logIn(server.webPort(), "sup", TestCenter.PASSWORD);
    ann.askAndWait("goReady");
    call = caller.call("8001");
    ann.awaitState("talking");
    caller.sound().hears(AGENT);
    agent.sound().hears(CALLER);
  }

  @AfterEach
  void close() {
    ann.close();
    sup.close();
    server.close();
    caller.close();
    database.close();
    asterisk.close();
  }

  private void takesPart(String how) {
    sup.forget();
    assertThat(sup.askAndWait("supervise", "colleague", "a1", "how", how).path("ok").asBoolean())
        .isTrue();
    sup.await(
        message -> {
          var one = message.path("topics").path("supervision:a1").path("supervisors").path(0);
          return one.path("connected").asBoolean() && one.path("how").asText().equals(how);
        });
    supervisor.sound().hears(CALLER);
    supervisor.sound().hears(AGENT);
  }

  private void areInTheirTalk() {
    caller.sound().hears(AGENT);
    agent.sound().hears(CALLER);
  }

  @Test
  void whoListensIsHeardByNobodyAndWhoWhispersByTheAgentAlone() {
    takesPart("listen");
    agent.sound().hearsNoMore(SUPERVISOR);
    caller.sound().hearsNoMore(SUPERVISOR);
    takesPart("whisper");
    agent.sound().hears(SUPERVISOR);
    caller.sound().hearsNoMore(SUPERVISOR);
    areInTheirTalk();
    takesPart("barge");
    agent.sound().hears(SUPERVISOR);
    caller.sound().hears(SUPERVISOR);
    areInTheirTalk();
    takesPart("listen");
    agent.sound().hearsNoMore(SUPERVISOR);
    caller.sound().hearsNoMore(SUPERVISOR);
    sup.askAndWait("endSupervision");
    supervisor.sound().hearsNoMore(CALLER);
    areInTheirTalk();
  }

  /// What supervisor and agent say to each other then is not for the caller.
  @Test
  void aCallerOnHoldDoesNotHearWhoHasBargedIn() {
    takesPart("barge");
    caller.sound().hears(SUPERVISOR);
    ann.askAndWait("hold", "contact", ann.inHand());
    ann.awaitState("hold");
    caller.sound().hearsNoMore(SUPERVISOR);
    caller.sound().hearsNoMore(AGENT);
    agent.sound().hears(SUPERVISOR);
    ann.forget();
    ann.askAndWait("retrieve", "contact", ann.inHand());
    ann.awaitState("talking");
    areInTheirTalk();
    caller.sound().hearsNoMore(SUPERVISOR);
    takesPart("barge");
    caller.sound().hears(SUPERVISOR);
  }

  @Test
  void whoIsTakenOverHearsTheSupervisorAlone() {
    takesPart("listen");
    assertThat(sup.askAndWait("takeOver").path("ok").asBoolean()).isTrue();
    ann.awaitState("wrap-up");
    caller.sound().hears(SUPERVISOR);
    caller.sound().hearsNoMore(AGENT);
    supervisor.sound().hears(CALLER);
    supervisor.sound().hearsNoMore(AGENT);
    agent.sound().hearsNoMore(CALLER);
    assertThat(call.isOver()).isFalse();
    call.hangUp();
    call.ended().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
