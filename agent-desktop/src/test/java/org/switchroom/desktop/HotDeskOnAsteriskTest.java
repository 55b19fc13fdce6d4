package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.cti.testkit.SipCall;
import org.switchroom.cti.testkit.SipUser;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// An agent who has no phone sits down at one that is nobody's, on a real Asterisk: that one rings,
/// and what it does is theirs, until they sit elsewhere.
@NeedsAsterisk
class HotDeskOnAsteriskTest {
  private static final int CALLER = 400;
  private static final int WINDOW = 550;
  private static final int DOOR = 700;
  private static final Duration SOON = Duration.ofSeconds(10);

  private RealAsterisk asterisk;
  private Database database;
  private Switchroom server;
  private SipUser caller;
  private SipUser window;
  private SipUser door;
  private DeskClient ann;

  @BeforeEach
  void open() throws Exception {
    asterisk = new RealAsterisk();
    database = Database.open(Database.inMemoryUrl("hot-" + System.nanoTime()), "sa", "");
    var center =
        TestCenter.on(asterisk).withAgents(2).straightTo("orders").wrapsUp(WrapUp.Mode.OPTIONAL);
    server = TestServer.start(withHotDesks(center.settings()), database);
    window = asterisk.phoneThatSpeaks(PbxRig.device(3), WINDOW);
    door = asterisk.phoneThatSpeaks(PbxRig.device(4), DOOR);
    caller = new SipUser("+886223000001", 0, asterisk.sipPort(), SipCall::hangUp).speaks(CALLER);
    ann = DeskClient.logIn(server.webPort(), "a1", TestCenter.PASSWORD);
  }

  private static Settings withHotDesks(Settings settings) {
    var users = new ArrayList<>(settings.users());
    users.set(0, users.getFirst().withPhone(Optional.empty()));
    return settings.withUsers(users).withHotDesks(List.of(PbxRig.device(3), PbxRig.device(4)));
  }

  @AfterEach
  void close() {
    ann.close();
    server.close();
    caller.close();
    database.close();
    asterisk.close();
  }

  private void done(String type, String... fields) {
    JsonNode reply = ann.askAndWait(type, fields);
    assertThat(reply.path("ok").asBoolean()).as("%s: %s", type, reply).isTrue();
  }

  private void phoneIs(String state) {
    Await.until(() -> phone().equals(state), "the phone is " + state, SOON);
  }

  private String phone() {
    JsonNode own = ann.topic("agent:a1");
    synchronized (own) {
      return own.path("phone").asText();
    }
  }

  private void annIs(String state) {
    Await.until(() -> ann.state().equals(state), "Ann is " + state, SOON);
  }

  @Test
  void thePhoneTheySitAtIsTheirs() throws Exception {
    done("goReady");
    SipCall waits = caller.call("8001");
    assertThat(ann.state()).as("there is nothing to ring").isEqualTo("ready");
    done("sitAt", "phone", PbxRig.device(3));
    annIs("talking");
    window.sound().hears(CALLER);
    caller.sound().hears(WINDOW);
    phoneIs("IN_USE");
    JsonNode elsewhere = ann.askAndWait("sitAt", "phone", PbxRig.device(4));
    assertThat(elsewhere.path("ok").asBoolean()).as("in a talk: %s", elsewhere).isFalse();
    done("hold");
    annIs("hold");
    caller.sound().hearsNoMore(WINDOW);
    done("retrieve");
    annIs("talking");
    caller.sound().hears(WINDOW);
    done("hangUp");
    Await.until(waits::isOver, "the caller is told", SOON);
    annIs("wrap-up");
    phoneIs("AVAILABLE");
    done("sitAt", "phone", PbxRig.device(4));
    done("completeWrapUp", "contact", ann.inHand(), "disposition", "other", "note", "");
    caller.call("8001");
    annIs("talking");
    door.sound().hears(CALLER);
    window.sound().hearsNoMore(CALLER);
    assertThat(asterisk.console("core show channels"))
        .contains("PJSIP/1004-")
        .doesNotContain("PJSIP/1003-");
  }
}
