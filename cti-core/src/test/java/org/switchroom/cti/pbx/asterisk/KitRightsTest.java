package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.response.ManagerResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.IvrGate;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.testkit.Facts;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.RealAsterisk;

/// What the kit's manager user may not do, and what it is not told, on a real Asterisk. That all of
/// the adapter's work is done with it is the contract's.
@NeedsAsterisk
class KitRightsTest {
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final String PHONE = "PJSIP/1001";
  private static final String KIT = "pbx/asterisk/manager_switchroom.conf";

  private final List<AsteriskPbx> opened = new ArrayList<>();

  /// Two users here are one server's.
  private final PbxOwner one = PbxOwner.of("test");

  private RealAsterisk asterisk;

  @BeforeEach
  void open() {
    asterisk = new RealAsterisk();
  }

  @AfterEach
  void close() {
    opened.forEach(AsteriskPbx::close);
    asterisk.close();
  }

  private AmiSettings as(String user) {
    return asterisk.ami().withUser(user);
  }

  private Facts<PbxEvent> listen(String user) {
    var facts = new Facts<PbxEvent>();
    var pbx = new AsteriskPbx(as(user), one, InstantSource.system());
    opened.add(pbx);
    pbx.start(Set.of(PHONE), facts);
    facts.await(PbxEvent.Synchronized.class);
    facts.await(PbxEvent.PhoneChanged.class, e -> e.state() == PhoneState.AVAILABLE);
    return facts;
  }

  // ── Rights ──────────────────────────────────────────────────────────────────────────────────

  @Test
  void theSecretIsNoShell() throws Exception {
    Path made = asterisk.onThisMachine("/tmp/switchroom-" + System.nanoTime());
    String touch = "touch /tmp/" + made.getFileName();
    var refused =
        List.of(
            originate().with("Application", "System").with("Data", touch),
            originate().with("Application", "AGI").with("Data", "/usr/bin/touch," + made),
            originate().with("Application", "NoOp").with("Data", "${SHELL(" + touch + ")}"),
            new AmiAction("GetConfig").with("Filename", "manager.conf"),
            new AmiAction("UpdateConfig")
                .with("SrcFilename", "extensions.conf")
                .with("DstFilename", "extensions.conf")
                .with("Reload", "yes"),
            new AmiAction("Command").with("Command", "core show version"),
            new AmiAction("ModuleLoad").with("Module", "app_system.so").with("LoadType", "load"),
            new AmiAction("DBPut").with("Family", "a").with("Key", "b").with("Val", "c"),
            AmiActions.get("SHELL(" + touch + ")"),
            AmiActions.setGlobal("FILE(/tmp/" + made.getFileName() + ")", "1"));
    var connection = new AmiConnection(as("switchroom"), _ -> {}, () -> {}, _ -> {});
    connection.login();
    for (AmiAction action : refused) {
      ManagerResponse answer = connection.sendAction(action);
      assertThat(answer.getResponse()).as("%s", action.getAttributes()).isEqualTo("Error");
    }
    connection.drop();
    assertThat(Files.exists(made)).isFalse();
  }

  private static AmiAction originate() {
    return new AmiAction("Originate").with("Channel", "Local/900@phones");
  }

  /// The dialplan gives one thing to Asterisk's console.
  @Test
  void whoMustAnswerIsNoCommand() throws Exception {
    Path made = asterisk.onThisMachine("/tmp/switchroom-" + System.nanoTime());
    var facts = listen("switchroom");
    var connection = new AmiConnection(as("switchroom"), _ -> {}, () -> {}, _ -> {});
    connection.login();
    String touch = "touch /tmp/" + made.getFileName();
    for (String hostile :
        List.of(
            "x;" + touch,
            "x`" + touch + "`",
            "$(" + touch + ")",
            "x\"; !" + touch,
            "x,!" + touch)) {
      connection.sendAction(AmiActions.answer(hostile));
    }
    connection.drop();
    // All of it is over when a later one is.
    asterisk.phone(PHONE, Manner.RINGS);
    asterisk.console("channel originate " + PHONE + " application Wait 1");
    facts.await(PbxEvent.PhoneChanged.class, e -> e.state() == PhoneState.RINGING);
    assertThat(Files.exists(made)).isFalse();
  }

  /// Who includes the file as it is lets nobody in.
  @Test
  void theKitAsItIsHasNoSecret() throws Exception {
    String kit = Files.readString(RealAsterisk.repository().resolve(KIT));
    assertThat(kit).doesNotContainPattern("(?m)^secret");
    asterisk.managerUser("fresh", "read=system\nwrite=call");
    for (String secret : List.of("", "change-me")) {
      AmiSettings settings = as("fresh").withSecret(secret);
      var connection = new AmiConnection(settings, _ -> {}, () -> {}, _ -> {});
      assertThatExceptionOfType(AuthenticationFailedException.class).isThrownBy(connection::login);
      connection.drop();
    }
  }

