package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.event.CallEvent.RecordingBegan;
import org.switchroom.cti.event.CallEvent.RecordingEnded;
import org.switchroom.cti.event.CallEvent.RecordingPaused;
import org.switchroom.cti.event.CallEvent.RecordingResumed;
import org.switchroom.cti.event.ContactEvent.RecordingNoticeGiven;
import org.switchroom.cti.event.PauseCause;
import org.switchroom.cti.event.RecordingEnd;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.history.HistoryFold;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.KeyedDigits;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.RecordingId;
import org.switchroom.ivr.NoticeAnswer;
import org.switchroom.ivr.speech.Language;

/// Which talks are recorded, and when silence is.
class RecordingTest {
  private static final TestPlan PLAN =
      TestPlan.of("q", "r")
          .agents("ann", "ben")
          .queue("q", queue -> queue.withRecording(RecordingPlan.ALWAYS));

  private static final TestPlan DEMAND =
      PLAN.queue("q", queue -> queue.withRecording(RecordingPlan.ON_DEMAND));

  private TestFloor floor = PLAN.open();

  private CallId annTalks() {
    floor.ready("ann");
    CallId call = floor.caller("q");
    floor.answers("ann");
    return call;
  }

  private List<PbxCommand> toTheRecording() {
    return floor.commands().stream()
        .filter(
            one ->
                one instanceof PbxCommand.StartRecording
                    || one instanceof PbxCommand.MuteRecording
                    || one instanceof PbxCommand.StopRecording)
        .toList();
  }

  // ── Which are ───────────────────────────────────────────────────────────────────────────────

  @Test
  void aTalkIsRecordedFromTheMomentInWhichItBeginsToItsEnd() {
    CallId call = annTalks();
    var began = floor.last(RecordingBegan.class);
    assertThat(began.call()).isEqualTo(call);
    assertThat(began.queue()).isEqualTo("q");
    floor.leaves(call);
    var ended = floor.last(RecordingEnded.class);
    assertThat(ended.recording()).isEqualTo(began.recording());
    assertThat(ended.why()).isEqualTo(RecordingEnd.TALK_OVER);
    assertThat(toTheRecording()).isEmpty();
  }

  @Test
  void anotherQueuesTalksAreNot() {
    floor.ready("ann");
    floor.caller("r");
    floor.answers("ann");
    assertThat(floor.events(RecordingBegan.class)).isEmpty();
  }

  @Test
  void aShareIsTheSameContactsEachTime() {
    var share = new RecordingPlan(20, false);
    long taken = contacts().filter(share::takes).count();
    assertThat(taken).isBetween(1_800L, 2_200L);
    assertThat(contacts().filter(share::takes))
        .allMatch(new RecordingPlan(50, false)::takes)
        .allMatch(RecordingPlan.ALWAYS::takes);
    assertThat(contacts().filter(RecordingPlan.NEVER::takes)).isEmpty();
  }

  private static Stream<ContactId> contacts() {
    return IntStream.range(0, 10_000).mapToObj(i -> new ContactId("1767600000." + i));
  }

  /// Whatever there is in the name of the contact.
  @Test
  void itsNameIsAFilesName() {
    floor.ready("ann");
    floor.caller("q");
    floor.rings("ann");
    assertThat(floor.rings().getLast().recording()).isPresent();
    assertThat(RecordingId.isOne("a/b")).isFalse();
    assertThat(RecordingId.isOne("..")).isFalse();
    assertThat(RecordingId.isOne("a..b")).isFalse();
    assertThat(RecordingId.isOne("a b")).isFalse();
    assertThat(RecordingId.isOne("")).isFalse();
  }

  // ── Notices ─────────────────────────────────────────────────────────────────────────────────

  private CallId told(TestFloor on, NoticeAnswer... answers) {
    CallId call = on.arrives();
    on.begins(call);
    for (NoticeAnswer answer : answers) {
      on.takes(
          new Input.NoticeGiven(
              on.origin(call, "tell"), answer, "main 3 tell", Language.EN, Duration.ofSeconds(4)));
    }
    on.ends(call, Script.to("q"));
    return on.holds(call);
  }

