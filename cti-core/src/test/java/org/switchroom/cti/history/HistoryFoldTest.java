package org.switchroom.cti.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Decision;
import org.switchroom.acd.OfferId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.Customer;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.event.CallEvent.CallArrived;
import org.switchroom.cti.event.CallEvent.CallDiverted;
import org.switchroom.cti.event.CallEvent.CallEnded;
import org.switchroom.cti.event.CallEvent.CallHeld;
import org.switchroom.cti.event.CallEvent.CallJoined;
import org.switchroom.cti.event.CallEvent.CallRetrieved;
import org.switchroom.cti.event.CallEvent.ScriptBegan;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.ContactCutOff;
import org.switchroom.cti.event.ContactEvent.ContactIdentified;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.ContactMoved;
import org.switchroom.cti.event.ContactEvent.ContactOffered;
import org.switchroom.cti.event.ContactEvent.ContactQueued;
import org.switchroom.cti.event.ContactEvent.FallbackTalked;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.ContactEvent.PriorityBoosted;
import org.switchroom.cti.event.ContactEvent.ScriptWalked;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactEvent.WrapUpBegan;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.event.WrapUpEnd;
import org.switchroom.cti.history.Column.Missing;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.testkit.ContactLives;
import org.switchroom.ivr.Outcome.TrailEntry;
import org.switchroom.ivr.speech.Language;

