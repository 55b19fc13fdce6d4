package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.center.Dialing.Dialed;
import org.switchroom.cti.center.Dialing.Wish;
import org.switchroom.cti.event.CallEvent.NumberDialed;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.ContactEvent.TaskOpened;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.task.Task;

/// Nobody pays for a stranger's calls: which numbers outside are dialed, how many, and who is
/// called back.
class DialTest {
  private static final String MOBILE = "0912 345 678";
  private static final Dialing.Limits FEW = new Dialing.Limits(Duration.ofMinutes(30), 2, 3, 1, 2);

  private static Dialing dialing(List<String> allow, List<String> deny) {
    return new Dialing(
        "PJSIP/{number}@trunk",
        "TW",
        allow.stream().map(DialPattern::new).toList(),
        deny.stream().map(DialPattern::new).toList(),
        FEW);
  }

  private static String said(Dialed dialed) {
    return switch (dialed) {
      case Dialed.Allowed(var number, _) -> number;
      case Dialed.Refused(var why) -> why.code();
    };
  }

  // ── Which ───────────────────────────────────────────────────────────────────────────────────

  @ParameterizedTest
  @CsvSource({
    "0912345678, +886912345678",
    "+886-912-345-678, +886912345678",
    "886912345678, +886912345678",
    "(02) 2345 6789, +886223456789",
    "0901234567, not-allowed",
    "+886901234599, +886901234599",
    "+44 20 7946 0000, not-allowed",
    "002442079460000, not-allowed",
    "00442079460000, no-number",
    "09123456, no-number",
    "+88622345, no-number",
    "0912345678#12, no-number",
    "0912345678;ext=1, no-number",
    "'0912345678,1,Goto(x)', no-number",
    "１１０, no-number",
    "*70, no-number",
    "'', no-number",
    "1999, 1999",
    "1998, not-allowed",
    "19991, not-allowed",
    "201, 201",
    "2011, not-allowed",
    "112, emergency",
    "119, emergency",
    "110, 110",
    "0203123456, costly",
    "020 8123 456, costly",
    "0204123456, costly",
    "+886 209 123456, +886209123456",
    "+1 900 555 1234, costly",
    "+870773111632, costly",
    "+881612345678, costly",
    "+8821612345678, costly",
    "+883510012345, costly"
  })
  void theLongestPatternDecides(String written, String becomes) {
    Dialing dialing =
        dialing(
            List.of("+886", "+886901234599", "+886209", "+1", "+8", "1999", "2XX", "110"),
            List.of("+88690", "+886901234599999"));
    assertThat(said(dialing.dial(written, Wish.SCRIPT))).isEqualTo(becomes);
  }

  @Test
  void whatIsDeniedAsLongAsItIsAllowedIsDenied() {
    assertThat(said(dialing(List.of("+8869"), List.of("+8869")).dial(MOBILE, Wish.SCRIPT)))
        .isEqualTo("not-allowed");
    assertThat(said(dialing(List.of("+8869XX"), List.of("+8869")).dial(MOBILE, Wish.SCRIPT)))
        .isEqualTo("+886912345678");
  }

