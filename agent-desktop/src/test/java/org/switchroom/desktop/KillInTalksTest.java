package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.cti.testkit.SipCall;
import org.switchroom.cti.testkit.SipUser;
import org.switchroom.cti.testkit.StereoSound;
import org.switchroom.desktop.testkit.CenterFile;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.ServerProcess;
import org.switchroom.desktop.testkit.TalkScene;
import org.switchroom.desktop.testkit.TalkScene.Party;
import org.switchroom.desktop.testkit.TestCenter;

/// A server that is killed in consultations, with colleagues, numbers outside and queues, in
/// conferences and holds, with a supervisor in a talk, a caller parked and a recording paused, on a
/// real Asterisk: all of these go on at once. Each time something is asked in each of them, and the
/// server killed in that very moment. Desks ask again what has no answer, and the next server
/// orders again what has one and the PBX has not heard: it is done, and done once. Who is with whom
/// is what everybody hears.
@NeedsAsterisk
class KillInTalksTest {
  private static final long SEED = Long.getLong("switchroom.seed", 4L);
  private static final int STEPS = 6;

  /// Whoever is asked is back before who asks them.
  private static final List<String> AGENTS =
      List.of("a2", "a8", "a1", "a3", "a4", "a5", "a6", "a7", "a9", "a10", "a11");

  /// Two numbers outside, and where they ring.
  private static final String CALLED = "+886912345678";

  private static final String ASKED = "+886912345679";

  private static final Map<String, String> OUTSIDE =
      Map.of(CALLED, PbxRig.device(20), ASKED, PbxRig.device(21));

  private static final String LINES =
      """

      [outside]
      exten => %s,1,Dial(%s)
      exten => %s,1,Dial(%s)
      """
          .formatted(CALLED, OUTSIDE.get(CALLED), ASKED, OUTSIDE.get(ASKED));

  /// In which nobody answers.
  private static final String NOBODYS = "nobodys";

  /// So early that a command may not have come, or so late that all of it may be done.
  private static final int LATEST_KILL_MILLIS = 80;

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int BYTES_A_SECOND = 4 * 8_000;

  /// What becomes of the callers, as the history has it: each thing once, also what was asked in a
  /// moment in which nobody lived to do it.
  private static final Map<String, List<String>> LIVES =
      Map.ofEntries(
          Map.entry(
              "consults",
              List.of(
                  "TALK a1 TRANSFERRED",
                  "HOLD a1 RETRIEVED",
                  "CONFERENCE a1 HELD",
                  "HOLD a1 RETRIEVED",
                  "WRAP_UP a1 SAID",
                  "TALK a2 CALLER_LEFT",
                  "WRAP_UP a2 SAID")),
          Map.entry(
              "cancels",
              List.of(
                  "TALK a7 TRANSFERRED",
                  "HOLD a7 RETRIEVED",
                  "HOLD a7 RETRIEVED",
                  "CONFERENCE a7 CANCELLED",
                  "WRAP_UP a7 SAID",
                  "TALK a8 CALLER_LEFT",
                  "WRAP_UP a8 SAID")),
          Map.entry(
              "holds",
              List.of(
                  "TALK a3 CALLER_LEFT",
                  "HOLD a3 RETRIEVED",
                  "HOLD a3 RETRIEVED",
                  "HOLD a3 RETRIEVED",
                  "WRAP_UP a3 SAID")),
          Map.entry(
              "parks",
              List.of(
                  "TALK a5 PARKED",
                  "WRAP_UP a5 SAID",
                  "PARK a5 PICKED_UP",
                  "TALK a5 PARKED",
                  "WRAP_UP a5 SAID",
                  "PARK a5 PICKED_UP",
                  "TALK a5 PARKED",
                  "WRAP_UP a5 SAID",
                  "PARK a5 PICKED_UP",
                  "TALK a5 CALLER_LEFT",
                  "WRAP_UP a5 SAID")),
          Map.entry(
              "records",
              List.of(
                  "TALK a4 CALLER_LEFT",
                  "RECORDING  TALK_OVER",
                  "PAUSE  ASKED",
                  "PAUSE  ASKED",
                  "PAUSE  ASKED",
                  "WRAP_UP a4 SAID")),
          Map.entry(
              "is supervised",
              List.of("TALK a6 TRANSFERRED", "WRAP_UP a6 SAID", "TALK sup CALLER_LEFT")),
          Map.entry(
              "calls",
              List.of(
                  "TALK a9 PARKED",
                  "DIAL  REACHED",
                  "HOLD a9 RETRIEVED",
                  "WRAP_UP a9 SAID",
                  "PARK a9 PICKED_UP",
                  "TALK a9 CALLER_LEFT",
                  "HOLD a9 ENDED",
                  "WRAP_UP a9 SAID")),
          Map.entry(
              "asks outside",
              List.of(
                  "TALK a10 TRANSFERRED",
                  "HOLD a10 RETRIEVED",
                  "CONFERENCE a10 HELD",
                  "HOLD a10 RETRIEVED",
                  "WRAP_UP a10 SAID")),
          Map.entry(
              "asks a queue",
              List.of(
                  "TALK a11 TRANSFERRED",
                  "HOLD a11 RETRIEVED",
                  "HOLD a11 RETRIEVED",
                  "HOLD a11 ENDED",
                  "WRAP_UP a11 SAID")));

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Map<String, DeskClient> desks = new LinkedHashMap<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final List<SipUser> callers = new ArrayList<>();
  private final List<TalkScene> scenes = new ArrayList<>();

