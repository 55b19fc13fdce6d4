package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.IvrGate;
import org.switchroom.cti.pbx.IvrGate.Placement;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.Facts;
import org.switchroom.cti.testkit.Heart;
import org.switchroom.cti.testkit.LogWatch;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;

/// Each trap of Asterisk-Java and of AMI, and that the adapter does not fall into it.
class AdapterTrapsTest {
  private static final Duration LONG = Duration.ofSeconds(40);

  private final SimulatedRig rig = new SimulatedRig();
  private final Facts<PbxEvent> facts = new Facts<>();
  private FastAgiFront agi;
  private AsteriskPbx pbx;

  @BeforeEach
  void open() throws Exception {
    pbx = new AsteriskPbx(rig.ami(), PbxOwner.of("test"), InstantSource.system());
    agi =
        new FastAgiFront(
            pbx.admission(),
            InetAddress.getLoopbackAddress(),
            0,
            "/tmp",
            (_, _) -> new Placement.Hold("orders", 0, "", "en", 1),
            _ -> {});
    agi.start();
  }

  private Heart heart;

  /// @param phones whose state is wanted too
  private void connect(Consumer<PbxEvent> listener, String... phones) {
    Set<String> watched = new LinkedHashSet<>(List.of(phones));
    watched.add("PJSIP/1001");
    pbx.start(watched, listener, agi.port());
    facts.await(PbxEvent.Synchronized.class);
    heart = new Heart(pbx);
  }

  @AfterEach
  void close() {
    if (heart != null) heart.close();
    pbx.close();
    agi.close();
    rig.close();
  }

  private static String deviceChange(String device) {
    return "Event: DeviceStateChange\r\nPrivilege: call,all\r\nDevice: %s\r\nState: INUSE\r\n\r\n"
        .formatted(device);
  }

  /// Asterisk-Java's pump holds 20,000 and drops the rest; this listener stands still until nothing
  /// more is read, as on a machine that has no time for it, and then is slower than the socket.
  @Test
  void aBurstOf200000EventsLosesNothing() throws Exception {
    int burst = 200_000;
    var goesOn = new CountDownLatch(1);
    String[] phones = IntStream.range(0, 1_000).mapToObj(i -> "SIM/" + i).toArray(String[]::new);
    var seen = new ArrayList<String>(burst);
    var all = new CountDownLatch(burst);
    connect(
        fact -> {
          facts.accept(fact);
          if (fact instanceof PbxEvent.PhoneChanged changed
              && changed.state() == PhoneState.IN_USE) {
            Await.open(goesOn, LONG);
            long until = System.nanoTime() + 12_000;
            while (System.nanoTime() < until) Thread.onSpinWait();
            seen.add(changed.phone());
            all.countDown();
          }
        },
        phones);
    var text = new StringBuilder();
    for (int i = 0; i < burst; i++) {
      text.append(deviceChange(phones[i % phones.length]));
      if (i % 1_000 == 999) {
        rig.pbx().sendRaw(text.toString());
        text.setLength(0);
      }
    }
    awaitReaderHeldBack();
    goesOn.countDown();
    for (long left = burst; left > 0; left = all.getCount()) {
      boolean more = all.await(LONG.toSeconds(), TimeUnit.SECONDS) || all.getCount() < left;
      assertThat(more)
          .as(
              "%d events are missing, and the link was lost %d times",
              all.getCount(), facts.count(PbxEvent.Disconnected.class, _ -> true))
          .isTrue();
    }
    for (int i = 0; i < burst; i++) assertThat(seen.get(i)).isEqualTo(phones[i % phones.length]);
  }

  /// Until it waits for the listener, and not for a time.
  private static void awaitReaderHeldBack() {
    Await.until(
        () -> Thread.getAllStackTraces().entrySet().stream().anyMatch(one -> isHeldBack(one)),
        "something holds the reader back",
        LONG.dividedBy(2));
  }

