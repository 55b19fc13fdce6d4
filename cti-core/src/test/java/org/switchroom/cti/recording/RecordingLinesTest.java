package org.switchroom.cti.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Change;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Hours;
import org.switchroom.acd.plan.Objectives;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Policy;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Reserve;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.plan.RoutingStep;
import org.switchroom.acd.plan.ServiceLevelRule;
import org.switchroom.acd.plan.ServiceLevelRule.Treatment;
import org.switchroom.acd.plan.Staffed;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.Condition;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.center.AgentSettings;
import org.switchroom.cti.center.Announcements;
import org.switchroom.cti.center.AutoAnswer;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.center.TestPlan;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.ContactEvent.ScriptWalked;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.KeyedDigits;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.testkit.RandomValues;
import org.switchroom.ivr.SayingReader;
import org.switchroom.ivr.speech.Language;

/// An engine that reads a recording is given what the recorded one was.
class RecordingLinesTest {
  private static final Instant NOW = Instant.parse("2026-01-05T01:00:00.000000001Z");
  private static final int SAMPLES_OF_A_KIND = 100;

  private final RecordingLines lines = new RecordingLines();

  private Input again(Input input) throws Exception {
    byte[] line = lines.write(new RecordingLine.Takes(input, NOW, NOW.plusNanos(1)));
    assertThat(new String(line, StandardCharsets.UTF_8)).doesNotContain("\n");
    var read = (RecordingLine.Takes) lines.read(line);
    assertThat(read.now()).isEqualTo(NOW);
    assertThat(read.wall()).isEqualTo(NOW.plusNanos(1));
    return read.input();
  }

  @Test
  void whatWasKeyedIsInNoRecording() throws Exception {
    var keyed =
        new Input.GenerateDigits(
            new CommandId("tab", 1),
            new AgentId("ann"),
            new ContactId("17.1"),
            new KeyedDigits("4929123412341234#"));
    assertThat(((Input.GenerateDigits) again(keyed)).digits())
        .isEqualTo(new KeyedDigits("0".repeat(17)));
  }

  /// Of a kind that is new, samples are made by themselves; those that have a configuration are
  /// below.
  @Test
  void everyKindOfInputIsReadBackAsItWas() throws Exception {
    long seed = System.nanoTime();
    var values = new RandomValues(new SplittableRandom(seed));
    List<Class<?>> kinds = new ArrayList<>(RandomValues.kinds(Input.class));
    kinds.removeAll(List.of(Input.Start.class, Input.Configured.class, Input.FromPbx.class));
    kinds.addAll(RandomValues.kinds(PbxEvent.class));
    assertThat(kinds).hasSizeGreaterThan(40);
    for (Class<?> kind : kinds) {
      for (int i = 0; i < SAMPLES_OF_A_KIND; i++) {
        Input input =
            switch (values.of(kind)) {
              case PbxEvent fact -> new Input.FromPbx(fact);
              case Input one -> one;
              case Object other -> throw new AssertionError(other);
            };
        assertThat(again(input)).as("seed %d, %s", seed, kind).isEqualTo(input);
      }
    }
  }

  @Test
  void whatIsMissingStaysMissing() throws Exception {
    var from = new PhoneNumber("");
    var nothing =
        new LiveCall(
            new CallId("1.1"),
            from,
            from,
            Place.HELD,
            "",
            Optional.empty(),
            0,
            "",
            "",
            Optional.empty(),
            "");
    var list = new Input.FromPbx(new PbxEvent.Synchronized(NOW, List.of(nothing)));
    assertThat(again(list)).isEqualTo(list);
  }

  @Test
  void aConfigurationWithEverythingInItIsReadBackAsItWas() throws Exception {
    CenterSettings settings = settings();
    var start = new Input.Start(7, settings, Optional.of(NOW), Input.Kept.NOTHING);
    assertThat(again(start)).isEqualTo(start);
    var configured = new Input.Configured(settings);
    assertThat(again(configured)).isEqualTo(configured);
    assertThat(((Input.Configured) again(configured)).settings().queues().getFirst())
        .satisfies(
            queue ->
                assertThat(queue.announcements().offers().sequencedKeySet())
                    .as("in their order")
                    .containsExactly('9', '1'));
  }

  private static SkillExpression ask(String text) {
    return SkillExpression.parse(text);
  }

  private static CenterSettings settings() {
    var night = new QueueId("night");
    return TestPlan.of("q", "n", "night")
        .queue(
            "q",
            _ ->
                QueueSettings.of(everything(), "Q")
                    .withDispositions(List.of("a", "b"))
                    .withAfter("survey")
                    .withAutoAnswer(true)
                    .withAnnouncements(says()))
        .queue("n", _ -> QueueSettings.of(Queue.of(new QueueId("n"), SkillExpression.ANY), ""))
        .says("night", says())
        .agent(
            new AgentSettings(
                new AgentProfile(
                    new AgentId("ann"),
                    new Skills(Map.of("x", 1, "y", 10)),
                    new Capacity(Map.of(Channel.CHAT, 3, Channel.VOICE, 1), 4),
                    3,
                    List.of(night)),
                "Ann",
                "PJSIP/1001",
                Optional.of("PJSIP/2001"),
                AutoAnswer.NEVER))
        .routing(
            new RoutingPlan(
                new Policy.Weighted(1, 2, 3, 4),
                List.of(new Reserve(ask("x"), 2, Set.of(night))),
                Optional.of(new Policy.QueueRatio()),
                Staffed.READY_OR_BUSY))
        .defaultQueue("night")
        .tier("gold", 5)
        .settings();
  }