  // ── What callers write ──────────────────────────────────────────────────────────────────────

  private static final String GONE =
      "1\r\n\r\nEvent: DeviceStateChange\r\nDevice: PJSIP/1001\r\nState: UNAVAILABLE";

  private static boolean gone(PbxEvent.PhoneChanged e) {
    return e.phone().equals(PHONE) && e.state() == PhoneState.UNREACHABLE;
  }

  /// The attack itself: one INVITE, and a phone that is there is not.
  @Test
  void withoutTheFilterWhatACallerWritesIsAnEvent() {
    asterisk.managerUser(
        "bare", "secret=secret\nread=system,call,dialplan,dtmf\nwrite=call,originate,reporting");
    var bare = listen("bare");
    var kit = listen("switchroom");
    asterisk.call(GONE, "8001", LONG);
    bare.await(PbxEvent.PhoneChanged.class, KitRightsTest::gone);
    CallId call = kit.await(PbxEvent.CallArrived.class).call();
    bare.await(PbxEvent.CallArrived.class, e -> e.call().equals(call));
    assertThat(kit.count(PbxEvent.PhoneChanged.class, KitRightsTest::gone)).isZero();
  }

  /// The filter knows whole events. With no filter, and no kit that cleans the number, the reader
  /// alone sees that one says two things: it would be the end of a call that waits.
  @Test
  void aHeaderThatACallerDoublesIsRefusedByTheReader() throws Exception {
    asterisk.managerUser(
        "bare", "secret=secret\nread=system,call,dialplan,dtmf\nwrite=call,originate,reporting");
    var bare = listen("bare");
    asterisk.call("+886223000001", "8001", LONG);
    CallId waits = bare.await(PbxEvent.CallArrived.class).call();
    try (var raw = new RawManager("bare")) {
      asterisk.callElsewhere("1\r\nUniqueid: " + waits, Duration.ofMillis(300));
      assertThat(raw.awaitEvent("Hangup", "Uniqueid: " + waits))
          .as("Asterisk tells it so: one id is the caller's, the other its own")
          .filteredOn(line -> line.startsWith("Uniqueid:"))
          .hasSize(2)
          .contains("Uniqueid: " + waits);
    }
    // What is told after it is heard after it.
    asterisk.call("+886223000002", "8001", LONG);
    bare.await(PbxEvent.CallArrived.class, e -> !e.call().equals(waits));
    assertThat(bare.count(PbxEvent.CallEnded.class, _ -> true)).isZero();
  }

  /// Reads the manager's events as they are.
  private final class RawManager implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;

    RawManager(String user) throws IOException {
      AmiSettings settings = as(user);
      socket = new Socket(settings.host(), settings.port());
      socket.setSoTimeout((int) LONG.toMillis());
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String logIn =
          "Action: Login\r\nUsername: %s\r\nSecret: %s\r\n\r\n"
              .formatted(settings.user(), settings.secret());
      socket.getOutputStream().write(logIn.getBytes(StandardCharsets.UTF_8));
      awaitEvent("FullyBooted", "");
    }

