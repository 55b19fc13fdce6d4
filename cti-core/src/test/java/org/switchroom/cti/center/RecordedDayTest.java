package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.recording.PaperRecording;
import org.switchroom.cti.recording.Replay;

/// What an engine was given leads to the same events once more, and to others only where something
/// else was given.
class RecordedDayTest {
  private static final int DAYS = 25;
  private static final int STEPS = 400;

  private static final Pattern KIND =
      Pattern.compile("\"input\":\\{\"kind\":\"(FromPbx\",\"fact\":\\{\"kind\":\"\\w+|\\w+)");

  private static final TestPlan PLAN =
      TestPlan.of("sales", "billing")
          .agents("ann", "ben")
          .wrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO);

  private final List<PaperRecording> recordings = new ArrayList<>();

  private PaperRecording next() {
    recordings.add(new PaperRecording());
    return recordings.getLast();
  }

  /// A floor whose process, the second, is recorded.
  private TestFloor recorded(TestFloor floor) {
    return floor.crashes().records(this::next).starts().connect();
  }

  private String recording() {
    assertThat(recordings).hasSize(1);
    return recordings.getFirst().text();
  }

  private static String change(String recording, String from, String to) {
    assertThat(recording).contains(from);
    return recording.replace(from, to);
  }

  private static String fault(String recording) {
    Replay.Found found = PaperRecording.replay(recording);
    assertThat(found.fault()).as("%s", found).isPresent();
    return found.fault().get().toString();
  }

  private static long lines(String recording) {
    return recording.lines().count();
  }

  @Test
  void aRandomDayIsDecidedTheSameOnceMore() {
    long first = Long.getLong("switchroom.seed", 1L);
    long turns = 0;
    Set<String> kinds = new TreeSet<>();
    boolean aside = false;
    for (long seed = first; seed < first + DAYS; seed++) {
      recordings.clear();
      new RandomFloor(seed).records(this::next).run(STEPS);
      for (PaperRecording run : recordings) {
        Replay.Found found = run.replay();
        assertThat(found.fault()).as("-Dswitchroom.seed=%d: %s", seed, found).isEmpty();
        turns += found.turns();
        String text = run.text();
        KIND.matcher(text).results().forEach(kind -> kinds.add(kind.group(1)));
        aside |= text.lines().findFirst().orElseThrow().contains("\"aside\":[\"call ");
      }
    }
    assertThat(turns).isGreaterThan(DAYS * 100L);
    assertThat(kinds).as("of inputs").hasSizeGreaterThan(30);
    assertThat(aside).as("on some day something is set aside").isTrue();
  }

  // ── What the run knew ───────────────────────────────────────────────────────────────────────

  @Test
  void aRunThatTakesUpALedgerWithLiveCallsIsDecidedTheSame() {
    var floor = PLAN.open().ready("ann");
    floor.caller("sales");
    floor.answers("ann");
    CallId waits = floor.caller("billing");
    recorded(floor).ready("ben");
    assertThat(floor.lastRing("ben").call()).isEqualTo(waits);
    floor.answers("ben");
    floor.hangsUp("ann");
    floor.after(10).leaves(waits);
    Replay.Found found = PaperRecording.replay(recording());
    assertThat(found.fault()).isEmpty();
    assertThat(found.turns()).isGreaterThan(5);
    // What it knew is what made it so.
    String nothing =
        recording().replaceFirst("(?m)\"calls\":\\[.*\"agents\":\\[.*],\"phones\"", "\"phones\"");
    assertThat(fault(nothing)).contains("is now");
  }

  @Test
  void whatWasSetAsideIsSetAsideOnceMore() {
    var floor = PLAN.open();
    CallId call = floor.caller("sales");
    floor.setsAside("call " + call);
    recorded(floor).ready("ann");
    assertThat(floor.rings()).isEmpty();
    assertThat(PaperRecording.replay(recording()).fault()).isEmpty();
    assertThat(fault(change(recording(), "\"aside\":[\"call " + call + "\"]", "\"aside\":[]")))
        .contains("Event");
  }

  // ── Where it is otherwise ───────────────────────────────────────────────────────────────────

  /// Whoever was in the more urgent queue goes first by one policy, whoever waits longest by
  /// another.
  private TestFloor twoQueues() {
    var plan =
        PLAN.routes("billing", queue -> queue.withUrgency(new Urgency(5, 0, 1))).without("ben");
    var floor = recorded(plan.open());
    floor.caller("sales");
    floor.after(60);
    floor.caller("billing");
    return floor.ready("ann");
  }

  @Test
  void anotherPolicyIsFoundWhereItOffersSomebodyElse() {
    twoQueues();
    assertThat(PaperRecording.replay(recording()).fault()).isEmpty();
    String weighted =
        "\"policy\":{\"kind\":\"Weighted\",\"waited\":1,\"priority\":0,\"proficiency\":0,\"idle\":0}";
    String fault = fault(change(recording(), "\"policy\":{\"kind\":\"LongestIdle\"}", weighted));
    assertThat(fault)
        .contains("input=GoReady")
        .contains("of turn 1 is recorded as another AgentMoved, and is now AgentMoved[agent=ann")
        .contains("contact=call-1");
  }

  @Test
  void oneInputThatIsAnotherIsNamedWithItsLine() {
    twoQueues();
    List<String> lines = recording().lines().toList();
    int last = 0;
    for (int i = 0; i < lines.size(); i++) if (lines.get(i).contains("\"CallArrived\",")) last = i;
    // Decided lines stand after what was taken.
    while (!lines.get(last).contains("\"input\"")) last--;
    String text = change(recording(), lines.get(last), lines.get(last).replace("8001", "8002"));
    assertThat(PaperRecording.replay(text).fault().orElseThrow())
        .satisfies(
            fault -> {
              assertThat(fault.line()).isEqualTo(last(lines, fault.input()) + 1L);
              assertThat(fault.input()).isEqualTo("FromPbx CallArrived");
              assertThat(fault.wall()).isEqualTo(TestFloor.NINE.plusSeconds(60));
              assertThat(fault.what())
                  .startsWith("Event 1 of turn 1 is recorded as another CallArrived, and is now")
                  .contains("8002");
            });
  }

  private static int last(List<String> lines, String input) {
    String kind = input.substring(input.indexOf(' ') + 1);
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).contains("\"input\"") && lines.get(i).contains('"' + kind + '"')) return i;
    }
    throw new AssertionError("There is no " + input);
  }

  @Test
  void anInputThatIsMissingIsFoundAtTheNextThatDependsOnIt() {
    twoQueues();
    String text = recording().replaceFirst("(?m)^.*\"CallQueued\",.*\n.*\n", "");
    assertThat(lines(text)).isEqualTo(lines(recording()) - 2);
    assertThat(fault(text))
        .contains("input=FromPbx CallQueued", "recorded as another RouterRemembered");
  }

  @Test
  void aTurnThatIsNotRecordedIsFound() {
    twoQueues();
    String text = recording().replaceFirst("(?m)^.*\"Decides\".*\"CallQueued\".*\n", "");
    assertThat(lines(text)).isEqualTo(lines(recording()) - 1);
    assertThat(fault(text)).contains("Turn 1 is not recorded, of which come now [CallQueued");
  }

  /// As in a run that has halted.
  @Test
  void aTurnThatFailsIsNamed() {
    twoQueues();
    String text =
        recording().replaceFirst("\"GoReady\",\"id\":\\{[^}]*}", "\"GoReady\",\"id\":null");
    assertThat(fault(text)).contains("input=GoReady", "It fails: java.lang.NullPointerException");
  }

  // ── Where it ends ───────────────────────────────────────────────────────────────────────────

  @Test
  void aTornRecordingIsReplayedAsFarAsItGoes() {
    twoQueues();
    String text = recording();
    int head = text.indexOf('\n') + 1;
    long most = PaperRecording.replay(text).turns();
    for (int length = head; length < text.length(); length += 7) {
      String torn = text.substring(0, length);
      Replay.Found found = PaperRecording.replay(torn);
      assertThat(found.fault()).as("cut after %d: %s", length, found).isEmpty();
      assertThat(found.turns()).isLessThanOrEqualTo(most);
      assertThat(found.end())
          .startsWith(
              torn.endsWith("\n")
                  ? "Its end is not in the recording"
                  : "Line %d was not written to its end".formatted(lines(torn)));
    }
  }

  @Test
  void whatCannotBeReadIsNamedWithItsLine() {
    twoQueues();
    int line = last(recording().lines().toList(), "GoReady") + 1;
    assertThatThrownBy(() -> PaperRecording.replay(change(recording(), "\"GoReady\"", "\"Nap\"")))
        .rootCause()
        .hasMessageStartingWith("day:%d: This cannot be read: ".formatted(line))
        .hasMessageContaining("'Nap'");
    for (String other : List.of("", "of before\n", "{}\n", "{\"kind\":\"Ends\",\"why\":\"\"}\n")) {
      assertThatThrownBy(() -> PaperRecording.replay(other))
          .hasRootCauseMessage("day:1: This is no recording.");
    }
    assertThatThrownBy(
            () -> PaperRecording.replay(change(recording(), "\"format\":1", "\"format\":2")))
        .hasRootCauseMessage(
            "day:1: This recording is of format 2, and this build reads format 1.");
    assertThatThrownBy(() -> PaperRecording.replay(recording() + recording()))
        .hasRootCauseMessage("day:%d: It has no place here.".formatted(lines(recording()) + 1));
  }
}