  @TempDir Path folder;
  private int others;
  private RealAsterisk asterisk;
  private CenterFile center;
  private ServerProcess server;

  @BeforeEach
  void open() throws Exception {
    asterisk = new RealAsterisk(LINES);
    center =
        TestCenter.on(asterisk)
            .withAgents(AGENTS.size())
            .onlyQueue("orders")
            .wrapsUp(WrapUp.Mode.MANDATORY)
            .in(folder)
            .recordsOnDemand(asterisk.onThisMachine(asterisk.recordings()), asterisk.recordings())
            .withQueueOfNobody(NOBODYS)
            .dialsThrough("Local/{number}@outside/n");
    server = new ServerProcess(center);
    server.start();
    for (String agent : AGENTS) logsIn(agent);
    logsIn("sup");
  }

  private void logsIn(String user) {
    Consumer<JsonNode> refusals =
        message -> {
          boolean reply = message.path("type").asText().equals("reply");
          if (reply && !message.path("ok").asBoolean()) refused.add(user + ": " + message);
        };
    DeskClient desk = DeskClient.logIn(center.web(), user, TestCenter.PASSWORD);
    desks.put(user, desk.wrapsUpWith("other").listens(refusals));
  }

  @AfterEach
  void close() throws Exception {
    desks.values().forEach(DeskClient::close);
    server.close();
    callers.forEach(SipUser::close);
    asterisk.close();
  }

  // ── Who is there ────────────────────────────────────────────────────────────────────────────

  private TalkScene scene(String title, String agent) {
    int number = 1 + callers.size();
    int hertz = hertzOfAnother();
    String from = "+886223000%03d".formatted(number);
    var caller = new SipUser(from, 0, asterisk.sipPort(), SipCall::hangUp).speaks(hertz);
    callers.add(caller);
    var scene = new TalkScene(title).with(Party.CALLER, "", caller, hertz);
    scenes.add(scene);
    return with(scene, Party.AGENT, agent);
  }

  /// @param agent who calls somebody
  private TalkScene calls(String title, String agent) {
    int hertz = hertzOfAnother();
    SipUser there = asterisk.phoneThatSpeaks(OUTSIDE.get(CALLED), hertz);
    var scene = new TalkScene(title).with(Party.CALLER, "", there, hertz);
    scenes.add(scene);
    return with(scene, Party.AGENT, agent);
  }

  private TalkScene with(TalkScene scene, Party party, String user) {
    int phone = user.equals("sup") ? AGENTS.size() + 1 : Integer.parseInt(user.substring(1));
    SipUser there = asterisk.phoneThatSpeaks(PbxRig.device(phone), hertz(phone));
    return scene.with(party, user, there, hertz(phone));
  }