  @Test
  void whoRefusesIsRecordedByNobody() {
    floor = PLAN.queue("q", queue -> queue.withRecording(new RecordingPlan(100, true))).open();
    floor.ready("ann");
    CallId call = told(floor, NoticeAnswer.REFUSED, NoticeAnswer.HEARD);
    floor.rings("ann");
    assertThat(floor.rings().getLast().recording()).isEmpty();
    floor.answers("ann");
    assertThat(floor.agent("ann").contacts().getFirst().mayRecord()).isFalse();
    assertThat(floor.desk("ann").records(call)).contains(Refusal.CALLER_REFUSED);
    floor.restarts();
    assertThat(floor.desk("ann").records(call)).contains(Refusal.CALLER_REFUSED);
  }

  /// Such as by an offer that was out already.
  @Test
  void oneThatBeginsAllTheSameEnds() {
    floor.ready("ann");
    CallId call = told(floor, NoticeAnswer.REFUSED);
    floor.answers("ann");
    floor.happens(new PbxEvent.RecordingBegan(floor.now, call, new RecordingId("begun")));
    assertThat(toTheRecording()).containsExactly(new PbxCommand.StopRecording(call));
    assertThat(floor.last(RecordingEnded.class).why()).isEqualTo(RecordingEnd.REFUSED);
  }

  @Test
  void aQueueMayRecordNobodyWhoWasNotTold() {
    var after = RecordingPlan.ALWAYS.afterNotice(true);
    floor = PLAN.queue("q", queue -> queue.withRecording(after)).open();
    floor.ready("ann", "ben");
    told(floor);
    floor.rings("ann");
    assertThat(floor.rings().getLast().recording()).isEmpty();
    told(floor, NoticeAnswer.HEARD);
    assertThat(floor.rings().getLast().recording()).isPresent();
    var demand = new RecordingPlan(0, true, true);
    floor = PLAN.queue("q", queue -> queue.withRecording(demand)).open();
    assertThat(floor.desk("ann").records(annTalks())).contains(Refusal.NOT_NOTICED);
  }

  /// It is told once, however often the script asks; the history has the proof.
  @Test
  void thatTheyWereToldIsKeptOnceWithWhatWasSaidAndWhen() {
    CallId call = floor.arrives();
    floor.begins(call).after(10);
    var given =
        new Input.NoticeGiven(
            floor.origin(call, "tell"),
            NoticeAnswer.HEARD,
            "main 3 tell",
            Language.ZH_HANT,
            Duration.ofSeconds(4));
    floor.takes(given);
    floor.takes(given);
    assertThat(floor.events(RecordingNoticeGiven.class))
        .containsExactly(
            new RecordingNoticeGiven(
                TestFloor.contactOf(call),
                NoticeAnswer.HEARD,
                "main 3 tell",
                Language.ZH_HANT,
                Duration.ofSeconds(4)));
    assertThat(floor.turns.stream().flatMap(turn -> HistoryFold.changes(turn).stream()))
        .anySatisfy(
            row ->
                assertThat(row.toString())
                    .contains("NOTICE", "HEARD", "main 3 tell zh-Hant", "01:00:06Z", "01:00:10Z"));
  }

  @Test
  void aScriptHasTheRecordingBeginPaused() {
    floor.ready("ann");
    CallId call = floor.arrives();
    floor.begins(call);
    floor.takes(new Input.TalkRecordingAsked(floor.origin(call, "pause"), true));
    floor.ends(call, Script.to("q"));
    floor.holds(call);
    floor.answers("ann");
    assertThat(floor.last(RecordingPaused.class).cause()).isEqualTo(PauseCause.SCRIPT);
    floor.happens(new PbxEvent.CallerKeyed(floor.now, call));
    floor.after(60);
    assertThat(floor.pbx.muted(call)).as("not resumed by time").isTrue();
    assertThat(floor.desk("ann").resumes(call)).isEmpty();
    assertThat(floor.pbx.muted(call)).isFalse();
  }

