package org.switchroom.cti.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.pbx.asterisk.AsteriskPbx;
import org.switchroom.cti.pbx.asterisk.PbxOwner;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.Facts;
import org.switchroom.cti.testkit.Heart;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.cti.testkit.StereoSound;

/// What Asterisk writes of a talk in which caller and agent each speak with a tone of their own.
@NeedsAsterisk
class RecordedTalkTest {
  private static final String PHONE = "PJSIP/1001";
  private static final String COLLEAGUE = "PJSIP/1002";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int CALLER = 440;
  private static final int AGENT = 1_000;
  private static final int OTHER_AGENT = 1_700;

  /// The samples of a tone have 9,000 at most; G.711 keeps most of it.
  private static final double HEARD = 5_000;

  private static final double NOT_HEARD = 100;
  private static final int LEFT = 0;
  private static final int RIGHT = 1;

  private long offers = System.currentTimeMillis();

  private interface Talk {
    void run(RealAsterisk asterisk, AsteriskPbx pbx, Facts<PbxEvent> facts, CallId call)
        throws Exception;
  }

  private void inTalk(Optional<RecordingId> id, Talk talk) throws Exception {
    inTalk(id, "", talk);
  }

  /// @param within the folder of recordings; a file of that name, and no folder, is there
  private void inTalk(Optional<RecordingId> id, String within, Talk talk) throws Exception {
    var facts = new Facts<PbxEvent>(Duration.ofSeconds(30));
    try (var asterisk = new RealAsterisk();
        var pbx =
            new AsteriskPbx(
                asterisk.ami().withRecordings(asterisk.recordings() + within),
                PbxOwner.of("test"),
                InstantSource.system());
        var _ = new Heart(pbx, Set.of(PHONE, COLLEAGUE), facts)) {
      facts.await(PbxEvent.Synchronized.class);
      if (!within.isEmpty()) {
        Files.createFile(asterisk.onThisMachine(asterisk.recordings() + within));
      }
      asterisk.phoneThatSpeaks(PHONE, AGENT);
      asterisk.phoneThatSpeaks(COLLEAGUE, OTHER_AGENT);
      asterisk.callThatSpeaks("+886223000001", "8001", LONG);
      CallId call = facts.await(PbxEvent.CallQueued.class).call();
      ring(pbx, facts, call, PHONE, id);
      talk.run(asterisk, pbx, facts, call);
    }
  }