  private static Queue everything() {
    var nine = LocalTime.of(9, 0);
    var hours =
        new Hours(
            ZoneId.of("Asia/Taipei"),
            Map.of(
                DayOfWeek.MONDAY,
                List.of(
                    new Hours.Span(nine, LocalTime.of(12, 30, 1)),
                    new Hours.Span(LocalTime.NOON.plusHours(1), LocalTime.MIDNIGHT))),
            Map.of(MonthDay.of(12, 25), List.of(new Hours.Span(nine, LocalTime.NOON))),
            Map.of(LocalDate.of(2026, 2, 17), List.of()));
    return new Queue(
        new QueueId("q"),
        Channel.VOICE,
        ask("x >= 5 and (y or z >= 2)"),
        List.of(
            new RoutingStep(
                Optional.of(Condition.parse("waiting > 3 and ready >= 1 or longest-wait < 20")),
                List.of(
                    new Change.Ask(ask("y")),
                    new Change.Add(ask("z")),
                    new Change.Remove(Set.of("x", "y")),
                    new Change.Lower(Map.of("x", 3)),
                    new Change.Raise(Map.of("y", 4)),
                    new Change.Broaden(ask("any"))),
                10,
                Optional.of(Duration.ofSeconds(20))),
            new RoutingStep(Optional.empty(), List.of(), 0, Optional.empty())),
        new Urgency(1, 2, 3),
        new Strategy(
            Strategy.Kind.PERCENT_ALLOCATION, List.of(ask("x")), Map.of(new AgentId("ann"), 60)),
        Duration.ofMillis(15_500),
        2,
        new WrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(20)),
        Optional.of(hours),
        List.of(
            new Overflow(
                new Overflow.Trigger.Waited(Duration.ofSeconds(90)),
                new Overflow.Target.Away(Overflow.Target.Kind.CALLBACK, "")),
            new Overflow(
                new Overflow.Trigger.Full(9), new Overflow.Target.ToQueue(new QueueId("night"))),
            new Overflow(
                new Overflow.Trigger.Closed(true),
                new Overflow.Target.Away(Overflow.Target.Kind.SCRIPT, "closed")),
            new Overflow(
                new Overflow.Trigger.Unstaffed(false),
                new Overflow.Target.Away(Overflow.Target.Kind.HANG_UP, ""))),
        new Objectives(
            90,
            Duration.ofSeconds(10),
            new ServiceLevelRule(Treatment.IN_FAVOUR, Treatment.IGNORED, Treatment.AGAINST),
            2,
            Duration.ofMinutes(4),
            3));
  }

  private static Announcements says() {
    var offers = new LinkedHashMap<Character, Announcements.Offer>();
    offers.put('9', new Announcements.Offer("later", SayingReader.shipped("callback")));
    offers.put('1', new Announcements.Offer("callback", SayingReader.shipped("callback")));
    return Announcements.NONE
        .withFirst(Duration.ofSeconds(7))
        .withEvery(Duration.ofSeconds(15))
        .withLeast(Duration.ofSeconds(5))
        .withPosition(Optional.of(SayingReader.shipped("position")))
        .withPositionLimit(3)
        .withOnlyWhenDown(true)
        .withExpected(Optional.of(SayingReader.shipped("expected-wait")))
        .withMessages(List.of(SayingReader.shipped("message")))
        .withMessagesEvery(Duration.ofSeconds(11))
        .withMost(2)
        .withOffers(offers)
        .withLanguages(List.of(Language.EN, Language.ZH_HANT));
  }

  // ── Digests ─────────────────────────────────────────────────────────────────────────────────

  private String marks(Event... events) {
    return lines.marks(new Turn(0, NOW, NOW, List.of(events))).toString();
  }

  @Test
  void equalEventsHaveTheSameDigestAndOthersAnother() {
    long seed = System.nanoTime();
    for (Class<?> kind : RandomValues.kinds(Event.class)) {
      var event = (Event) new RandomValues(new SplittableRandom(seed)).of(kind);
      var same = (Event) new RandomValues(new SplittableRandom(seed)).of(kind);
      assertThat(marks(event)).as("seed %d", seed).isEqualTo(marks(same));
      var other = (Event) new RandomValues(new SplittableRandom(seed + 1)).of(kind);
      assertThat(marks(other).equals(marks(event))).isEqualTo(other.equals(event));
    }
  }

  /// Maps have another order in each process.
  @Test
  void theOrderInWhichAMapIsHeldIsNothing() {
    var forth = new LinkedHashMap<String, String>();
    var back = new LinkedHashMap<String, String>();
    for (int i = 0; i < 20; i++) {
      forth.put("k" + i, "v");
      back.put("k" + (19 - i), "v");
    }
    assertThat(marks(walked(forth))).isEqualTo(marks(walked(back)));
    back.put("k1", "w");
    assertThat(marks(walked(forth))).isNotEqualTo(marks(walked(back)));
  }

  private static Event walked(Map<String, String> answers) {
    return new ScriptWalked(
        new ContactId("c"),
        "menu",
        1,
        "ended",
        "",
        List.of(),
        List.of(),
        answers,
        Language.EN,
        Optional.empty(),
        "");
  }
}