  @Test
  void aScriptUndoesItsPauseBeforeTheTalk() {
    floor.ready("ann");
    CallId call = floor.arrives();
    floor.begins(call);
    floor.takes(new Input.TalkRecordingAsked(floor.origin(call, "pause"), true));
    floor.takes(new Input.TalkRecordingAsked(floor.origin(call, "resume"), false));
    floor.ends(call, Script.to("q"));
    floor.holds(call);
    floor.answers("ann");
    assertThat(floor.events(RecordingPaused.class)).isEmpty();
  }

  // ── On demand ───────────────────────────────────────────────────────────────────────────────

  @Test
  void anAgentBeginsOneWhereTheQueueLetsThem() {
    floor = DEMAND.open();
    CallId call = annTalks();
    assertThat(floor.events(RecordingBegan.class)).isEmpty();
    assertThat(floor.desk("ann").records(call)).isEmpty();
    RecordingId id = floor.last(RecordingBegan.class).recording();
    assertThat(toTheRecording()).containsExactly(new PbxCommand.StartRecording(call, id));
    floor.happens(new PbxEvent.RecordingBegan(floor.now, call, id));
    assertThat(floor.desk("ann").records(call)).isEmpty();
    assertThat(floor.events(RecordingBegan.class)).hasSize(1);
    assertThat(toTheRecording()).hasSize(1);
  }

  @Test
  void whereTheQueueDoesNotTheyAreTold() {
    floor.ready("ann");
    CallId call = floor.caller("r");
    floor.answers("ann");
    assertThat(floor.desk("ann").records(call)).contains(Refusal.NOT_TO_RECORD);
    assertThat(floor.desk("ann").pauses(call)).contains(Refusal.NOT_RECORDED);
    assertThat(floor.desk("ann").resumes(call)).contains(Refusal.NOT_RECORDED);
    assertThat(floor.desk("ben").pauses(call)).contains(Refusal.NO_CALL);
  }

  @Test
  void withoutThePbxNothingIsBegunOrPaused() {
    CallId call = annTalks();
    floor.linkIsLost();
    assertThat(floor.desk("ann").pauses(call)).contains(Refusal.PBX_DOWN);
  }

  // ── Pauses ──────────────────────────────────────────────────────────────────────────────────

  @Test
  void whileItPausesSilenceIsRecorded() {
    CallId call = annTalks();
    assertThat(floor.desk("ann").pauses(call)).isEmpty();
    assertThat(floor.desk("ann").pauses(call)).isEmpty();
    floor.after(3_600);
    assertThat(floor.events(RecordingResumed.class)).isEmpty();
    assertThat(floor.desk("ann").resumes(call)).isEmpty();
    assertThat(floor.desk("ann").resumes(call)).isEmpty();
    assertThat(toTheRecording())
        .containsExactly(
            new PbxCommand.MuteRecording(call, true), new PbxCommand.MuteRecording(call, false));
    var paused = floor.last(RecordingPaused.class);
    assertThat(paused.cause()).isEqualTo(PauseCause.ASKED);
    assertThat(paused.by()).isEqualTo("ann");
    assertThat(floor.last(RecordingResumed.class).by()).isEqualTo("ann");
  }

  @Test
  void whatTheCallerKeysIsInNoRecording() {
    CallId call = annTalks();
    floor.happens(new PbxEvent.CallerKeyed(floor.now, call));
    assertThat(toTheRecording()).containsExactly(new PbxCommand.MuteRecording(call, true));
    floor.after(8);
    floor.happens(new PbxEvent.CallerKeyed(floor.now, call));
    floor.after(9);
    assertThat(floor.events(RecordingResumed.class)).isEmpty();
    floor.after(1);
    assertThat(toTheRecording())
        .containsExactly(
            new PbxCommand.MuteRecording(call, true), new PbxCommand.MuteRecording(call, false));
    assertThat(floor.last(RecordingResumed.class).by()).isEmpty();
  }