  private LegId ring(
      AsteriskPbx pbx,
      Facts<PbxEvent> facts,
      CallId call,
      String phone,
      Optional<RecordingId> recording) {
    LegId leg = LegId.ofOffer(++offers);
    pbx.send(
        new PbxCommand.RingAgent(
            call, leg, phone, "ann", new PhoneNumber(""), LONG, "", "", "", false, "", recording));
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(leg));
    return leg;
  }

  private static Path file(RealAsterisk asterisk, RecordingId id) {
    return asterisk.onThisMachine(asterisk.recordings() + "/" + id + ".raw");
  }

  /// So much is written by now.
  private static void awaitSeconds(Path file, double seconds) {
    long bytes = (long) (seconds * 4 * 8_000);
    Await.until(
        () -> Files.isRegularFile(file) && file.toFile().length() >= bytes,
        "%.1f s are written into %s".formatted(seconds, file),
        Duration.ofSeconds(30));
  }

  private static double written(Path file) {
    return file.toFile().length() / (4.0 * 8_000);
  }

  private static double ended(
      AsteriskPbx pbx, Facts<PbxEvent> facts, CallId call, Path file, double least) {
    awaitSeconds(file, least);
    pbx.send(new PbxCommand.HangUpCall(call));
    facts.await(PbxEvent.CallEnded.class, e -> e.call().equals(call));
    return StereoSound.in(file, 0).seconds();
  }

  @Test
  void bothSidesAreApartAndThereFromTheFirstWord() throws Exception {
    var id = new RecordingId("both-sides");
    inTalk(
        Optional.of(id),
        (asterisk, pbx, facts, call) -> {
          Path file = file(asterisk, id);
          awaitSeconds(file, 3);
          ended(pbx, facts, call, file, 3);
          var sound = StereoSound.in(file, 0);
          assertThat(sound.tone(LEFT, CALLER, 0.2, 0.2)).isGreaterThan(HEARD);
          assertThat(sound.tone(RIGHT, AGENT, 0.2, 0.2)).isGreaterThan(HEARD);
          assertThat(sound.tone(LEFT, CALLER, 0, 0.2))
              .as("the first words")
              .isGreaterThan(NOT_HEARD);
          assertThat(sound.tone(RIGHT, AGENT, 0, 0.2))
              .as("the first words")
              .isGreaterThan(NOT_HEARD);
          for (double at = 0.2; at < 2.8; at += 0.2) {
            assertThat(sound.tone(LEFT, CALLER, at, 0.2)).as("at %.1f s", at).isGreaterThan(HEARD);
            assertThat(sound.tone(RIGHT, AGENT, at, 0.2)).as("at %.1f s", at).isGreaterThan(HEARD);
            assertThat(sound.tone(LEFT, AGENT, at, 0.2)).as("at %.1f s", at).isLessThan(NOT_HEARD);
            assertThat(sound.tone(RIGHT, CALLER, at, 0.2))
                .as("at %.1f s", at)
                .isLessThan(NOT_HEARD);
          }
        });
  }

  @Test
  void whereItPausesIsSilenceAndTheTimesStay() throws Exception {
    var id = new RecordingId("paused");
    inTalk(
        Optional.of(id),
        (asterisk, pbx, facts, call) -> {
          Path file = file(asterisk, id);
          awaitSeconds(file, 1.5);
          long from = System.nanoTime();
          pbx.send(new PbxCommand.MuteRecording(call, true));
          awaitSeconds(file, 4);
          pbx.send(new PbxCommand.MuteRecording(call, false));
          double silent = (System.nanoTime() - from) / 1e9;
          awaitSeconds(file, 6);
          ended(pbx, facts, call, file, 6);
          var sound = StereoSound.in(file, 0);
          int quiet = 0;
          int tenths = (int) (sound.seconds() * 10);
          for (int i = 2; i < tenths - 1; i++) {
            if (sound.loudest(i / 10.0, 0.1) == 0) quiet++;
          }
          assertThat(quiet / 10.0).as("so long it is silent").isBetween(silent - 0.5, silent + 0.5);
          assertThat(sound.tone(LEFT, CALLER, 0.5, 0.2)).isGreaterThan(HEARD);
          assertThat(sound.tone(RIGHT, AGENT, sound.seconds() - 1, 0.2)).isGreaterThan(HEARD);
        });
  }

  @Test
  void itGoesOnWithTheCallerToAColleague() throws Exception {
    var id = new RecordingId("given-away");
    inTalk(
        Optional.of(id),
        (asterisk, pbx, facts, call) -> {
          Path file = file(asterisk, id);
          awaitSeconds(file, 1.5);
          facts.forget();
          pbx.send(new PbxCommand.TakeBack(call));
          facts.await(PbxEvent.CallQueued.class, e -> e.call().equals(call));
          awaitSeconds(file, written(file) + 2);
          ring(pbx, facts, call, COLLEAGUE, Optional.of(new RecordingId("another")));
          double before = written(file);
          double all = ended(pbx, facts, call, file, before + 4);
          var sound = StereoSound.in(file, 0);
          assertThat(sound.tone(RIGHT, AGENT, 1, 0.2)).isGreaterThan(HEARD);
          assertThat(sound.tone(RIGHT, OTHER_AGENT, all - 0.8, 0.2)).isGreaterThan(HEARD);
          assertThat(sound.tone(LEFT, CALLER, all - 0.8, 0.2)).isGreaterThan(HEARD);
          assertThat(file(asterisk, new RecordingId("another"))).doesNotExist();
        });
  }

  /// Whom the caller hears in a conference is on their side, all of them.
  @Test
  void allVoicesOfAConferenceAreInIt() throws Exception {
    var id = new RecordingId("conference");
    inTalk(
        Optional.of(id),
        (asterisk, pbx, facts, call) -> {
          Path file = file(asterisk, id);
          LegId leg = facts.await(PbxEvent.LegConnected.class).leg();
          CallId own = PbxCommand.Consult.own(leg, Instant.now());
          pbx.send(new PbxCommand.Hold(call, leg));
          pbx.send(new PbxCommand.Consult(own, leg));
          facts.await(PbxEvent.CallQueued.class, e -> e.call().equals(own));
          ring(pbx, facts, own, COLLEAGUE, Optional.empty());
          pbx.send(new PbxCommand.Retrieve(leg));
          pbx.send(new PbxCommand.Conference(call, own));
          facts.await(PbxEvent.CallConferenced.class, e -> e.own().equals(own));
          double before = written(file);
          double all = ended(pbx, facts, call, file, before + 4);
          var sound = StereoSound.in(file, 0);
          assertThat(sound.tone(RIGHT, AGENT, all - 1, 0.2)).isGreaterThan(HEARD);
          assertThat(sound.tone(RIGHT, OTHER_AGENT, all - 1, 0.2)).isGreaterThan(HEARD);
          assertThat(sound.tone(LEFT, CALLER, all - 1, 0.2)).isGreaterThan(HEARD);
        });
  }

  @Test
  void oneThatIsBegunOnDemandHasBothSidesToo() throws Exception {
    var id = new RecordingId("on-demand");
    inTalk(
        Optional.empty(),
        (asterisk, pbx, facts, call) -> {
          Path file = file(asterisk, id);
          pbx.send(new PbxCommand.StartRecording(call, id));
          awaitSeconds(file, 2);
          ended(pbx, facts, call, file, 2);
          var sound = StereoSound.in(file, 0);
          assertThat(sound.tone(LEFT, CALLER, 1, 0.2)).isGreaterThan(HEARD);
          assertThat(sound.tone(RIGHT, AGENT, 1, 0.2)).isGreaterThan(HEARD);
          assertThat(sound.tone(LEFT, AGENT, 1, 0.2)).isLessThan(NOT_HEARD);
        });
  }

  /// Nobody's talk ends because its recording cannot be written.
  @Test
  void aFolderThatCannotBeWrittenIntoEndsNoTalk() throws Exception {
    var id = new RecordingId("nowhere");
    inTalk(
        Optional.of(id),
        "/no-folder",
        (asterisk, pbx, facts, call) -> {
          facts.await(PbxEvent.RecordingBegan.class, e -> e.call().equals(call));
          assertThat(asterisk.onThisMachine(asterisk.recordings() + "/no-folder")).isEmptyFile();
          pbx.send(new PbxCommand.StopRecording(call));
          facts.await(PbxEvent.RecordingEnded.class, e -> e.call().equals(call));
          assertThat(asterisk.console("core show channels concise")).contains("PJSIP/1001");
          assertThat(facts.count(PbxEvent.CallEnded.class, _ -> true)).isZero();
        });
  }
}
