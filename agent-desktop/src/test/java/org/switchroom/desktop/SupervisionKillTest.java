package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.CenterFile;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.ServerProcess;
import org.switchroom.desktop.testkit.TestCenter;

/// The server is killed while a supervisor takes part in a talk, and is what it was right
/// afterwards: who is in the talk, how, and with whose record before them.
class SupervisionKillTest {
  private static final String FROM = "+886223000001";

  @TempDir Path folder;
  private SimulatedRig rig;
  private CenterFile center;
  private ServerProcess server;
  private DeskClient ann;
  private DeskClient sup;

  @BeforeEach
  void aSupervisorWhispersToAnn() throws Exception {
    rig = new SimulatedRig();
    center =
        TestCenter.on(rig)
            .withAgents(1)
            .wrapsUp(WrapUp.Mode.MANDATORY)
            .onlyQueue("orders")
            .in(folder);
    server = new ServerProcess(center);
    server.start();
    rig.phone(PbxRig.device(1), Manner.ANSWERS);
    rig.phone(PbxRig.device(2), Manner.ANSWERS);
    ann = DeskClient.logIn(center.web(), "a1", TestCenter.PASSWORD);
    sup = DeskClient.logIn(center.web(), "sup", TestCenter.PASSWORD);
    ann.askAndWait("goReady");
    rig.call(FROM, ' ', Duration.ofMinutes(2));
    ann.awaitState("talking");
    assertThat(sup.askAndWait("supervise", "colleague", "a1", "how", "whisper").path("ok"))
        .hasToString("true");
    sup.await(SupervisionKillTest::whispers);
  }

  @AfterEach
  void close() throws Exception {
    ann.close();
    sup.close();
    server.close();
    rig.close();
  }

  private static boolean whispers(JsonNode message) {
    JsonNode one = message.path("topics").path("supervision:a1").path("supervisors").path(0);
    return one.path("how").asText().equals("whisper") && one.path("connected").asBoolean();
  }

  private void isKilledAndBack() throws Exception {
    server.kill();
    assertThat(rig.pbx().liveChannels()).as("nobody has lost anybody").isEqualTo(3);
    server.start();
    ann = ann.again();
    sup = sup.again();
  }

  @Test
  void theyAreInTheSameTalkAndLeaveItAsEver() throws Exception {
    isKilledAndBack();
    sup.await(SupervisionKillTest::whispers);
    assertThat(ann.awaitPop().path("from").asText()).isEqualTo(FROM);
    ann.awaitState("talking");
    assertThat(ann.topic("agent:a1").path("supervised").asText()).isEqualTo("whisper");
    rig.pbx().hangUpPhone(PbxRig.device(2));
    ann.await(message -> message.path("topics").path("agent:a1").path("supervised").isNull());
    assertThat(ann.state()).isEqualTo("talking");
  }

  @Test
  void theyTakeTheCallerOverAfterwards() throws Exception {
    isKilledAndBack();
    sup.await(SupervisionKillTest::whispers);
    assertThat(sup.askAndWait("takeOver").path("ok")).hasToString("true");
    ann.awaitState("wrap-up");
    Await.until(
        () -> rig.pbx().liveChannels() == 2,
        "the caller and the supervisor are left",
        Duration.ofSeconds(10));
  }

  /// What was asked in its last moment is done or not, and nobody is lost.
  @Test
  void whoIsBeingTakenOverIsWithSomebody() throws Exception {
    sup.ask("takeOver");
    server.kill();
    server.start();
    ann = ann.again();
    sup = sup.again();
    ann.await(
        message -> {
          String state = message.path("topics").path("agent:a1").path("state").asText();
          return state.equals("talking") || state.equals("wrap-up");
        });
    assertThat(rig.pbx().liveChannels()).isBetween(2, 3);
  }
}