/// Each part of a contact's life has its place and its outcome.
class HistoryFoldTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final CallId CALL = new CallId("c");
  private static final ContactId C = new ContactId("c");
  private static final QueueId ORDERS = new QueueId("orders");
  private static final QueueId RETURNS = new QueueId("returns");
  private static final AgentId ANN = new AgentId("ann");
  private static final AgentId BEN = new AgentId("ben");

  private final MemoryTables tables = new MemoryTables();
  private long turns;

  /// Seconds after noon.
  private static Instant at(long second) {
    return NOON.plusSeconds(second);
  }

  private void turn(long second, Event... events) {
    var turn = new Turn(++turns, at(second), at(second), Arrays.asList(events));
    tables.apply(HistoryFold.changes(turn));
  }

  private void arrives() {
    turn(0, new CallArrived(CALL, C, new PhoneNumber("+88622"), new PhoneNumber("8001"), at(0)));
  }

  private void waits(long second, int stay, QueueId queue, long since) {
    turn(second, new ContactQueued(C, stay, queue, at(since), QueueRequest.of(queue), 0));
  }

  private ContactAnswered answered(int stay, QueueId queue, AgentId agent, long at, long waited) {
    return new ContactAnswered(
        C,
        stay,
        queue,
        Optional.empty(),
        agent,
        Optional.empty(),
        at(at),
        Duration.ofSeconds(waited),
        waited <= 20);
  }

  private TalkEnded talkEnded(
      int stay, QueueId queue, AgentId agent, long since, long ended, TalkEnd end) {
    return new TalkEnded(C, stay, queue, agent, at(since), at(ended), Duration.ZERO, end);
  }

  private Map<Column, Object> contact() {
    return tables.rows(Table.CONTACT).get(List.of("c"));
  }

  /// Each as `KIND queue agent from-to OUTCOME`, in the order in which they began.
  private List<String> segments() {
    return tables.rows(Table.SEGMENT).values().stream()
        .map(
            row ->
                List.of(
                        row.get(Column.KIND),
                        row.get(Column.QUEUE),
                        row.get(Column.AGENT),
                        second(row.get(Column.BEGAN)) + "-" + second(row.get(Column.ENDED)),
                        row.get(Column.OUTCOME))
                    .stream()
                    .map(Object::toString)
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private static String second(Object time) {
    return time instanceof Instant at ? Long.toString(Duration.between(NOON, at).toSeconds()) : "";
  }

  @Test
  void twoTalksEachHaveTheirPlace() {
    arrives();
    waits(5, 1, ORDERS, 5);
    turn(10, answered(1, ORDERS, ANN, 10, 5));
    turn(40, talkEnded(1, ORDERS, ANN, 10, 40, TalkEnd.AGENT_LEFT));
    waits(41, 2, RETURNS, 41);
    turn(71, answered(2, RETURNS, BEN, 71, 30));
    turn(
        100,
        new CallEnded(CALL, C, at(100), true),
        talkEnded(2, RETURNS, BEN, 71, 100, TalkEnd.CALLER_LEFT),
        new ContactClosed(C, ContactOutcome.ANSWERED, at(100)));
    assertThat(segments())
        .containsExactly(
            "QUEUE orders ann 5-10 ANSWERED",
            "TALK orders ann 10-40 AGENT_LEFT",
            "QUEUE returns ben 41-71 ANSWERED",
            "TALK returns ben 71-100 CALLER_LEFT");
    assertThat(contact())
        .containsEntry(Column.OUTCOME, "ANSWERED")
        .containsEntry(Column.AGENT, "ben")
        .containsEntry(Column.QUEUE, "returns")
        .containsEntry(Column.FIRST_QUEUED, at(5))
        .containsEntry(Column.FIRST_ANSWERED, at(10))
        .containsEntry(Column.ENDED, at(100))
        .containsEntry(Column.STAYS, 2L)
        .containsEntry(Column.TALKS, 2L)
        .containsEntry(Column.WAITED, 35_000L)
        .containsEntry(Column.TALKED, 59_000L);
  }

  @Test
  void aWaitGivenUpAfterATalkKeepsTheTalk() {
    arrives();
    waits(5, 1, ORDERS, 5);
    turn(10, answered(1, ORDERS, ANN, 10, 5));
    turn(40, talkEnded(1, ORDERS, ANN, 10, 40, TalkEnd.AGENT_LEFT));
    waits(41, 2, RETURNS, 41);
    turn(
        60,
        new ContactLeft(C, 2, RETURNS, StayEnd.ABANDONED, Duration.ofSeconds(19), true),
        new CallEnded(CALL, C, at(60), true),
        new ContactClosed(C, ContactOutcome.ABANDONED, at(60)));
    assertThat(segments())
        .containsExactly(
            "QUEUE orders ann 5-10 ANSWERED",
            "TALK orders ann 10-40 AGENT_LEFT",
            "QUEUE returns 41-60 ABANDONED");
    assertThat(contact())
        .containsEntry(Column.OUTCOME, "ABANDONED")
        .containsEntry(Column.AGENT, "ann")
        .containsEntry(Column.TALKS, 1L);
  }

  @Test
  void aTransferSaysWhereTo() {
    arrives();
    waits(5, 1, ORDERS, 5);
    turn(10, answered(1, ORDERS, ANN, 10, 5));
    turn(
        40,
        new TalkEnded(
            C, 1, ORDERS, ANN, at(10), at(40), Duration.ZERO, TalkEnd.TRANSFERRED, "900"));
    assertThat(segments()).contains("TALK orders ann 10-40 TRANSFERRED");
    assertThat(tables.rows(Table.SEGMENT).values())
        .extracting(row -> row.get(Column.DETAIL))
        .contains("900");
  }

  @Test
  void aPbxFaultHasItsOwnOutcome() {
    arrives();
    waits(5, 1, ORDERS, 5);
    turn(
        9,
        new ContactLeft(C, 1, ORDERS, StayEnd.PBX_FAULT, Duration.ofSeconds(4), true),
        new CallEnded(CALL, C, at(9), false),
        new ContactClosed(C, ContactOutcome.PBX_FAULT, at(9)));
    assertThat(segments()).containsExactly("QUEUE orders 5-9 PBX_FAULT");
    assertThat(contact()).containsEntry(Column.OUTCOME, "PBX_FAULT");
  }

  @Test
  void theFallbacksOwnTalkIsNoSelfService() {
    arrives();
    waits(5, 1, ORDERS, 5);
    turn(
        300,
        new ContactLeft(C, 1, ORDERS, StayEnd.FELL_BACK, Duration.ofSeconds(20), true),
        new FallbackTalked(C, "SIP/100", at(25), at(90)),
        new CallEnded(CALL, C, at(90), true),
        new ContactClosed(C, ContactOutcome.FALLBACK_ANSWERED, at(90)));
    assertThat(segments())
        .containsExactly("QUEUE orders 5-25 FELL_BACK", "FALLBACK 25-90 ANSWERED");
    assertThat(contact()).containsEntry(Column.OUTCOME, "FALLBACK_ANSWERED");
  }

  @Test
  void whoHangsUpInTheGreetingIsNotServed() {
    arrives();
    turn(1, new ScriptBegan(CALL, C));
    turn(
        7,
        new CallEnded(CALL, C, at(6), true),
        new ContactClosed(C, ContactOutcome.LEFT_IN_SCRIPT, at(6)));
    turn(8, walked("hung-up"));
    assertThat(segments()).containsExactly("SCRIPT 1-6 hung-up");
    assertThat(contact())
        .containsEntry(Column.OUTCOME, "LEFT_IN_SCRIPT")
        .containsEntry(Column.FIRST_QUEUED, Missing.NOTHING)
        .containsEntry(Column.PATH, "menu=1 › end");
    assertThat(tables.rows(Table.SCRIPT_RUN).values())
        .singleElement()
        .satisfies(
            run ->
                assertThat(run)
                    .containsEntry(Column.ENDING, "hung-up")
                    .containsEntry(Column.EDGES, "menu/menu:1\nmenu/end:next"));
  }

  private static ScriptWalked walked(String ending) {
    return new ScriptWalked(
        C,
        "menu",
        2,
        ending,
        "end",
        List.of("menu/menu:1", "menu/end:next"),
        List.of(new TrailEntry("menu", "1"), new TrailEntry("end", "")),
        Map.of(),
        Language.EN,
        Optional.empty(),
        "");
  }

  @Test
  void aScriptThatARestartBreaksOffBeginsAnew() {
    arrives();
    turn(1, new ScriptBegan(CALL, C));
    turn(20, new ScriptBegan(CALL, C));
    turn(30, walked("queued"));
    assertThat(segments()).containsExactly("SCRIPT 1-20 broken-off", "SCRIPT 20-30 queued");
  }

  /// Their age is that of the first wait, of which the segment is over.
  @Test
  void whoWasCutOffAndWaitsAlreadyWhenTheyAreHeardOfWaitsFromTheirNextCallOn() {
    arrives();
    waits(5, 1, ORDERS, 5);
    turn(
        60,
        new ContactLeft(C, 1, ORDERS, StayEnd.PBX_FAULT, Duration.ofSeconds(55), false),
        new CallEnded(CALL, C, at(60), false),
        new ContactCutOff(C, at(660)));
    turn(
        90,
        new CallJoined(
            new CallId("d"), C, new PhoneNumber("+88622"), new PhoneNumber("8001"), at(80)),
        new ContactQueued(C, 2, ORDERS, at(5), QueueRequest.of(ORDERS), 0));
    turn(95, answered(2, ORDERS, ANN, 95, 90));
    assertThat(segments())
        .startsWith("QUEUE orders 5-60 PBX_FAULT", "QUEUE orders ann 80-95 ANSWERED");
  }

  @Test
  void whoWaitedAndLeftUnseenWasInTheScriptUntilTheyWaited() {
    arrives();
    turn(1, new ScriptBegan(CALL, C));
    turn(
        30,
        new ContactQueued(C, 1, ORDERS, at(12), QueueRequest.of(ORDERS), 0),
        new CallEnded(CALL, C, at(20), true),
        new ContactLeft(C, 1, ORDERS, StayEnd.ABANDONED, Duration.ofSeconds(8), true));
    assertThat(segments())
        .containsExactly("SCRIPT 1-12 broken-off", "QUEUE orders 12-20 ABANDONED");
  }

  @Test
  void everyStayTellsHowItEndedAlsoWhereTheContactGoesOn() {
    arrives();
    turn(
        5,
        new ContactQueued(C, 1, ORDERS, at(5), QueueRequest.of(ORDERS), 0),
        new ContactMoved(C, 1, ORDERS, RETURNS, Decision.Cause.FULL, Duration.ZERO, true));
    turn(
        30,
        new ContactLeft(C, 1, RETURNS, StayEnd.CHOSE, Duration.ofSeconds(25), false),
        new CallDiverted(CALL, C, false, "callback"));
    waits(50, 1, RETURNS, 5);
    turn(
        80,
        new ContactLeft(C, 1, RETURNS, StayEnd.OVERFLOWED, Duration.ofSeconds(75), false),
        new CallDiverted(CALL, C, true, "+88699"));
    assertThat(segments())
        .containsExactly(
            "QUEUE orders 5-5 MOVED", "QUEUE returns 5-30 CHOSE", "QUEUE returns 50-80 OVERFLOWED");
    assertThat(tables.rows(Table.SEGMENT).values())
        .extracting(row -> row.get(Column.DETAIL))
        .containsExactly("FULL: returns", "callback", "+88699");
  }

  @Test
  void eachOfferHasItsOutcomeAndEachHoldItsAgent() {
    arrives();
    waits(5, 1, ORDERS, 5);
    var first = new OfferId(1);
    var second = new OfferId(2);
    turn(
        6,
        new ContactOffered(C, 1, ORDERS, first, ANN, Optional.empty()),
        new ContactOffered(C, 1, ORDERS, second, BEN, Optional.empty()));
    turn(
        9,
        new ContactAnswered(
            C,
            1,
            ORDERS,
            Optional.of(second),
            BEN,
            Optional.empty(),
            at(9),
            Duration.ofSeconds(4),
            true),
        new OfferEnded(C, 1, first, ANN, OfferEnd.TAKEN));
    turn(20, new CallHeld(CALL, C, BEN));
    turn(30, new CallRetrieved(CALL, C, BEN));
    turn(40, new CallHeld(CALL, C, BEN));
    turn(
        45,
        new TalkEnded(
            C, 1, ORDERS, BEN, at(9), at(45), Duration.ofSeconds(15), TalkEnd.CALLER_LEFT));
    assertThat(segments())
        .containsExactly(
            "QUEUE orders ben 5-9 ANSWERED",
            "OFFER orders ann 6-9 TAKEN",
            "OFFER orders ben 6-9 ANSWERED",
            "TALK orders ben 9-45 CALLER_LEFT",
            "HOLD orders ben 20-30 RETRIEVED",
            "HOLD orders ben 40-45 ENDED");
  }

  @Test
  void whatAnAgentSaysOfItIsTheWrapUps() {
    arrives();
    turn(10, answered(1, ORDERS, ANN, 10, 5));
    turn(
        40,
        talkEnded(1, ORDERS, ANN, 10, 40, TalkEnd.CALLER_LEFT),
        new WrapUpBegan(C, 1, ORDERS, ANN, at(40), Optional.empty(), true));
    turn(
        55,
        new WrapUpDone(C, 1, ORDERS, ANN, at(40), WrapUpEnd.SAID, new Draft("refund", "a\0b\n好")));
    assertThat(segments()).endsWith("WRAP_UP orders ann 40-55 SAID");
    assertThat(tables.rows(Table.SEGMENT).get(List.of("c", "WRAP_UP", 1L)))
        .containsEntry(Column.DISPOSITION, "refund")
        .containsEntry(Column.NOTE, "ab\n好");
    turn(60, answered(2, ORDERS, BEN, 60, 1));
    turn(
        70,
        talkEnded(2, ORDERS, BEN, 60, 70, TalkEnd.CALLER_LEFT),
        new WrapUpDone(C, 2, ORDERS, BEN, at(70), WrapUpEnd.NONE, Draft.NONE));
    assertThat(segments()).as("nothing to say").endsWith("TALK orders ben 60-70 CALLER_LEFT");
  }

  @Test
  void aCallNobodySawIsToldByItsOwnTimes() {
    turn(
        500,
        new CallArrived(CALL, C, new PhoneNumber("+88622"), new PhoneNumber("8001"), at(1)),
        new ContactQueued(C, 1, ORDERS, at(5), QueueRequest.of(ORDERS), 0),
        new ContactLeft(C, 1, ORDERS, StayEnd.ABANDONED, Duration.ofSeconds(15), true),
        new CallEnded(CALL, C, at(20), true),
        new ContactClosed(C, ContactOutcome.ABANDONED, at(20)));
    assertThat(segments()).containsExactly("QUEUE orders 5-20 ABANDONED");
    assertThat(contact()).containsEntry(Column.OPENED, at(1)).containsEntry(Column.ENDED, at(20));
  }

  @Test
  void recordsAreByTheWallClock() {
    var turn =
        new Turn(
            1,
            at(0),
            at(3_600),
            List.of(
                new CallArrived(CALL, C, new PhoneNumber(""), new PhoneNumber("8001"), at(-1))));
    tables.apply(HistoryFold.changes(turn));
    assertThat(contact()).containsEntry(Column.OPENED, at(3_599));
  }

  @Test
  void theCustomerIsWhoeverWasFoundOrChosenLast() {
    arrives();
    turn(1, new ContactIdentified(C, List.of(card(7))));
    assertThat(contact()).containsEntry(Column.CUSTOMER, 7L);
    turn(2, new ContactIdentified(C, List.of(card(7), card(8))));
    assertThat(contact()).containsEntry(Column.CUSTOMER, Missing.NOTHING);
  }

  private static CustomerCard card(long id) {
    return new CustomerCard(Customer.of(id, "Alice", "gold", "en"), List.of(), List.of());
  }

  @Test
  void theAuditKeepsWhatTwoDidInOneMoment() {
    turn(
        1,
        new Noted("sue", Deed.SHOWN_CUSTOMER, "customer 7"),
        new Noted("sue", Deed.SHOWN_CUSTOMER, "customer 7"));
    assertThat(tables.rows(Table.AUDIT)).hasSize(2);
  }

  @Test
  void whoRaisedAContactStandsInTheAudit() {
    turn(1, new PriorityBoosted(C, ANN, 50));
    assertThat(tables.rows(Table.AUDIT).values())
        .singleElement(InstanceOfAssertFactories.map(Column.class, Object.class))
        .containsEntry(Column.WHO, "ann")
        .containsEntry(Column.WHAT, "raised-contact")
        .containsEntry(Column.ABOUT, "c by 50");
  }

  // ── All of it ───────────────────────────────────────────────────────────────────────────────

  @Test
  void ofAContactThatIsOverNothingIsOpenAndItsPartsAddUp() {
    long seed = System.nanoTime();
    var lived = new MemoryTables();
    for (Turn turn : ContactLives.turns(new SplittableRandom(seed), NOON, 2_000, List.of(1L, 2L))) {
      lived.apply(HistoryFold.changes(turn));
    }
    var open = new ArrayList<Object>();
    lived
        .rows(Table.SEGMENT)
        .forEach(
            (key, row) -> {
              if (row.get(Column.ENDED) == Missing.NOTHING) open.add(key);
            });
    assertThat(open).as("seed %d", seed).isEmpty();
    lived
        .rows(Table.CONTACT)
        .values()
        .forEach(
            row -> {
              var segments =
                  lived.rows(Table.SEGMENT).values().stream()
                      .filter(one -> one.get(Column.CONTACT).equals(row.get(Column.ID)))
                      .toList();
              assertThat(row.get(Column.ENDED)).as("seed %d", seed).isNotEqualTo(Missing.NOTHING);
              assertThat(row.get(Column.TALKS))
                  .as("seed %d", seed)
                  .isEqualTo(
                      segments.stream().filter(one -> one.get(Column.KIND).equals("TALK")).count());
            });
  }
}