  private static boolean isHeldBack(Map.Entry<Thread, StackTraceElement[]> thread) {
    return thread.getKey().getState() == Thread.State.WAITING
        && Stream.of(thread.getValue())
            .anyMatch(frame -> frame.getClassName().equals(AmiFlow.class.getName()));
  }

  /// An Error in a listener would end the library's event thread and leave it connected and deaf.
  @Test
  void anErrorInTheListenerStopsNothing() {
    var thrown = new AtomicBoolean();
    connect(
        fact -> {
          if (fact instanceof PbxEvent.PhoneChanged changed
              && changed.phone().equals("SIM/bad")
              && changed.state() == PhoneState.IN_USE) {
            thrown.set(true);
            throw new AssertionError("a fault in the listener, on purpose");
          }
          facts.accept(fact);
        },
        "SIM/bad",
        "SIM/good");
    facts.forget();
    rig.pbx().sendRaw(deviceChange("SIM/bad"));
    rig.pbx().sendRaw(deviceChange("SIM/good"));
    facts.await(PbxEvent.PhoneChanged.class, e -> e.phone().equals("SIM/good"));
    assertThat(thrown).isTrue();
  }

  @Test
  void aPbxThatGoesSilentIsNoticedAndTakenUpAgain() {
    connect(facts);
    facts.forget();
    rig.pbx().freeze(true);
    facts.await(PbxEvent.Disconnected.class);
    rig.pbx().freeze(false);
    facts.await(PbxEvent.Synchronized.class);
  }

  @Test
  void aPbxThatRestartsHasNoCallsAndIsTakenUpAgain() {
    connect(facts);
    rig.call("+886223000001", ' ', LONG);
    facts.await(PbxEvent.CallQueued.class);
    facts.forget();
    rig.pbx().restart();
    facts.await(PbxEvent.Disconnected.class);
    assertThat(facts.await(PbxEvent.Synchronized.class).calls()).isEmpty();
    rig.call("+886223000002", ' ', LONG);
    facts.await(PbxEvent.CallQueued.class);
  }

  /// Asterisk lets a manager in before it has loaded what tells a phone's state, and says nothing
  /// when it has.
  @Test
  void aPbxThatIsStillStartingIsAskedWhenItHasStarted() {
    rig.phone("PJSIP/1001", Manner.ANSWERS);
    connect(facts);
    facts.forget();
    rig.pbx().restart(Duration.ofSeconds(1));
    facts.await(PbxEvent.Disconnected.class);
    facts.await(PbxEvent.PhoneChanged.class, e -> e.state() == PhoneState.AVAILABLE);
  }

  /// Those of an older kit were told in whole seconds, and are still held when the server is newer.
  @ParameterizedTest
  @CsvSource({
    "1795594057.020, 2026-11-25T08:07:37.020Z",
    "1795594057, 2026-11-25T08:07:37Z",
    "1e9, ",
    "-1, "
  })
  void theAgeOfWhomNoScriptHasPlaced(String since, Instant arrived) {
    connect(facts);
    facts.forget();
    rig.pbx()
        .sendRaw(
            """
            Event: Status
            Channel: PJSIP/x-1
            Context: switchroom-hold
            Uniqueid: held
            Variable: SR_CALL=held
            Variable: SR_SINCE=%s

            Event: StatusComplete

            """
                .formatted(since)
                .replace("\n", "\r\n"));
    assertThat(facts.await(PbxEvent.Compared.class).calls())
        .singleElement()
        .extracting(PbxEvent.LiveCall::arrived)
        .isEqualTo(Optional.ofNullable(arrived));
  }

  @Test
  void lineBreaksInAValueBeginNoActionOfTheirOwn() {
    connect(facts);
    rig.phone("PJSIP/1001", Manner.RINGS);
    rig.call("+886223000003", ' ', LONG);
    CallId call = facts.await(PbxEvent.CallQueued.class).call();
    String hostile = "1\r\n\r\nAction: Hangup\r\nChannel: " + call + "\r\n\r\n";
    var leg = LegId.ofOffer(System.currentTimeMillis());
    pbx.send(
        new PbxCommand.RingAgent(
            call, leg, "PJSIP/1001", hostile, new PhoneNumber(hostile), LONG, hostile));
    facts.await(PbxEvent.LegRinging.class, e -> e.leg().equals(leg));
    assertThat(facts.count(PbxEvent.CallEnded.class, _ -> true)).isZero();
    assertThat(AmiAction.clean("a\r\nb\u2028c\u0000d")).isEqualTo("abcd");
  }

