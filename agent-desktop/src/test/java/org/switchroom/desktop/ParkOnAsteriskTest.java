package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
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

/// Callers are parked and picked up on a real Asterisk: each says a tone, and what each hears says
/// who is with whom. What a kill does to them is in [KillInTalksTest].
@NeedsAsterisk
class ParkOnAsteriskTest {
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
  void annTalks() throws Exception {
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
    caller.sound().hears(ANN);
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
    JsonNode reply = desk.askAndWait(type, fields);
    assertThat(reply.path("ok").asBoolean()).as("%s: %s", type, reply).isTrue();
  }

  private static JsonNode parked(JsonNode message, String agent) {
    return message.path("topics").path("parked:" + agent).path("callers").path(0);
  }

  /// @return the contact, as Ben sees it
  private String annParks() {
    done(ann, "park", "why", "wants Ben");
    ann.awaitState("wrap-up");
    JsonNode seen = parked(ben.await(message -> parked(message, "a2").has("contact")), "a2");
    assertThat(seen.path("why").asText()).isEqualTo("wants Ben");
    caller.sound().hearsNoMore(ANN);
    assertThat(call.isOver()).isFalse();
    return seen.path("contact").asText();
  }

  private void benHasTheCaller() {
    caller.sound().hears(BEN);
    bensPhone.sound().hears(CALLER);
    assertThat(call.isOver()).isFalse();
  }

  @Test
  void aColleagueOnABreakPicksThemUpAndParksThemForAnn() {
    String contact = annParks();
    done(ben, "pickUp", "contact", contact);
    JsonNode pop = ben.awaitPopOf(contact);
    assertThat(pop.path("handedOver").path("why").asText()).isEqualTo("wants Ben");
    ben.awaitState("talking");
    benHasTheCaller();
    assertThat(ann.askAndWait("pickUp", "contact", contact).path("code").asText())
        .isEqualTo("picked-up");
    done(ben, "hold");
    ben.awaitState("hold");
    ann.forget();
    done(ben, "park", "why", "");
    ann.await(message -> parked(message, "a1").has("contact"));
    done(ann, "pickUp", "contact", contact);
    caller.sound().hears(ANN);
    annsPhone.sound().hears(CALLER);
    ann.forget();
    call.hangUp();
    ann.awaitState("wrap-up");
  }

  @Test
  void whoHangsUpIsGoneFromTheLists() {
    annParks();
    ben.forget();
    call.hangUp();
    ben.await(
        message -> {
          JsonNode callers = message.path("topics").path("parked:a2").path("callers");
          return callers.isArray() && callers.isEmpty();
        });
  }
}