  @Test
  void whatCostsMoreIsNotOpenedByAnyDigit() {
    assertThat(said(dialing(List.of("+886XXXXXXXX"), List.of()).dial("0204123456", Wish.SCRIPT)))
        .isEqualTo("costly");
    // A premium rate of which only the library knows.
    Dialing french = dialing(List.of("+33"), List.of());
    assertThat(said(french.dial("+33 899 70 00 00", Wish.SCRIPT))).isEqualTo("costly");
    Dialing that = dialing(List.of("+33899700000"), List.of());
    assertThat(said(that.dial("+33 899 70 00 00", Wish.SCRIPT))).isEqualTo("+33899700000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "00", "+", "+X", "+0", "0912", "886 2", "+886-2", "X", "1", "1234567"})
  void whatIsNoPatternIsRefusedWhereItIsRead(String text) {
    assertThat(DialPattern.isOne(text)).isFalse();
  }

  @Test
  void aPersonIsNeverKeptFromHelpAndNobodyIsSentThere() {
    Dialing dialing = dialing(List.of("+886", "119"), List.of("110"));
    for (String number : List.of("110", "112", "119")) {
      assertThat(dialing.dial(number, Wish.PERSON)).isEqualTo(new Dialed.Allowed(number, false));
      assertThat(said(dialing.dial(number, Wish.OVERFLOW))).isEqualTo("emergency");
      assertThat(said(dialing.dial(number, Wish.CALLBACK))).isEqualTo("emergency");
    }
    assertThat(dialing.dial("119", Wish.SCRIPT)).isEqualTo(new Dialed.Allowed("119", false));
    assertThat(said(dialing.dial("110", Wish.SCRIPT))).isEqualTo("emergency");
  }

  @Test
  void whereNothingIsDialedACallbackOnlyHasToBeANumber() {
    Dialing nowhere = Dialing.nowhere("TW");
    assertThat(said(nowhere.dial(MOBILE, Wish.CALLBACK))).isEqualTo("+886912345678");
    assertThat(said(nowhere.dial(MOBILE, Wish.SCRIPT))).isEqualTo("nowhere");
    for (String number : List.of("**********", "", "09123456", "1999", "1101", "0204123456"))
      assertThat(nowhere.dial(number, Wish.CALLBACK)).as(number).isInstanceOf(Dialed.Refused.class);
  }

  // ── How many ────────────────────────────────────────────────────────────────────────────────

  private static TestFloor floor() {
    return TestPlan.of("sales").dialing(dialing(List.of("+886"), List.of())).open();
  }

  private static String transfers(TestFloor floor, CallId call, String number) {
    Input.Origin origin = floor.origin(call, "transfer");
    floor.takes(new Input.DialRequested(origin, number));
    return floor.scriptAnswer(origin);
  }

  @Test
  void noMoreAreCalledAtOnceThanMayBe() {
    var floor = floor();
    CallId first = floor.arrives();
    CallId second = floor.arrives();
    CallId third = floor.arrives();
    assertThat(transfers(floor, first, MOBILE)).isEqualTo(Input.DIALED);
    assertThat(transfers(floor, second, MOBILE)).isEqualTo(Input.DIALED);
    assertThat(transfers(floor, third, MOBILE)).isEqualTo("too-many-at-once");
    assertThat(floor.last(Noted.class).about()).isEqualTo(third + " too-many-at-once");
    floor.leaves(first);
    assertThat(transfers(floor, third, MOBILE)).as("one has hung up").isEqualTo(Input.DIALED);
  }

  @Test
  void whoIsNotReachedIsOutsideNoMore() {
    var floor = floor();
    CallId call = floor.arrives();
    CallId other = floor.arrives();
    for (int i = 0; i < 2; i++) {
      assertThat(transfers(floor, call, MOBILE)).isEqualTo(Input.DIALED);
      floor.begins(call);
    }
    assertThat(transfers(floor, other, MOBILE)).isEqualTo(Input.DIALED);
    assertThat(transfers(floor, call, MOBILE)).isEqualTo("too-many-today");
  }

  @Test
  void theDayBeginsWhereTheCenterIsAndOutlivesARestart() {
    var floor = floor();
    CallId call = floor.arrives();
    for (int i = 0; i < 3; i++) {
      transfers(floor, call, MOBILE);
      floor.begins(call);
    }
    floor.restarts();
    assertThat(transfers(floor, call, MOBILE)).isEqualTo("too-many-today");
    // In Taipei it is nine in the morning.
    floor.after(Duration.ofHours(14));
    assertThat(transfers(floor, call, MOBILE)).isEqualTo("too-many-today");
    floor.after(Duration.ofHours(2));
    assertThat(transfers(floor, call, MOBILE)).isEqualTo(Input.DIALED);
  }

  @Test
  void theSameRequestIsDialedAndCountedOnce() {
    var floor = floor();
    CallId call = floor.arrives();
    var request = new Input.DialRequested(floor.origin(call, "transfer"), MOBILE);
    for (int i = 0; i < 5; i++) floor.takes(request);
    assertThat(floor.events(NumberDialed.class)).hasSize(1);
  }

  @Test
  void anAgentHasLimitsOfTheirOwn() {
    var ann = Optional.of(new AgentId("ann"));
    var ben = Optional.of(new AgentId("ben"));
    var day = TestFloor.NINE.atZone(ZoneId.of("Asia/Taipei")).toLocalDate();
    Outgoing one = Outgoing.NONE.and(dialed("c1", ann, day.toEpochDay()));
    assertThat(one.refusal(ann, Optional.empty(), day, FEW)).contains(NotDialed.AGENT_AT_ONCE);
    assertThat(one.refusal(ben, Optional.empty(), day, FEW)).isEmpty();
    assertThat(one.refusal(Optional.empty(), Optional.empty(), day, FEW)).isEmpty();
    Outgoing two = one.without(new CallId("c1")).and(dialed("c2", ann, day.toEpochDay()));
    Outgoing over = two.without(new CallId("c2"));
    assertThat(over.refusal(ann, Optional.empty(), day, FEW)).contains(NotDialed.AGENT_TODAY);
    assertThat(over.refusal(ann, Optional.empty(), day.plusDays(1), FEW)).isEmpty();
  }

  private static NumberDialed dialed(String call, Optional<AgentId> agent, long day) {
    return new NumberDialed(new CallId(call), new ContactId(call), agent, day);
  }

  // ── Overflow ────────────────────────────────────────────────────────────────────────────────

  @Test
  void whoseNumberMayNotBeDialedWaitsOnAsIfItHadNotAnswered() {
    var rule =
        new Overflow(
            new Overflow.Trigger.Waited(Duration.ofSeconds(10)),
            new Overflow.Target.Away(Overflow.Target.Kind.NUMBER, MOBILE));
    var floor =
        TestPlan.of("sales")
            .agent("ann", "sales")
            .routes("sales", queue -> queue.withOverflow(List.of(rule)))
            .dialing(dialing(List.of("+886"), List.of()))
            .open();
    CallId first = floor.caller();
    CallId second = floor.caller();
    CallId third = floor.caller();
    floor.after(11);
    assertThat(floor.commands()).containsExactly(dial(first), dial(second));
    assertThat(floor.queue("sales").waiting()).isOne();
    assertThat(floor.last(Noted.class).about()).isEqualTo(third + " too-many-at-once");
    floor.ready("ann");
    assertThat(floor.pop("ann").waitingSince()).isEqualTo(TestFloor.NINE);
  }

  private static PbxCommand dial(CallId call) {
    return new PbxCommand.Dial(
        call,
        "+886912345678",
        "PJSIP/+886912345678@trunk",
        Duration.ofSeconds(30),
        Dialing.Limits.DEFAULT.given());
  }

  // ── Callbacks ───────────────────────────────────────────────────────────────────────────────

  private static String asks(TestFloor floor, String number, String... before) {
    Input.Origin origin = floor.origin(floor.arrives(), "callback");
    floor.takes(
        new Input.TaskRequested(
            origin,
            Task.Kind.CALLBACK,
            new QueueId("work"),
            Optional.empty(),
            "",
            number,
            "",
            0,
            List.of(before)));
    return floor.scriptAnswer(origin);
  }

  @Test
  void oneNumberAndOneCallerAreCalledBackOnce() {
    var floor =
        TestPlan.of("sales").tasks("work").dialing(dialing(List.of("+886"), List.of())).open();
    String task = asks(floor, MOBILE);
    assertThat(floor.last(TaskOpened.class).task().number()).isEqualTo("+886912345678");
    assertThat(asks(floor, "+886912345678")).as("it stands").isEqualTo(Input.STANDS);
    assertThat(asks(floor, "02 2345 6789", task)).as("they have").isEqualTo(Input.STANDS);
    assertThat(asks(floor, "02 2345 6789")).as("somebody else").isNotEqualTo(Input.STANDS);
    assertThat(floor.events(TaskOpened.class)).hasSize(2);
    floor.restarts();
    assertThat(asks(floor, MOBILE)).isEqualTo(Input.STANDS);
    for (String number :
        List.of("**********", "", "09123456", "119", "0204123456", "+442079460000"))
      assertThat(asks(floor, number)).as(number).isEqualTo(Input.NO_NUMBER);
    assertThat(floor.events(TaskOpened.class)).hasSize(2);
  }
}