  @Test
  void actionsWithoutAClassOfTheLibraryAreSentByName() throws Exception {
    connect(facts);
    var connection = new AmiConnection(rig.ami(), _ -> {}, () -> {}, _ -> {});
    connection.login();
    var answer =
        connection.sendAction(
            new AmiAction("QueueWithdrawCaller").with("Queue", "orders").with("Caller", "x"));
    assertThat(answer.getMessage()).isEqualTo("Invalid/unknown command");
    connection.drop();
  }

  @Test
  void eventsThatNobodyKnowsDisturbNothing() {
    connect(facts, "SIM/after");
    facts.forget();
    rig.pbx().sendRaw("Event: QueueWithdrawCaller\r\nQueue: orders\r\n\r\n");
    rig.pbx().sendRaw("Event: NoSuchEventAnywhere\r\nA: b\r\nA: c\r\n\r\n");
    rig.pbx().sendRaw("no colon here\r\n\r\n: empty key\r\n\r\n\r\n\r\n");
    rig.pbx().sendRaw(deviceChange("SIM/after"));
    facts.await(PbxEvent.PhoneChanged.class, e -> e.phone().equals("SIM/after"));
  }

  /// Asterisk tells how every trunk, queue and hint is, for each call a few times.
  @Test
  void phonesThatNobodyWantsAreNotTold() {
    connect(facts, "SIM/after");
    facts.forget();
    rig.pbx().sendRaw(deviceChange("Queue:orders_avail"));
    rig.pbx().sendRaw(deviceChange("PJSIP/trunk"));
    rig.pbx().sendRaw(deviceChange("SIM/after"));
    facts.await(PbxEvent.PhoneChanged.class, e -> e.phone().equals("SIM/after"));
    pbx.watch(Set.of("PJSIP/trunk"));
    rig.pbx().sendRaw(deviceChange("SIM/after"));
    rig.pbx().sendRaw(deviceChange("PJSIP/trunk"));
    facts.await(
        PbxEvent.PhoneChanged.class,
        e -> e.phone().equals("PJSIP/trunk") && e.state() == PhoneState.IN_USE);
    assertThat(facts.count(PbxEvent.PhoneChanged.class, e -> e.phone().equals("SIM/after")))
        .isEqualTo(1);
    assertThat(facts.count(PbxEvent.PhoneChanged.class, e -> e.phone().startsWith("Queue")))
        .isZero();
  }

  /// Asterisk rings it; the library makes nothing of the word.
  @Test
  void aPhoneOfWhichAsteriskKnowsNoStateIsFree() {
    connect(facts, "SIM/one");
    facts.forget();
    for (String state : List.of("INUSE", "UNKNOWN")) {
      rig.pbx()
          .sendRaw("Event: DeviceStateChange\r\nDevice: SIM/one\r\nState: " + state + "\r\n\r\n");
    }
    facts.await(PbxEvent.PhoneChanged.class, e -> e.state() == PhoneState.IN_USE);
    facts.await(PbxEvent.PhoneChanged.class, e -> e.state() == PhoneState.AVAILABLE);
  }

