package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

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

/// An agent asks a colleague by the desk, on a real Asterisk: caller, agent and colleague each say
/// a tone, and what each hears says who is with whom.
@NeedsAsterisk
class ConsultOnAsteriskTest {
  private static final int CALLER = 400;
  private static final int ANN = 550;
  private static final int BEN = 850;

  private RealAsterisk asterisk;
  private Database database;
  private Switchroom server;
  private SipUser caller;
  private SipUser annsPhone;
  private SipUser bensPhone;
  private DeskClient ann;
  private DeskClient ben;
  private SipCall call;

  @BeforeEach
  void annAsksBen() throws Exception {
    asterisk = new RealAsterisk();
    database = Database.open(Database.inMemoryUrl("asks-" + System.nanoTime()), "sa", "");
    server =
        TestCenter.on(asterisk)
            .withAgents(2)
            .straightTo("orders")
            .wrapsUp(WrapUp.Mode.OPTIONAL)
            .start(database);
    annsPhone = asterisk.phoneThatSpeaks(PbxRig.device(1), ANN);
    bensPhone = asterisk.phoneThatSpeaks(PbxRig.device(2), BEN);
    caller = new SipUser("+886223000001", 0, asterisk.sipPort(), SipCall::hangUp).speaks(CALLER);
    ann = DeskClient.logIn(server.webPort(), "a1", TestCenter.PASSWORD);
    ben = DeskClient.logIn(server.webPort(), "a2", TestCenter.PASSWORD);
    done(ann, "goReady");
    call = caller.call("8001");
    ann.awaitState("talking");
    done(ben, "goReady");
    done(ann, "consultAgent", "colleague", "a2", "why", "refund");
    ann.awaitState("consulting");
    ben.awaitState("talking");
    areWithEachOther();
  }

  @AfterEach
  void close() {
    ann.close();
    ben.close();
    server.close();
    caller.close();
    database.close();
    asterisk.close();
  }

  private static void done(DeskClient desk, String type, String... fields) {
    assertThat(desk.askAndWait(type, fields).path("ok").asBoolean()).as(type).isTrue();
  }

  /// And the caller with nobody.
  private void areWithEachOther() {
    annsPhone.sound().hears(BEN);
    bensPhone.sound().hears(ANN);
    annsPhone.sound().hearsNoMore(CALLER);
    caller.sound().hearsNoMore(ANN);
    caller.sound().hearsNoMore(BEN);
  }

  @Test
  void theAgentGoesToAndFroAndHandsOver() {
    for (int i = 0; i < 2; i++) {
      done(ann, "alternate");
      annsPhone.sound().hears(CALLER);
      caller.sound().hears(ANN);
      annsPhone.sound().hearsNoMore(BEN);
      bensPhone.sound().hearsNoMore(ANN);
      bensPhone.sound().hearsNoMore(CALLER);
      done(ann, "alternate");
      areWithEachOther();
    }
    done(ann, "completeConsultation");
    ann.awaitState("wrap-up");
    caller.sound().hears(BEN);
    bensPhone.sound().hears(CALLER);
    caller.sound().hearsNoMore(ANN);
    annsPhone.sound().hearsNoMore(BEN);
    assertThat(call.isOver()).isFalse();
  }

  /// Whoever is asked hears music then, and still gets the caller.
  @Test
  void whoIsWithTheCallerHandsThemOver() {
    done(ann, "alternate");
    caller.sound().hears(ANN);
    done(ann, "completeConsultation");
    ann.awaitState("wrap-up");
    caller.sound().hears(BEN);
    bensPhone.sound().hears(CALLER);
    caller.sound().hearsNoMore(ANN);
  }

  /// Whoever is asked has the agent on hold then: the caller waits for them, and is not hung up.
  @Test
  void aCallerWhoIsHandedToSomebodyWhoHoldsWaitsForThem() {
    done(ben, "hold", "contact", ben.inHand());
    ben.awaitState("hold");
    done(ann, "alternate");
    caller.sound().hears(ANN);
    done(ann, "completeConsultation");
    ann.awaitState("wrap-up");
    caller.sound().hearsNoMore(ANN);
    assertThat(call.isOver()).isFalse();
    ben.forget();
    done(ben, "retrieve", "contact", ben.inHand());
    ben.awaitState("talking");
    caller.sound().hears(BEN);
    bensPhone.sound().hears(CALLER);
  }

  /// The phone's own hold ends at the phone.
  @Test
  void whoHoldsByThePhoneDoesTheRestByTheDesk() {
    ann.forget();
    done(ann, "cancelConsultation");
    ann.awaitState("talking");
    done(ben, "goReady");
    annsPhone.sound().hears(CALLER);
    annsPhone.talk().hold(true);
    ann.awaitState("hold");
    ann.forget();
    ben.forget();
    done(ann, "consultAgent", "colleague", "a2", "why", "");
    ann.awaitState("consulting");
    ben.awaitState("talking");
    annsPhone.talk().hold(false);
    areWithEachOther();
    ann.forget();
    done(ann, "alternate");
    ann.awaitState("talking");
    annsPhone.sound().hears(CALLER);
    annsPhone.talk().hold(true);
    ann.awaitState("hold");
    done(ann, "alternate");
    annsPhone.talk().hold(false);
    areWithEachOther();
    annsPhone.talk().hold(true);
    bensPhone.sound().hearsNoMore(ANN);
    done(ann, "completeConsultation");
    ann.awaitState("wrap-up");
    caller.sound().hears(BEN);
    bensPhone.sound().hears(CALLER);
  }

  /// Whoever it is whom the queue has.
  @Test
  void aQueueIsAskedAndWhoAnswersHasTheCaller() {
    ann.forget();
    done(ann, "cancelConsultation");
    ann.awaitState("talking");
    done(ben, "goReady");
    ben.awaitState("ready");
    ann.forget();
    ben.forget();
    done(ann, "consultQueue", "queue", "orders", "why", "");
    ann.awaitState("consulting");
    ben.awaitState("talking");
    areWithEachOther();
    done(ann, "completeConsultation");
    ann.awaitState("wrap-up");
    caller.sound().hears(BEN);
    bensPhone.sound().hears(CALLER);
    assertThat(call.isOver()).isFalse();
  }

  @Test
  void whoAsksNoMoreIsWithTheCaller() {
    ann.forget();
    done(ann, "cancelConsultation");
    ann.awaitState("talking");
    annsPhone.sound().hears(CALLER);
    caller.sound().hears(ANN);
    annsPhone.sound().hearsNoMore(BEN);
    ben.awaitState("ready");
    assertThat(call.isOver()).isFalse();
  }

  /// By the desk, as by the phone.
  @Test
  void whoHangsUpWhileTheyAskHandsOver() {
    done(ann, "hangUp");
    ann.awaitState("wrap-up");
    caller.sound().hears(BEN);
    bensPhone.sound().hears(CALLER);
    assertThat(call.isOver()).isFalse();
  }
}