  /// Somebody outside is asked.
  private TalkScene withOutside(TalkScene scene) {
    int hertz = hertzOfAnother();
    SipUser there = asterisk.phoneThatSpeaks(OUTSIDE.get(ASKED), hertz);
    return scene.with(Party.COLLEAGUE, "", there, hertz);
  }

  /// Of somebody who has no desk.
  private int hertzOfAnother() {
    return hertz(AGENTS.size() + 1 + ++others);
  }

  /// Each has a tone of their own.
  private static int hertz(int number) {
    return 400 + 46 * number;
  }

  private static final String TALKS = "talking: talking";
  private static final String ASKS = "consulting: hold asks talking";
  private static final String WITH_CALLER = "talking: talking asks talking with caller";
  private static final String IS_ASKED = "talking: talking consulted";

  private void consults() {
    with(scene("consults", "a1"), Party.COLLEAGUE, "a2")
        .step(Party.AGENT, "consultAgent colleague a2 why refund", "AB", ASKS, IS_ASKED)
        .step(Party.AGENT, "alternate", "CA", WITH_CALLER, IS_ASKED)
        .step(
            Party.AGENT, "conference", "CAB", WITH_CALLER + " conference", IS_ASKED + " conference")
        .step(Party.AGENT, "hold", "AB", ASKS, IS_ASKED)
        .step(Party.AGENT, "alternate", "CA", WITH_CALLER, IS_ASKED)
        .step(Party.AGENT, "completeConsultation", "CB", "ready", TALKS);
  }

  private void cancels() {
    with(scene("cancels", "a7"), Party.COLLEAGUE, "a8")
        .step(Party.AGENT, "consultAgent colleague a8 why refund", "AB", ASKS, IS_ASKED)
        .step(Party.AGENT, "cancelConsultation", "CA", TALKS, "ready")
        .step(Party.AGENT, "consultAgent colleague a8 why refund", "AB", ASKS, IS_ASKED)
        .step(
            Party.AGENT, "conference", "CAB", WITH_CALLER + " conference", IS_ASKED + " conference")
        .step(Party.AGENT, "cancelConsultation", "CA", TALKS, "ready")
        .step(Party.AGENT, "transferToAgent colleague a8 why refund", "CB", "ready", TALKS);
  }

  private void asksOutside() {
    withOutside(scene("asks outside", "a10"))
        .step(Party.AGENT, "consultNumber number " + ASKED + " why refund", "AB", ASKS)
        .step(Party.AGENT, "alternate", "CA", WITH_CALLER)
        .step(Party.AGENT, "conference", "CAB", WITH_CALLER + " conference")
        .step(Party.AGENT, "hold", "AB", ASKS)
        .step(Party.AGENT, "alternate", "CA", WITH_CALLER)
        .step(Party.AGENT, "completeConsultation", "CB", "ready");
  }

  /// Nobody answers, and the caller waits in the place of the agent's own call.
  private void asksAQueue() {
    String waits = "consulting: hold asks waiting";
    String ask = "consultQueue queue " + NOBODYS + " why refund";
    scene("asks a queue", "a11")
        .step(Party.AGENT, ask, "", waits)
        .step(Party.AGENT, "alternate", "CA", "talking: talking asks waiting with caller")
        .step(Party.AGENT, "alternate", "", waits)
        .step(Party.AGENT, "cancelConsultation", "CA", TALKS)
        .step(Party.AGENT, ask, "", waits)
        .step(Party.AGENT, "completeConsultation", "", "ready");
  }

  private void holds() {
    var scene = scene("holds", "a3");
    for (int i = 0; i < STEPS / 2; i++)
      scene.step(Party.AGENT, "hold", "", "hold: hold").step(Party.AGENT, "retrieve", "CA", TALKS);
  }

  private void parks() {
    var scene = scene("parks", "a5");
    for (int i = 0; i < STEPS / 2; i++)
      scene
          .step(Party.AGENT, "park why lunch", "", "ready")
          .step(Party.AGENT, "pickUp", "CA", TALKS);
  }