  /// Asterisk writes a caller's number as it came, so a line end in it begins a header.
  @Test
  void aMessageThatSaysTwoThingsOfOneIsRefused() {
    connect(facts, "SIM/one", "SIM/two");
    facts.forget();
    rig.call("+886223000005", ' ', LONG);
    CallId call = facts.await(PbxEvent.CallQueued.class).call();
    rig.pbx()
        .sendRaw(
            "Event: Hangup\r\nChannel: PJSIP/x-1\r\nCallerIDNum: 1\r\nUniqueid: %s\r\nUniqueid: 9\r\n\r\n"
                .formatted(call));
    rig.pbx()
        .sendRaw(
            "Event: Hangup\r\nChannel: PJSIP/x-1\r\nUniqueid: 9\r\n uniqueid : %s\r\n\r\n"
                .formatted(call));
    rig.pbx().sendRaw("Event: Newexten\r\nA: b\r\nEvent: Hangup\r\nUniqueid: " + call + "\r\n\r\n");
    rig.pbx()
        .sendRaw(
            "Event: DeviceStateChange\r\nDevice: SIM/two\r\nState: BUSY\r\nState: INUSE\r\n\r\n");
    rig.pbx()
        .sendRaw(
            "Event: DeviceStateChange\r\n"
                + "Device: SIM/one\r\n"
                + "Device: SIM/one\r\n"
                + "State: INUSE\r\n"
                + "State: INUSE\r\n"
                + "ChanVariable: a=1\r\n"
                + "ChanVariable: b=2\r\n\r\n");
    facts.await(PbxEvent.PhoneChanged.class, e -> e.phone().equals("SIM/one"));
    assertThat(facts.count(PbxEvent.CallEnded.class, _ -> true)).isZero();
    assertThat(facts.count(PbxEvent.PhoneChanged.class, e -> e.phone().contains("two"))).isZero();
  }

  /// What Asterisk lists for us it does not filter; but it tells a list in one go, under our id.
  @Test
  void inAListOnlyWhatBearsItsIdIsTaken() throws Exception {
    var guard = new AmiGuard("mark");
    List<String> begin = List.of("Response: Success", "ActionID: 7#mark", "EventList: start");
    List<String> item = List.of("Event: Status", "Uniqueid: 1", "ActionID: 7#mark");
    List<String> end = List.of("Event: StatusComplete", "EventList: Complete", "ActionID: 7#mark");
    List<String> foreign = List.of("Event: Hangup", "Uniqueid: 1");
    assertThat(guard.take(foreign)).isEqualTo(foreign);
    guard.take(List.of("Response: Success", "ActionID: 8", "EventList: start"));
    assertThat(guard.take(foreign)).as("that is no list of ours").isEqualTo(foreign);
    guard.take(begin);
    assertThat(guard.take(item)).isEqualTo(item);
    assertThat(guard.take(foreign)).isEmpty();
    assertThat(guard.take(List.of("Event: StatusComplete", "EventList: Complete"))).isEmpty();
    var forged = new ArrayList<>(end);
    forged.add("Uniqueid: 2");
    assertThat(guard.take(forged)).as("what follows a caller's number").isEmpty();
    assertThat(guard.take(item)).isEqualTo(item);
    assertThat(guard.take(end)).isEqualTo(end);
    assertThat(guard.take(foreign)).isEqualTo(foreign);
    guard.take(begin);
    assertThatExceptionOfType(IOException.class)
        .as("one that does not end is a lost link")
        .isThrownBy(
            () -> {
              for (int i = 0; i < 10_000; i++) guard.take(foreign);
            });
  }

  @Test
  void aHangUpThatIsToldTwiceEndsACallOnce() {
    connect(facts, "SIM/after");
    facts.forget();
    rig.call("+886223000004", ' ', LONG);
    CallId call = facts.await(PbxEvent.CallQueued.class).call();
    String hangup =
        "Event: Hangup\r\nChannel: PJSIP/x\r\nUniqueid: %s\r\nCause: 16\r\n\r\n".formatted(call);
    rig.pbx().sendRaw(hangup);
    rig.pbx().sendRaw(hangup);
    rig.pbx().sendRaw(deviceChange("SIM/after"));
    facts.await(PbxEvent.PhoneChanged.class, e -> e.phone().equals("SIM/after"));
    assertThat(facts.count(PbxEvent.CallEnded.class, _ -> true)).isOne();
  }