  @Test
  void whatTheAgentKeysIsNotEither() {
    CallId call = annTalks();
    assertThat(floor.desk("ann").keys(call, "4711")).isEmpty();
    assertThat(floor.commands().indexOf(new PbxCommand.MuteRecording(call, true)))
        .isBetween(0, floor.commands().size() - 2);
  }

  /// Five a second are heard: of two cards and their dates the last keys come after ten seconds.
  @Test
  void itIsPausedUntilTheLastKeyThatTheAgentHasSentWasHeard() {
    CallId call = annTalks();
    String keys = "1".repeat(KeyedDigits.MOST);
    floor.desk("ann").keys(call, keys);
    floor.desk("ann").keys(call, keys);
    floor.after(Duration.ofMillis(22_799));
    assertThat(floor.events(RecordingResumed.class)).isEmpty();
    floor.happens(new PbxEvent.CallerKeyed(floor.now, call));
    floor.after(Duration.ofMillis(9_999));
    assertThat(floor.events(RecordingResumed.class)).isEmpty();
    floor.after(Duration.ofMillis(1));
    assertThat(floor.events(RecordingResumed.class)).hasSize(1);
  }

  /// What the caller keys meanwhile does not end it before.
  @Test
  void aKeyOfTheCallersShortensNoPause() {
    CallId call = annTalks();
    String keys = "1".repeat(KeyedDigits.MOST);
    for (int i = 0; i < 20; i++) floor.desk("ann").keys(call, keys);
    floor.after(1);
    floor.happens(new PbxEvent.CallerKeyed(floor.now, call));
    floor.after(60);
    assertThat(floor.events(RecordingResumed.class)).isEmpty();
    floor.after(Duration.ofMillis(200));
    assertThat(floor.events(RecordingResumed.class)).as("more wait nowhere").hasSize(1);
  }

  /// Somebody says when it goes on.
  @Test
  void onePausedByTheAgentIsNotResumedByTime() {
    CallId call = annTalks();
    floor.desk("ann").pauses(call);
    floor.happens(new PbxEvent.CallerKeyed(floor.now, call));
    floor.after(60);
    assertThat(floor.events(RecordingResumed.class)).isEmpty();
  }

  @Test
  void thatAKeyWasPressedInNoRecordingMattersToNobody() {
    floor.ready("ann");
    CallId call = floor.caller("r");
    floor.answers("ann");
    floor.happens(new PbxEvent.CallerKeyed(floor.now, call));
    assertThat(toTheRecording()).isEmpty();
  }

  // ── With the caller ─────────────────────────────────────────────────────────────────────────

  @Test
  void itGoesOnWithTheCallerToAColleagueAndAnotherQueue() {
    CallId call = annTalks();
    RecordingId first = floor.last(RecordingBegan.class).recording();
    floor.ready("ben");
    floor.desk("ann").givesTo(call, "ben", "");
    floor.holds(call);
    floor.after(1);
    LegId leg = floor.rings("ben");
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    assertThat(floor.events(RecordingBegan.class)).hasSize(1);
    floor.desk("ben").givesToQueue(call, "r");
    floor.holds(call);
    assertThat(floor.events(RecordingEnded.class)).isEmpty();
    floor.leaves(call);
    assertThat(floor.last(RecordingEnded.class).recording()).isEqualTo(first);
  }

  @Test
  void aNumberOutsideIsNotRecorded() {
    CallId call = annTalks();
    assertThat(floor.desk("ann").givesToNumber(call, "+886227001234")).isEmpty();
    assertThat(toTheRecording()).containsExactly(new PbxCommand.StopRecording(call));
    assertThat(floor.last(RecordingEnded.class).why()).isEqualTo(RecordingEnd.TALK_OVER);
  }

