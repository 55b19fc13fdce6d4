package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.pbx.asterisk.AmiCheck;
import org.switchroom.cti.pbx.asterisk.AmiCheck.Finding;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.Coturn;
import org.switchroom.cti.testkit.LinkProxy;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.NeedsRelay;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.cti.testkit.SipCall;
import org.switchroom.cti.testkit.SipUser;
import org.switchroom.cti.testkit.TestCertificate;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.Settings.BrowserPhones;
import org.switchroom.desktop.settings.Settings.Relay;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// An agent without a telephone: Chromium is one, at a real Asterisk. Caller and agent each say a
/// tone, and what each hears says whether they talk.
@NeedsAsterisk
@NeedsBrowser
class BrowserPhoneOnAsteriskTest {
  private static final int CALLER = 400;
  private static final int AGENT = 550;
  private static final String PHONE = "PJSIP/2001";
  private static final int RATE = 48_000;

  @TempDir Path folder;
  private RealAsterisk asterisk;
  private Database database;
  private Settings settings;
  private Switchroom server;
  private LinkProxy network;
  private BrowserScript browser;
  private SipUser caller;
  private SipCall call;

  /// By which ways the browser goes; empty: by any.
  private String only = "";

  @BeforeEach
  void anAgentIsReady() throws Exception {
    asterisk = new RealAsterisk();
    database = Database.open(Database.inMemoryUrl("phone-" + System.nanoTime()), "sa", "");
    caller = new SipUser("+886223000001", 0, asterisk.sipPort(), SipCall::hangUp).speaks(CALLER);
    settings = settings(asterisk.webSocket(), Optional.empty());
    opens();
  }

  private void opens() throws Exception {
    server = TestServer.start(settings, database);
    network = new LinkProxy(server.webPort());
    browser =
        new BrowserScript(
            "phone.mjs",
            network.port(),
            Map.of(
                "AGENT",
                "a1",
                "PASSWORD",
                TestCenter.PASSWORD,
                "MICROPHONE",
                tone(AGENT).toString(),
                "ONLY",
                only,
                "SPIED",
                System.getProperty("switchroom.spied", "")));
    browser.tell("log-in");
    browser.tell("phone ready");
    browser.tell("do ready");
    browser.tell("state ready");
  }

  private Settings settings(URI socket, Optional<Path> certificate) {
    Settings plain =
        TestCenter.on(asterisk).straightTo("orders").wrapsUp(WrapUp.Mode.OPTIONAL).settings();
    return plain
        .withBrowserPhones(
            Optional.of(
                new BrowserPhones(
                    socket,
                    certificate,
                    RealAsterisk.BROWSER_PHONES_SECRET,
                    List.of(),
                    Optional.empty())))
        .withWeb(plain.web().withPhones(true))
        .withUsers(
            plain.users().stream()
                .map(
                    user ->
                        user.name().equals("a1")
                            ? user.withPhone(Optional.of(PHONE))
                                .withBrowserPhone(Optional.of(PHONE))
                            : user)
                .toList());
  }