  private void records() {
    String recorded = TALKS + " recorded";
    String paused = TALKS + " paused";
    scene("records", "a4")
        .step(Party.AGENT, "startRecording", "CA", recorded)
        .step(Party.AGENT, "pauseRecording", "CA", paused)
        .step(Party.AGENT, "resumeRecording", "CA", recorded)
        .step(Party.AGENT, "pauseRecording", "CA", paused)
        .step(Party.AGENT, "resumeRecording", "CA", recorded)
        .step(Party.AGENT, "pauseRecording", "CA", paused);
  }

  private void isSupervised() {
    with(scene("is supervised", "a6"), Party.SUPERVISOR, "sup")
        .step(
            Party.SUPERVISOR,
            "supervise colleague a6 how listen",
            "CA CA>S",
            "talking, supervised by listen: talking")
        .step(
            Party.SUPERVISOR,
            "supervise colleague a6 how whisper",
            "CA CA>S S>A",
            "talking, supervised by whisper: talking")
        .step(
            Party.SUPERVISOR,
            "supervise colleague a6 how barge",
            "CAS",
            "talking, supervised by barge: talking")
        .step(Party.SUPERVISOR, "endSupervision", "CA", TALKS)
        .step(
            Party.SUPERVISOR,
            "supervise colleague a6 how listen",
            "CA CA>S",
            "talking, supervised by listen: talking")
        .step(Party.SUPERVISOR, "takeOver", "CS", "ready");
  }

  private void calls() {
    calls("calls", "a9")
        .step(Party.AGENT, "makeCall number " + CALLED, "CA", TALKS + " reached")
        .step(Party.AGENT, "hold", "", "hold: hold reached")
        .step(Party.AGENT, "retrieve", "CA", TALKS + " reached")
        .step(Party.AGENT, "park why lunch", "", "ready")
        .step(Party.AGENT, "pickUp", "CA", TALKS + " reached")
        .step(Party.AGENT, "hold", "", "hold: hold reached");
  }

  // ── What happens ────────────────────────────────────────────────────────────────────────────

  @Test
  void whatIsAskedInItsLastMomentIsDoneOnceAndNobodyIsLost() throws Exception {
    consults();
    cancels();
    asksOutside();
    asksAQueue();
    holds();
    parks();
    records();
    isSupervised();
    calls();
    scenes.forEach(scene -> scene.begins(desks));
    scenes.forEach(scene -> scene.colleagueIsReady(desks));
    for (int step = 0; step < STEPS; step++) {
      for (TalkScene scene : scenes) scene.asks(step, desks);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(LATEST_KILL_MILLIS));
      server.kill();
      server.start();
      desks.replaceAll((_, desk) -> desk.again());
      areDone(step);
      isRecorded(step % 2 == 0);
    }
    scenes.forEach(TalkScene::callerHangsUp);
    for (String agent : AGENTS)
      Await.until(() -> desks.get(agent).state().equals("ready"), agent + " is ready", PATIENCE);
    Await.until(
        () -> asterisk.console("core show channels count").contains("0 active channels"),
        "no channel is left",
        PATIENCE);
    assertThat(refused).isEmpty();
    server.stop();
    assertThat(center.differences()).as("the history is what the ledger tells").isEmpty();
    for (TalkScene scene : scenes)
      assertThat(center.segments(scene.contact()))
          .as(scene.toString())
          .isEqualTo(LIVES.get(scene.toString()));
  }

  private void areDone(int step) {
    try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new ArrayList<CompletableFuture<Void>>();
      for (TalkScene scene : scenes)
        done.add(CompletableFuture.runAsync(() -> scene.isDone(step, desks), all));
      done.forEach(CompletableFuture::join);
    }
  }

  /// What is written now is what is said, or silence.
  private void isRecorded(boolean said) throws IOException {
    Path file;
    try (var files = Files.list(asterisk.onThisMachine(asterisk.recordings()))) {
      file = files.filter(one -> one.toString().endsWith(".raw")).findFirst().orElseThrow();
    }
    long now = Files.size(file);
    Await.until(() -> file.toFile().length() > now + BYTES_A_SECOND, "it records", PATIENCE);
    var sound = StereoSound.in(file, 0);
    int loudest = sound.loudest(sound.seconds() - 0.6, 0.5);
    assertThat(loudest > 0).as("the loudest in %s is %d", file, loudest).isEqualTo(said);
  }
}