  /// Which the PBX has ended by itself.
  @Test
  void whoComesBackFromAScriptIsRecordedAnew() {
    CallId call = annTalks();
    floor.happens(new PbxEvent.RecordingEnded(floor.now, call));
    assertThat(floor.events(RecordingEnded.class)).hasSize(1);
    floor.happens(new PbxEvent.RecordingBegan(floor.now, call, new RecordingId("another")));
    floor.leaves(call);
    assertThat(floor.events(RecordingBegan.class)).hasSize(2);
    assertThat(floor.events(RecordingEnded.class)).hasSize(2);
  }

  // ── The disk ────────────────────────────────────────────────────────────────────────────────

  @Test
  void whereTheDiskIsFullRecordingsEndAndTalksGoOn() {
    CallId call = annTalks();
    floor.takes(new Input.RecordingDisk(true));
    floor.takes(new Input.RecordingDisk(true));
    assertThat(toTheRecording()).containsExactly(new PbxCommand.StopRecording(call));
    assertThat(floor.last(RecordingEnded.class).why()).isEqualTo(RecordingEnd.NO_ROOM);
    assertThat(floor.state("ann")).isEqualTo("talking");
    floor.ready("ben");
    floor.caller("q");
    floor.rings("ben");
    assertThat(floor.rings().getLast().recording()).isEmpty();
    floor.takes(new Input.RecordingDisk(false));
    floor.hangsUp("ann");
    floor.caller("q");
    floor.rings("ann");
    assertThat(floor.rings().getLast().recording()).isPresent();
  }

  @Test
  void nothingIsBegunOnDemandThen() {
    floor = DEMAND.open();
    CallId call = annTalks();
    floor.takes(new Input.RecordingDisk(true));
    assertThat(floor.desk("ann").records(call)).contains(Refusal.NO_ROOM_TO_RECORD);
  }

  // ── A restart ───────────────────────────────────────────────────────────────────────────────

  @Test
  void overARestartItGoesOnAndIsPausedAsItWas() {
    CallId call = annTalks();
    floor.desk("ann").pauses(call);
    floor.restarts();
    assertThat(floor.events(RecordingEnded.class)).isEmpty();
    assertThat(floor.pbx.muted(call)).isTrue();
    assertThat(floor.desk("ann").resumes(call)).isEmpty();
    assertThat(floor.pbx.muted(call)).isFalse();
  }

  /// What was asked for in the last moment, and came nowhere.
  @Test
  void whatThePbxWasNotToldItIsToldAgain() {
    CallId call = annTalks();
    floor.desk("ann").pauses(call);
    floor.pbx.does(new PbxCommand.MuteRecording(call, false));
    floor.linkIsLost().connect();
    assertThat(floor.pbx.muted(call)).isTrue();
  }

  @Test
  void oneThatIsNotThereAnyMoreIsOver() {
    CallId call = annTalks();
    floor.after(16).pbx.does(new PbxCommand.StopRecording(call));
    floor.linkIsLost().connect();
    assertThat(floor.last(RecordingEnded.class).why()).isEqualTo(RecordingEnd.LOST);
  }

  @Test
  void oneOfWhichNobodyHasToldIsTakenUp() {
    floor.ready("ann");
    CallId call = floor.caller("r");
    floor.answers("ann");
    var id = new RecordingId("unheard");
    floor.pbx.happens(new PbxEvent.RecordingBegan(floor.now, call, id));
    floor.compares().compares();
    assertThat(floor.last(RecordingBegan.class).recording()).isEqualTo(id);
  }

  @Test
  void withoutItsLedgerItIsTakenUpFromThePbx() {
    CallId call = annTalks();
    RecordingId id = floor.last(RecordingBegan.class).recording();
    floor.crashes().startsWithoutLedger().connect();
    assertThat(floor.engine.state().call(call).flatMap(one -> one.recorded()).map(one -> one.id()))
        .isEqualTo(Optional.of(id));
  }
}