  /// The library's pool ends at 500 threads.
  @Test
  void aThousandCallersAreInTheirScriptsAtOnce() throws Exception {
    int callers = 1_000;
    var inside = new CountDownLatch(callers);
    int port = takeCallers(inside, inside);
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < callers; i++) sockets.add(agiCall(port, "c" + i, "ivr"));
    assertThat(inside.await(20, TimeUnit.SECONDS))
        .as("%d are not inside", inside.getCount())
        .isTrue();
    for (Socket socket : sockets) socket.close();
  }

  /// The library's own mapping would load the class that the URL names.
  @Test
  void theUrlChoosesNoClass() throws Exception {
    try (Socket socket = agiCall(agi.port(), "u1", "java.lang.ProcessBuilder")) {
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(in.readLine()).isEqualTo("GET VARIABLE \"SR_DNIS\"");
    }
  }

  /// They are on their way to a script when nothing is told; the list that comes then tells of
  /// them.
  @Test
  void whoComesWhileTheLinkIsAwayComesToAScriptWhenItIsBack() throws Exception {
    agi.close();
    var visits = new Facts<IvrGate.Visit>();
    agi =
        new FastAgiFront(
            pbx.admission(),
            InetAddress.getLoopbackAddress(),
            0,
            "/tmp",
            (visit, _) -> {
              visits.accept(visit);
              return new Placement.Hold("orders", 0, "", "en", 1);
            },
            _ -> {});
    agi.start();
    connect(facts);
    facts.forget();
    rig.dropLinks();
    rig.call("+886223000001", ' ', LONG);
    facts.await(PbxEvent.Disconnected.class);
    visits.await(IvrGate.Visit.class, visit -> visit.from().value().equals("+886223000001"));
    facts.await(PbxEvent.CallQueued.class);
  }

  /// The library takes what comes last.
  @Test
  void whoSaysTwoIdsIsNeither() throws Exception {
    try (Socket socket = agiCall(agi.port(), "u1\nagi_rdnis: 9\nagi_uniqueid: u2", "ivr")) {
      socket.setSoTimeout(10_000);
      assertThat(socket.getInputStream().read())
          .as("nothing is asked, and it is over")
          .isNegative();
    }
    pbx.admission().comes("u1");
    try (Socket socket = agiCall(agi.port(), "u1\nagi_uniqueid: u1", "ivr")) {
      socket.setSoTimeout(10_000);
      assertThat(socket.getInputStream().read()).isEqualTo('G');
    }
  }

  /// The library would try to listen on, as fast as it can, and say so each time.
  @Test
  void whoTakesNobodyAnyMoreDoesItQuietly() throws Exception {
    var inside = new CountDownLatch(1);
    int port = takeCallers(inside, new CountDownLatch(1));
    try (var log = new LogWatch(FastAgiFront.class);
        Socket _ = agiCall(port, "c1", "ivr")) {
      assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
      agi.close(Duration.ofMillis(300));
      assertThat(log.said(Level.WARN)).isEmpty();
    }
  }

  /// Opens a front whose callers stay in the script until a latch is open; returns its port.
  private int takeCallers(CountDownLatch inside, CountDownLatch until) throws Exception {
    agi.close();
    agi =
        new FastAgiFront(
            pbx.admission(),
            InetAddress.getLoopbackAddress(),
            0,
            "/tmp",
            (_, _) -> {
              inside.countDown();
              try {
                until.await(20, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new Placement.HangUp();
            },
            _ -> {});
    agi.start();
    return agi.port();
  }

  /// One that the manager has told of.
  private Socket agiCall(int port, String id, String script) throws Exception {
    pbx.admission().comes(id);
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    String request =
        "agi_network: yes\nagi_network_script: %1$s?token=%3$s\nagi_request: agi://127.0.0.1/%1$s?token=%3$s\nagi_uniqueid: %2$s\nagi_channel: PJSIP/x\nagi_callerid: 1\n\n"
            .formatted(script, id, pbx.admission().token());
    // The answers to both GET VARIABLEs, which every session begins with, are sent ahead.
    String early = script.equals("ivr") ? "200 result=0\n200 result=0\n" : "";
    socket.getOutputStream().write((request + early).getBytes(StandardCharsets.UTF_8));
    return socket;
  }
}