    /// @param line that it has; empty: any
    List<String> awaitEvent(String name, String line) throws IOException {
      var message = new ArrayList<String>();
      for (String next = lines.readLine(); next != null; next = lines.readLine()) {
        if (!next.isEmpty()) {
          message.add(next);
          continue;
        }
        boolean wanted = message.contains("Event: " + name);
        if (wanted && (line.isEmpty() || message.contains(line))) return message;
        message.clear();
      }
      throw new IOException("The manager has ended.");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /// What is listed is not filtered, and those who are not in the kit's dialplan are listed too.
  @Test
  void whatACallerWritesIsNotTakenOutOfAList() {
    var before = listen("switchroom");
    asterisk.call("+886223000001", "8001", LONG);
    CallId waits = before.await(PbxEvent.CallArrived.class).call();
    for (String attack :
        List.of(
            GONE,
            "1\r\n\r\nEvent: StatusComplete\r\nEventList: Complete",
            "1\r\n\r\nEvent: StatusComplete\r\nEventList: Complete\r\n\r\n",
            "1\r\n\r\nEvent: Status\r\nUniqueid: 9\r\nVariable: SR_CALL=9\r\n\r\n",
            "1\r\nVariable: SR_CALL=9")) {
      asterisk.callElsewhere(attack, LONG);
    }
    String up = asterisk.console("core show channels count");
    for (int i = 0; i < 100 && !up.contains("6 active channels"); i++) {
      up = asterisk.console("core show channels count");
    }
    assertThat(up).contains("6 active channels");
    var facts = listen("switchroom");
    assertThat(facts.await(PbxEvent.Synchronized.class).calls())
        .extracting(PbxEvent.LiveCall::call)
        .containsExactly(waits);
    assertThat(facts.count(PbxEvent.PhoneChanged.class, KitRightsTest::gone)).isZero();
  }

  /// Asterisk writes numbers into the beginning of a script too.
  @Test
  void whatACallerWritesIsNotTheIdOfTheirCall() throws Exception {
    var visits = new Facts<IvrGate.Visit>();
    var pbx = new AsteriskPbx(as("switchroom"), one, InstantSource.system());
    opened.add(pbx);
    var agi =
        new FastAgiFront(
            pbx.admission(),
            InetAddress.getLoopbackAddress(),
            0,
            "/tmp",
            (visit, _) -> {
              visits.accept(visit);
              return new IvrGate.Placement.HangUp();
            },
            _ -> {});
    agi.start();
    var facts = new Facts<PbxEvent>();
    pbx.start(Set.of(), facts, agi.port());
    facts.await(PbxEvent.Synchronized.class);
    String another = "1\nagi_uniqueid: another\nx: y";
    asterisk.call(another, "8001", LONG);
    asterisk.callForwarded("+886223000001", another, LONG);
    asterisk.callForwarded("+886223000002", "+886223000009", LONG);
    visits.await(IvrGate.Visit.class, v -> v.from().hidden());
    visits.await(IvrGate.Visit.class, v -> v.from().value().endsWith("1"));
    visits.await(IvrGate.Visit.class, v -> v.from().value().endsWith("2"));
    assertThat(visits.all()).noneMatch(v -> v.call().value().equals("another"));
    agi.close();
  }

  // ── Who brings callers ──────────────────────────────────────────────────────────────────────

  /// A live caller's id is nobody's to use, not even with the token, which whoever looks into
  /// Asterisk can read.
  @Test
  void nobodyElseBringsACallerWhoIsThere() throws Exception {
    var facts = new Facts<PbxEvent>();
    var visits = new Facts<IvrGate.Visit>();
    var pbx = new AsteriskPbx(as("switchroom"), one, InstantSource.system());
    opened.add(pbx);
    try (var agi =
        new FastAgiFront(
            pbx.admission(),
            InetAddress.getLoopbackAddress(),
            0,
            "/tmp",
            (visit, _) -> {
              visits.accept(visit);
              return new IvrGate.Placement.Hold("orders", 0, "", "en", 1);
            },
            _ -> {})) {
      agi.start();
      pbx.start(Set.of(), facts, agi.port());
      facts.await(PbxEvent.Synchronized.class);
      asterisk.call("+886223000001", "8001", LONG);
      CallId call = facts.await(PbxEvent.CallQueued.class).call();
      String token = token().substring(Kit.GLOBAL_TOKEN.length() + 1);
      assertThat(token).isEqualTo(pbx.admission().token());
      for (String shown : List.of("", "?token=0", "?token=" + token)) {
        String beginning = "agi_network_script: ivr%s\nagi_uniqueid: %s\n\n".formatted(shown, call);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), agi.port())) {
          socket.setSoTimeout((int) LONG.toMillis());
          socket.getOutputStream().write(beginning.getBytes(StandardCharsets.UTF_8));
          assertThat(socket.getInputStream().read()).as(shown).isNegative();
        }
      }
      // The dialplan brings the same one again.
      pbx.send(new PbxCommand.RunScript(call, "again", false));
      visits.await(IvrGate.Visit.class, v -> v.script().equals("again"));
      assertThat(visits.all()).hasSize(2);
    }
  }

  // ── What the dialplan reads of us ───────────────────────────────────────────────────────────

  /// As whoever may look into Asterisk sees it.
  private String token() {
    return asterisk
        .console("dialplan show globals")
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(Kit.GLOBAL_TOKEN + "="))
        .findFirst()
        .orElseThrow();
  }

  /// Such as another Switchroom that was started beside and is gone.
  @Test
  void theAddressOfTheScriptsStaysRight() {
    var facts = listen("switchroom");
    var address = asterisk.console("dialplan show globals").lines().filter(l -> l.contains("AGI"));
    String right = address.findFirst().orElseThrow();
    asterisk.console("dialplan set global " + Kit.GLOBAL_AGI + " 127.0.0.1:9");
    asterisk.console("dialplan set global " + Kit.GLOBAL_PATIENCE + " 600");
    String token = token();
    asterisk.console("dialplan set global " + Kit.GLOBAL_TOKEN + " 0");
    long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    String globals;
    do {
      globals = asterisk.console("dialplan show globals");
    } while (System.nanoTime() < until
        && !(globals.contains(right)
            && globals.contains(token)
            && globals.contains(Kit.GLOBAL_PATIENCE + "=6")));
    assertThat(globals).contains(right).contains(token).contains(Kit.GLOBAL_PATIENCE + "=6");
    assertThat(facts.count(PbxEvent.Disconnected.class, _ -> true)).isZero();
  }
}