  /// What the microphone hears, over and over: a second of it.
  private Path tone(int hertz) throws Exception {
    var wav = ByteBuffer.allocate(44 + 2 * RATE).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * RATE);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * RATE);
    for (int i = 0; i < RATE; i++) {
      wav.putShort((short) (9_000 * Math.sin(2 * Math.PI * hertz * i / RATE)));
    }
    return Files.write(folder.resolve("tone.wav"), wav.array());
  }

  @AfterEach
  void close() {
    closes();
    caller.close();
    database.close();
    asterisk.close();
  }

  private void closes() {
    browser.close();
    network.close();
    server.close();
  }

  private void aCallerIsAnswered() {
    call = caller.call("8001");
    browser.tell("state ringing");
    browser.tell("rings");
    browser.tell("do answer");
    browser.tell("state talking");
    browser.tell("rings-not");
    theyHearEachOther();
  }

  private void theyHearEachOther() {
    browser.tell("hears " + CALLER);
    caller.sound().hears(AGENT);
  }

  private void isOver() {
    browser.tell("state wrap-up");
    browser.tell("do finish");
    browser.tell("state ready");
    assertThat(browser.said.all())
        .noneMatch(line -> line.startsWith("page-error") || line.startsWith("console"));
  }

  @Test
  void aCallerIsTakenPutOnHoldAndTakenBack() throws Exception {
    aCallerIsAnswered();
    browser.tell("do mute");
    caller.sound().hearsNoMore(AGENT);
    browser.tell("hears " + CALLER);
    browser.tell("do mute");
    caller.sound().hears(AGENT);
    browser.tell("do hold");
    browser.tell("state hold");
    caller.sound().hearsNoMore(AGENT);
    browser.tell("hears-not " + CALLER);
    browser.tell("do retrieve");
    browser.tell("state talking");
    theyHearEachOther();
    browser.tell("do hang-up");
    call.ended().join();
    isOver();
    aCallerIsAnswered();
    call.hangUp();
    isOver();
    server.reconfigure(
        settings.withQueues(
            settings.queues().stream().map(one -> one.withAutoAnswer(true)).toList()));
    call = caller.call("8001");
    browser.tell("state talking");
    theyHearEachOther();
    call.hangUp();
    isOver();
  }

  @Test
  void aNetworkThatIsLostComesBack() {
    network.cut();
    browser.tell("phone lost");
    browser.tell("phone ready");
    aCallerIsAnswered();
    network.cut();
    browser.tell("phone lost");
    theyHearEachOther();
    browser.tell("phone ready");
    browser.tell("state talking");
    theyHearEachOther();
    browser.tell("do hang-up");
    call.ended().join();
    isOver();
  }

  @Test
  void aPageThatIsLoadedAgainKeepsTheTalk() {
    aCallerIsAnswered();
    for (int i = 0; i < 2; i++) {
      browser.tell("reload");
      browser.tell("state talking");
      browser.tell("phone ready");
      theyHearEachOther();
      assertThat(call.isOver()).isFalse();
    }
    browser.tell("do hold");
    browser.tell("state hold");
    browser.tell("do retrieve");
    browser.tell("state talking");
    theyHearEachOther();
    call.hangUp();
    isOver();
    aCallerIsAnswered();
  }

  @Test
  void aPageThatIsLoadedAgainRingsOn() {
    call = caller.call("8001");
    browser.tell("state ringing");
    browser.tell("rings");
    browser.tell("reload");
    browser.tell("state ringing");
    browser.tell("rings");
    browser.tell("do answer");
    browser.tell("state talking");
    theyHearEachOther();
    browser.tell("do hang-up");
    isOver();
  }

  @Test
  void checkTriesAsterisksSocket() {
    var there = settings.browserPhones().orElseThrow();
    assertThat(checked(there)).hasSize(2).allMatch(Finding::good);
    assertThat(checked(there).getLast().text()).isEqualTo("PJSIP/2001, PJSIP/2002 would be let in");
    var away =
        new BrowserPhones(
            URI.create("ws://127.0.0.1:" + server.webPort() + "/ws"),
            there.certificate(),
            there.secret(),
            there.stun(),
            there.turn());
    assertThat(checked(away)).hasSize(1);
    assertThat(checked(away).getFirst().text()).contains("http.conf");
  }

  private static List<Finding> checked(BrowserPhones phones) {
    return BrowserPhonesCheck.run(phones, List.of("PJSIP/2001", "PJSIP/2002"));
  }

  /// Each tells which endpoint it is, in which file, and what would be right.
  @Test
  void checkTriesWhatABrowsersTelephoneDoes() {
    var there = settings.browserPhones().orElseThrow();
    var wrong =
        new BrowserPhones(
            there.url(), there.certificate(), "another secret!", there.stun(), there.turn());
    assertThat(bad(BrowserPhonesCheck.run(wrong, List.of("PJSIP/2001"))))
        .containsExactly(
            "Asterisk does not let PJSIP/2001 in. In pjsip.conf the password of"
                + " [switchroom-browser-auth](+) must be browser-phones: secret: of this"
                + " configuration, and the endpoint must be [2001](switchroom-browser); then"
                + " `module reload res_pjsip.so`.");
    assertThat(bad(BrowserPhonesCheck.run(there, List.of("PJSIP/2001", "PJSIP/2009"))))
        .containsExactly(
            "Asterisk does not ask PJSIP/2009 for the secret (403 Forbidden). In pjsip.conf there"
                + " must be the endpoint [2009](switchroom-browser), or Asterisk takes it for"
                + " another by its address.");
    asterisk.browserPhones(
        """
        [2003](switchroom-browser)
        aors=2003
        [2004](switchroom-browser)
        aors=2004
        [2004]
        type=aor
        [2005]
        type=endpoint
        transport=switchroom-ws
        context=switchroom-moved
        disallow=all
        allow=ulaw
        aors=2005
        [2005](switchroom-browser-aor)
        [2006](switchroom-browser)
        auth=2006
        aors=2006
        [2006](switchroom-browser-aor)
        [2006]
        type=auth
        auth_type=userpass
        username=switchroom
        password=its own
        """);
    assertThat(bad(BrowserPhonesCheck.run(there, List.of("PJSIP/2001", "PJSIP/2006"))))
        .containsExactly(
            "Asterisk does not let PJSIP/2006 in: there is no endpoint [2006](switchroom-browser)"
                + " in pjsip.conf, or its auth is another than switchroom-browser-auth.");
    assertThat(bad(BrowserPhonesCheck.run(there, List.of("PJSIP/2003"))))
        .singleElement()
        .asString()
        .startsWith("Asterisk knows PJSIP/2003, and registers it nowhere (404")
        .contains("aors=2003", "[2003](switchroom-browser-aor)", "pjsip.conf");
    assertThat(bad(BrowserPhonesCheck.run(there, List.of("PJSIP/2004"))))
        .singleElement()
        .asString()
        .startsWith("Asterisk knows PJSIP/2004, and registers it nowhere (403")
        .contains("[2004](switchroom-browser-aor)", "pjsip.conf");
    assertThat(bad(BrowserPhonesCheck.run(there, List.of("PJSIP/2005"))))
        .containsExactly(
            "Asterisk lets anybody be PJSIP/2005. In pjsip.conf its endpoint must be"
                + " [2005](switchroom-browser), which has auth=switchroom-browser-auth.");
  }

  private static List<String> bad(List<Finding> findings) {
    return findings.stream().filter(one -> !one.good()).map(Finding::text).toList();
  }

  /// An Asterisk is asked beside a server that serves: a browser that is registered stays it.
  @Test
  void checkLeavesWhoIsRegistered() throws Exception {
    assertThat(checked(settings.browserPhones().orElseThrow())).allMatch(Finding::good);
    aCallerIsAnswered();
    assertThat(AmiCheck.run(asterisk.ami(), List.of(), List.of("PJSIP/2001", "PJSIP/2009")))
        .filteredOn(one -> one.what().equals("phone"))
        .extracting(Finding::text)
        .satisfiesExactly(
            known -> assertThat(known).isEqualTo("PJSIP/2001 is known; it is a browser's"),
            other -> assertThat(other).contains("PJSIP/2009", "[2009](switchroom-browser)"));
  }

  @Test
  void betweenServerAndAsteriskItGoesOverTls() throws Exception {
    closes();
    TestCertificate own = TestCertificate.selfSigned(folder, "-ext", "san=ip:127.0.0.1");
    URI socket = asterisk.webSocketOverTls(own.pem());
    Path trusted =
        Files.writeString(folder.resolve("asterisk.pem"), TestCertificate.pem(own.certificate()));
    settings = settings(socket, Optional.of(trusted));
    assertThat(checked(settings.browserPhones().orElseThrow())).allMatch(Finding::good);
    opens();
    aCallerIsAnswered();
    browser.tell("do hang-up");
    isOver();
    Path other = Files.createDirectory(folder.resolve("other"));
    Path stranger =
        Files.writeString(
            folder.resolve("stranger.pem"),
            TestCertificate.pem(TestCertificate.selfSigned(other).certificate()));
    var untrusted = settings(socket, Optional.of(stranger)).browserPhones().orElseThrow();
    assertThat(bad(checked(untrusted))).as("somebody else's").hasSize(1);
  }

  /// A browser that nothing can reach, and that reaches nothing but the relay.
  @Nested
  @NeedsRelay
  class ThroughARelay {
    @Test
    void whoCannotBeReachedTalksToo() throws Exception {
      closes();
      try (var relay = new Coturn(folder)) {
        BrowserPhones plain = settings.browserPhones().orElseThrow();
        var turn = new Relay(List.of(relay.turn()), Coturn.SECRET, Duration.ofHours(1));
        settings =
            settings.withBrowserPhones(
                Optional.of(
                    new BrowserPhones(
                        plain.url(),
                        plain.certificate(),
                        plain.secret(),
                        List.of(relay.stun()),
                        Optional.of(turn))));
        only = "relay";
        opens();
        aCallerIsAnswered();
        relay.awaitRelayFor("a1");
        browser.tell("do hang-up");
        isOver();
      }
    }
  }

  @Test
  void theSoundIsSeenAndDevicesAreChosen() {
    browser.tell("do sound");
    browser.tell("level");
    aCallerIsAnswered();
    browser.tell("choose microphone");
    browser.tell("choose speaker");
    browser.tell("choose ring");
    theyHearEachOther();
    browser.tell("do hang-up");
    isOver();
  }
}
