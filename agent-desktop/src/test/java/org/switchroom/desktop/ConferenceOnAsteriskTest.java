package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.cti.testkit.SipCall;
import org.switchroom.cti.testkit.SipUser;
import org.switchroom.desktop.testkit.CenterFile;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.ServerProcess;
import org.switchroom.desktop.testkit.TestCenter;

/// Caller, agent and a colleague in a conference, on a real Asterisk: each says a tone, and what
/// each hears says who is with whom; also where the server is killed meanwhile.
@NeedsAsterisk
class ConferenceOnAsteriskTest {
  private static final int CALLER = 400;
  private static final int ANN = 550;
  private static final int BEN = 850;

  @TempDir Path folder;
  private RealAsterisk asterisk;
  private CenterFile center;
  private ServerProcess server;
  private SipUser caller;
  private SipUser annsPhone;
  private SipUser bensPhone;
  private DeskClient ann;
  private DeskClient ben;
  private SipCall call;

  @BeforeEach
  void annAsksBen() throws Exception {
    asterisk = new RealAsterisk();
    center =
        TestCenter.on(asterisk)
            .withAgents(2)
            .straightTo("orders")
            .wrapsUp(WrapUp.Mode.OPTIONAL)
            .in(folder);
    server = new ServerProcess(center);
    server.start();
    annsPhone = asterisk.phoneThatSpeaks(PbxRig.device(1), ANN);
    bensPhone = asterisk.phoneThatSpeaks(PbxRig.device(2), BEN);
    caller = new SipUser("+886223000001", 0, asterisk.sipPort(), SipCall::hangUp).speaks(CALLER);
    ann = DeskClient.logIn(center.web(), "a1", TestCenter.PASSWORD);
    ben = DeskClient.logIn(center.web(), "a2", TestCenter.PASSWORD);
    done(ann, "goReady");
    call = caller.call("8001");
    ann.awaitState("talking");
    done(ben, "goReady");
    asks();
  }

  @AfterEach
  void close() throws Exception {
    ann.close();
    ben.close();
    server.close();
    caller.close();
    asterisk.close();
  }

  private static void done(DeskClient desk, String type, String... fields) {
    assertThat(desk.askAndWait(type, fields).path("ok").asBoolean()).as(type).isTrue();
  }

  private void asks() {
    done(ann, "consultAgent", "colleague", "a2", "why", "refund");
    ann.awaitState("consulting");
    ben.awaitState("talking");
    agentsAreAmongThemselves();
  }

  private void agentsAreAmongThemselves() {
    annsPhone.sound().hears(BEN);
    bensPhone.sound().hears(ANN);
    annsPhone.sound().hearsNoMore(CALLER);
    bensPhone.sound().hearsNoMore(CALLER);
    caller.sound().hearsNoMore(ANN);
    caller.sound().hearsNoMore(BEN);
  }

  private void allHearEachOther() {
    caller.sound().hears(ANN);
    caller.sound().hears(BEN);
    annsPhone.sound().hears(CALLER);
    annsPhone.sound().hears(BEN);
    bensPhone.sound().hears(CALLER);
    bensPhone.sound().hears(ANN);
  }

  private void conference() {
    done(ann, "conference");
    ann.awaitState("talking");
    allHearEachOther();
  }

  private void benHasTheCaller() {
    caller.sound().hears(BEN);
    bensPhone.sound().hears(CALLER);
    caller.sound().hearsNoMore(ANN);
    bensPhone.sound().hearsNoMore(ANN);
    assertThat(call.isOver()).isFalse();
  }

  private void annHasTheCaller() {
    caller.sound().hears(ANN);
    annsPhone.sound().hears(CALLER);
    caller.sound().hearsNoMore(BEN);
    annsPhone.sound().hearsNoMore(BEN);
    assertThat(call.isOver()).isFalse();
  }

  // ── Together, apart, and together again ─────────────────────────────────────────────────────

  @Test
  void theAgentTakesItApartComesBackAndLeaves() {
    conference();
    done(ann, "hold");
    ann.awaitState("consulting");
    agentsAreAmongThemselves();
    conference();
    done(ann, "completeConsultation");
    ann.awaitState("wrap-up");
    benHasTheCaller();
    call.hangUp();
    ben.awaitState("wrap-up");
  }

  /// What the caller hears meanwhile is who is asked, and not the music that the phone has begun.
  @Test
  void whoHoldsByThePhoneJoinsTheOthersAndComesLater() {
    done(ann, "alternate");
    ann.awaitState("talking");
    annHasTheCaller();
    annsPhone.talk().hold(true);
    ann.awaitState("hold");
    ann.forget();
    done(ann, "conference");
    ann.awaitState("talking");
    caller.sound().hears(BEN);
    bensPhone.sound().hears(CALLER);
    annsPhone.talk().hold(false);
    allHearEachOther();
    annsPhone.talk().hold(true);
    caller.sound().hears(BEN);
    done(ann, "completeConsultation");
    ann.awaitState("wrap-up");
    benHasTheCaller();
  }

  /// At two desks, or by a hand that trembles: the second comes before the PBX has done the first.
  @Test
  void whatIsAskedTwiceIsNoMoreThanOnce() {
    twice("alternate");
    ann.awaitState("talking");
    annHasTheCaller();
    ann.forget();
    twice("alternate");
    ann.awaitState("consulting");
    agentsAreAmongThemselves();
    ann.forget();
    twice("conference");
    ann.awaitState("talking");
    allHearEachOther();
    ann.forget();
    twice("hold");
    ann.awaitState("consulting");
    agentsAreAmongThemselves();
    ann.forget();
    twice("conference");
    ann.awaitState("talking");
    allHearEachOther();
    twice("cancelConsultation");
    annHasTheCaller();
    ann.forget();
    twice("hold");
    ann.awaitState("hold");
    caller.sound().hearsNoMore(ANN);
    ann.forget();
    twice("retrieve");
    ann.awaitState("talking");
    annHasTheCaller();
  }

