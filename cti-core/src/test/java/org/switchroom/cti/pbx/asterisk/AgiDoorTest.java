package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.IvrGate;
import org.switchroom.cti.pbx.IvrGate.Placement;
import org.switchroom.cti.testkit.Facts;
import org.switchroom.cti.testkit.LogWatch;

/// Who comes to FastAGI's port, and who comes in.
class AgiDoorTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  /// How long a call is waited for that nobody has told of.
  private static final Duration SHORT = Duration.ofMillis(200);

  private static final int NOTHING_COMES = 10_000;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Facts<IvrGate.Visit> visits = new Facts<>();
  private final CountDownLatch scriptsEnd = new CountDownLatch(1);
  private LogWatch log;
  private AgiAdmission admission;
  private FastAgiFront agi;

  @BeforeEach
  void open() throws Exception {
    log = new LogWatch(AgiDoor.class);
    listen(SHORT);
  }

  private void listen(Duration patience, String... peers) throws Exception {
    List<IpRange> ranges =
        List.of(peers).stream().map(peer -> IpRange.of(peer).orElseThrow()).toList();
    admission = new AgiAdmission("127.0.0.1", ranges, patience);
    agi = new FastAgiFront(admission, HERE, 0, "/tmp", (visit, _) -> serve(visit), _ -> {});
    opened.add(agi);
    agi.start();
  }

  private Placement serve(IvrGate.Visit visit) {
    visits.accept(visit);
    try {
      scriptsEnd.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Placement.HangUp();
  }

  @AfterEach
  void close() throws Exception {
    scriptsEnd.countDown();
    for (AutoCloseable one : opened.reversed()) one.close();
    log.close();
  }

  private Socket connect() throws IOException {
    return connect("127.0.0.1");
  }

  private Socket connect(String from) throws IOException {
    var socket = new Socket();
    opened.add(socket);
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress(HERE, agi.port()));
    socket.setSoTimeout(NOTHING_COMES);
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String beginning(String token, String call) {
    return "agi_network: yes\nagi_network_script: ivr?token=%s\nagi_uniqueid: %s\nagi_callerid: 1\n\n"
        .formatted(token, call);
  }

  /// A session of this run's Asterisk.
  private Socket session(String call) throws IOException {
    Socket socket = connect();
    // With the answers to what every session is asked.
    say(socket, beginning(admission.token(), call) + "200 result=0\n200 result=0\n");
    return socket;
  }

  /// It is asked what every session is asked first.
  private static void isIn(Socket socket) throws IOException {
    assertThat(socket.getInputStream().read()).isEqualTo('G');
  }

  private static void isOut(Socket socket) throws IOException {
    int heard;
    try {
      heard = socket.getInputStream().read();
    } catch (SocketException e) {
      // With what it had said unread.
      heard = -1;
    }
    assertThat(heard).isNegative();
  }

  // ── From where ──────────────────────────────────────────────────────────────────────────────

  @Test
  void whoIsNoPeerIsClosedAndThatIsSaidOnce() throws Exception {
    listen(SHORT, "127.0.0.2", "10.0.1.0/24");
    admission.comes("1.1");
    for (int i = 0; i < 50; i++) isOut(connect());
    isOut(session("1.1"));
    assertThat(log.said(Level.WARN))
        .singleElement()
        .asString()
        .contains("from 127.0.0.1", "pbx: agi-peers:");
    Socket peer = connect("127.0.0.2");
    say(peer, beginning(admission.token(), "1.1"));
    isIn(peer);
  }

  @Test
  void whereTheManagerIsIsAPeer() {
    var far = new AgiAdmission("192.0.2.7", List.of(), SHORT);
    InetAddress manager = InetAddress.ofLiteral("192.0.2.7");
    assertThat(far.isPeer(manager)).as("before there was a link").isFalse();
    far.linked();
    assertThat(far.isPeer(manager)).isTrue();
    assertThat(far.isPeer(InetAddress.ofLiteral("192.0.2.8"))).isFalse();
    assertThat(far.isPeer(HERE)).isTrue();
  }

  // ── The token ───────────────────────────────────────────────────────────────────────────────

  @Test
  void whoShowsNoTokenOrAnotherIsEnded() throws Exception {
    admission.comes("1.1");
    String another = new AgiAdmission("127.0.0.1", List.of(), SHORT).token();
    assertThat(another).hasSize(32).isNotEqualTo(admission.token());
    for (String beginning :
        List.of(
            beginning(another, "1.1"),
            beginning("", "1.1"),
            beginning(admission.token() + "0", "1.1"),
            "agi_network_script: ivr\nagi_uniqueid: 1.1\n\n",
            "agi_request: agi://x/ivr?token=%s\nagi_uniqueid: 1.1\n\n".formatted(admission.token()),
            "\n")) {
      Socket socket = connect();
      say(socket, beginning);
      isOut(socket);
    }
    assertThat(visits.all()).isEmpty();
    assertThat(log.said(Level.WARN))
        .singleElement()
        .asString()
        .contains("token", "dialplan kit is older", "`check` says so")
        .doesNotContain(admission.token(), another);
    isIn(session("1.1"));
  }

  // ── The call ────────────────────────────────────────────────────────────────────────────────

  @Test
  void aCallThatNobodyHasToldOfIsEnded() throws Exception {
    isOut(session("9.9"));
    isOut(session(""));
    assertThat(visits.all()).isEmpty();
    assertThat(log.said(Level.WARN)).singleElement().asString().contains("\"9.9\"");
  }

  /// The session is on another connection than the manager's events.
  @Test
  void aSessionMayComeBeforeWhatIsToldOfIt() throws Exception {
    listen(Duration.ofSeconds(20));
    Socket early = session("1.1");
    // Another that comes later is in before.
    admission.comes("1.2");
    isIn(session("1.2"));
    admission.comes("1.1");
    isIn(early);
  }

  /// With the token, as who can look into Asterisk has it.
  @Test
  void aCallIsLetInOnceForEachTimeThatItComes() throws Exception {
    admission.comes("1.1");
    isIn(session("1.1"));
    isOut(session("1.1"));
    admission.comes("1.1");
    isIn(session("1.1"));
    isOut(session("1.1"));
    admission.comes("1.1");
    admission.isElsewhere("1.1");
    isOut(session("1.1"));
    visits.await(IvrGate.Visit.class, _ -> true);
    assertThat(visits.all())
        .extracting(IvrGate.Visit::call)
        .hasSizeLessThanOrEqualTo(2)
        .containsOnly(new CallId("1.1"));
  }

  /// Such as one who takes another's place in the dialplan, of which no mark tells.
  @Test
  void ofWhomNobodyTellsAsteriskIsAsked() throws Exception {
    listen(Duration.ofSeconds(20));
    String ours = "agi://127.0.0.1/ivr?token=" + admission.token();
    admission.by((channel, answer) -> answer.accept(channel.equals("1.1") ? ours : "1,2"));
    isIn(session("1.1"));
    listen(Duration.ofSeconds(1));
    for (String doing : List.of("", "s", ours)) {
      admission.by((_, answer) -> answer.accept(doing));
      isOut(session("1.1"));
    }
    String again = "agi://127.0.0.1/ivr?token=" + admission.token();
    admission.by((_, answer) -> answer.accept(again));
    isIn(session("1.1"));
    isOut(session("1.1"));
  }

  /// Of who is there when the link is back the manager tells once more.
  @Test
  void whoIsInAScriptDoesNotComeASecondTimeByAList() throws Exception {
    admission.isOnTheWayOrThere("1.1");
    Socket first = session("1.1");
    isIn(first);
    admission.isOnTheWayOrThere("1.1");
    isOut(session("1.1"));
    scriptsEnd.countDown();
    // It is told where to go, and then it is over.
    say(first, "200 result=1\n".repeat(5));
    while (first.getInputStream().read() >= 0) continue;
    admission.isOnTheWayOrThere("1.1");
    isIn(session("1.1"));
  }

  // ── What it costs ───────────────────────────────────────────────────────────────────────────

  /// Ten times as many as have places.
  @Test
  void thoseWhoSayNothingKeepNobodyOut() throws Exception {
    var silent = new ArrayList<Socket>();
    for (int i = 0; i < 10 * AgiDoor.MOST_SILENT_OF_ONE; i++) silent.add(connect());
    admission.comes("1.1");
    isIn(session("1.1"));
    isOut(silent.getFirst());
    isOut(silent.getLast());
    log.await(Level.WARN, "show no call");
    assertThat(log.said(Level.WARN)).hasSize(1);
  }

  @Test
  void aBeginningThatDoesNotEndIsEnded() throws Exception {
    Socket long1 = connect();
    try {
      for (int i = 0; i < 1_000; i++) say(long1, "agi_x%d: %s\n".formatted(i, "y".repeat(100)));
    } catch (IOException e) {
      // It is closed by now.
    }
    isOut(long1);
    Socket slow = connect();
    say(slow, "agi_network: yes\n");
    isOut(slow);
    log.await(Level.WARN, "does not say within 2 s whose it is");
  }
}