  /// Who is on the way to a colleague is in no conference with them yet.
  @Test
  void whatIsAskedInBetweenLeavesNobodyInSilence() {
    done(ann, "alternate");
    ann.awaitState("talking");
    annHasTheCaller();
    ann.forget();
    ann.ask("alternate");
    ann.ask("conference");
    ann.awaitReply(ann.lastId());
    ann.awaitState("consulting");
    agentsAreAmongThemselves();
    conference();
  }

  private void twice(String type) {
    ann.ask(type);
    ann.ask(type);
    ann.awaitReply(ann.lastId());
  }

  // ── Whoever leaves ──────────────────────────────────────────────────────────────────────────

  /// From where the agent is with the caller.
  @Test
  void theAgentsPhoneHangsUpAndTheColleagueHasTheCaller() {
    done(ann, "alternate");
    caller.sound().hears(ANN);
    conference();
    annsPhone.hangUp();
    ann.awaitState("wrap-up");
    benHasTheCaller();
    assertThat(ben.inHand()).as("the caller's contact").isNotEmpty();
    done(ben, "hold");
    ben.awaitState("hold");
    done(ben, "retrieve");
    benHasTheCaller();
  }

  @Test
  void theAgentDropsTheColleagueAndTheColleagueHangsUp() {
    conference();
    done(ann, "cancelConsultation");
    ben.awaitState("ready");
    annHasTheCaller();
    asks();
    conference();
    bensPhone.hangUp();
    ben.awaitState("ready");
    annHasTheCaller();
  }

  @Test
  void theCallerHangsUpAndItIsOverForAll() {
    conference();
    call.hangUp();
    ann.awaitState("wrap-up");
    ben.awaitState("ready");
    annsPhone.sound().hearsNoMore(BEN);
    bensPhone.sound().hearsNoMore(ANN);
  }

  /// With the keys of their phone they leave, too: the colleague has the caller.
  @Test
  void theAgentsPhoneTransfersAndTheColleagueHasTheCaller() {
    asterisk.phoneThatSpeaks(PbxRig.device(3), 1_200);
    conference();
    SipCall talk = annsPhone.talk();
    talk.hold(true);
    caller.sound().hears(BEN);
    bensPhone.sound().hears(CALLER);
    SipCall asks = annsPhone.call("1003");
    asks.answered().orTimeout(10, TimeUnit.SECONDS).join();
    talk.referTo(asks);
    ann.awaitState("wrap-up");
    benHasTheCaller();
  }

  /// No agent's phone may send anybody there.
  @Test
  void aTransferToWhatIsNoTelephoneChangesNothing() {
    conference();
    annsPhone.talk().refer("8001");
    bensPhone.talk().refer("8001");
    allHearEachOther();
    done(ann, "cancelConsultation");
    ben.awaitState("ready");
    annHasTheCaller();
  }

  /// Who gives their talk away by their phone has left it: the agent, the colleague has the caller;
  /// the colleague, the agent has them.
  @Test
  void theAgentsPhoneGivesItToSomebodyAndTheColleagueHasTheCaller() {
    asterisk.phoneThatSpeaks(PbxRig.device(3), 1_200);
    annsPhone.talk().refer("1003");
    ann.awaitState("wrap-up");
    benHasTheCaller();
  }

  /// Attended, too: whoever they have asked by their phone is let go.
  @Test
  void theAgentsPhoneTransfersWhileTheyAskAndTheColleagueHasTheCaller() {
    asterisk.phoneThatSpeaks(PbxRig.device(3), 1_200);
    SipCall talk = annsPhone.talk();
    talk.hold(true);
    bensPhone.sound().hearsNoMore(ANN);
    SipCall asks = annsPhone.call("1003");
    asks.answered().orTimeout(10, TimeUnit.SECONDS).join();
    talk.referTo(asks);
    ann.awaitState("wrap-up");
    benHasTheCaller();
    caller.sound().hearsNoMore(1_200);
  }

  @Test
  void alsoInAConference() {
    asterisk.phoneThatSpeaks(PbxRig.device(3), 1_200);
    conference();
    annsPhone.talk().refer("1003");
    ann.awaitState("wrap-up");
    benHasTheCaller();
    caller.sound().hearsNoMore(1_200);
  }

  @Test
  void theColleaguesPhoneGivesItToSomebodyAndTheAgentHasTheCaller() {
    asterisk.phoneThatSpeaks(PbxRig.device(3), 1_200);
    conference();
    bensPhone.talk().refer("1003");
    ben.awaitState("ready");
    annHasTheCaller();
    caller.sound().hearsNoMore(1_200);
    ben.forget();
    asks();
    bensPhone.talk().refer("1003");
    ben.awaitState("ready");
    ann.awaitState("hold");
    done(ann, "retrieve");
    annHasTheCaller();
  }

  // ── Nobody is there ─────────────────────────────────────────────────────────────────────────

  @Test
  void whoeverLeavesWhileNobodyIsThereHasLeft() throws Exception {
    conference();
    server.kill();
    annsPhone.hangUp();
    benHasTheCaller();
    server.start();
    ann = ann.again();
    ben = ben.again();
    ann.awaitState("wrap-up");
    ben.awaitState("talking");
    benHasTheCaller();
    done(ben, "hold");
    ben.awaitState("hold");
    done(ben, "retrieve");
    benHasTheCaller();
  }
}
