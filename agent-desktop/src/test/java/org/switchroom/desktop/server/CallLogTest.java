package org.switchroom.desktop.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.OfferId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.event.CallEvent;
import org.switchroom.cti.event.ContactEvent;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.personal.Personal;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.LogWatch;
import org.switchroom.cti.testkit.RandomValues;

/// One call can be followed in the log, and nobody is found in it.
class CallLogTest {
  private static final Instant NINE = Instant.parse("2026-11-27T09:00:00Z");
  private static final ContactId CONTACT = new ContactId("1795594057.12");
  private static final CallId CALL = new CallId("1795594057.12");
  private static final QueueId ORDERS = new QueueId("orders");
  private static final AgentId ANN = new AgentId("ann");
  private static final PhoneNumber CALLER = new PhoneNumber("+886223000001");
  private static final PhoneNumber OURS = new PhoneNumber("8001");

  private static Turn turn(Event... events) {
    return new Turn(0, NINE, NINE, List.of(events));
  }

  private static Event arrived(PhoneNumber dialed) {
    return new CallEvent.CallArrived(CALL, CONTACT, CALLER, dialed, NINE);
  }

  @Test
  void aCallIsFollowedByItsId() {
    var lines = new ArrayList<String>();
    try (var log = new CallLog(lines::add)) {
      log.decides(turn(arrived(OURS)));
      log.decides(turn(new CallEvent.ScriptBegan(CALL, CONTACT)));
      log.decides(
          turn(
              new ContactEvent.ContactOffered(
                  CONTACT, 1, ORDERS, new OfferId(7), ANN, Optional.empty()),
              new ContactEvent.OfferRinging(CONTACT, new OfferId(7), ANN)));
      log.decides(
          turn(new ContactEvent.OfferEnded(CONTACT, 1, new OfferId(7), ANN, OfferEnd.NO_ANSWER)));
      log.decides(
          turn(
              new ContactEvent.ContactAnswered(
                  CONTACT,
                  1,
                  ORDERS,
                  Optional.of(new OfferId(8)),
                  ANN,
                  Optional.empty(),
                  NINE,
                  Duration.ofSeconds(12),
                  true)));
      log.decides(turn(new CallEvent.CallHeld(CALL, CONTACT, ANN)));
      log.decides(
          turn(
              new ContactEvent.TalkEnded(
                  CONTACT,
                  1,
                  ORDERS,
                  ANN,
                  NINE,
                  NINE.plusSeconds(63),
                  Duration.ZERO,
                  TalkEnd.TRANSFERRED,
                  "+886223000009"),
              new ContactEvent.ContactClosed(CONTACT, ContactOutcome.ANSWERED, NINE)));
    }
    assertThat(lines)
        .containsExactly(
            "1795594057.12 comes in on 8001",
            "1795594057.12 is in a script",
            "1795594057.12 is offered to ann out of orders",
            "1795594057.12 rings at ann",
            "1795594057.12 is not taken by ann: no answer",
            "1795594057.12 is answered by ann after 12 s in orders",
            "1795594057.12 is put on hold by ann",
            "1795594057.12 is no more with ann after 63 s: transferred",
            "1795594057.12 is over: answered");
  }

  @Test
  void whatCallersSendMakesNoLineOfItsOwn() {
    assertThat(CallLogText.of(arrived(new PhoneNumber("80\r\n01 ERROR"))))
        .hasValueSatisfying(line -> assertThat(line).doesNotContainPattern("\\p{Cntrl}"));
  }

  /// Whatever is personal may be otherwise: the line is the same.
  @Test
  void nobodyIsFoundInIt() throws Exception {
    var values = new RandomValues(new SplittableRandom(5));
    var kinds = new ArrayList<>(RandomValues.kinds(ContactEvent.class));
    kinds.addAll(RandomValues.kinds(CallEvent.class));
    int told = 0;
    for (int i = 0; i < 50; i++) {
      for (Class<?> kind : kinds) {
        var event = (Event) values.of(kind);
        Optional<String> line = CallLogText.of(event);
        assertThat(CallLogText.of((Event) anothers(event))).isEqualTo(line);
        if (line.isPresent()) told++;
      }
    }
    assertThat(told).isGreaterThan(500);
  }

  private static Object anothers(Object record) throws ReflectiveOperationException {
    RecordComponent[] parts = record.getClass().getRecordComponents();
    var types = new Class<?>[parts.length];
    var made = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      types[i] = parts[i].getType();
      Object part = parts[i].getAccessor().invoke(record);
      made[i] = parts[i].isAnnotationPresent(Personal.class) ? another(types[i], part) : part;
    }
    return record.getClass().getDeclaredConstructor(types).newInstance(made);
  }

  private static Object another(Class<?> type, Object now) {
    if (type == String.class) return "somebody else";
    if (type == PhoneNumber.class) return new PhoneNumber("+886223999999");
    if (type == List.class) return List.of();
    if (type == Map.class) return Map.of();
    return now;
  }

  /// The engine's thread hands over and goes on.
  @Test
  void whoReadsTooSlowlyMissesSomeAndIsTold() throws Exception {
    var begun = new CountDownLatch(1);
    var goesOn = new CountDownLatch(1);
    try (var said = new LogWatch(CallLog.class)) {
      try (var log =
          new CallLog(
              _ -> {
                begun.countDown();
                Await.open(goesOn, Duration.ofMinutes(1));
              })) {
        log.decides(turn(arrived(OURS)));
        begun.await();
        for (int i = 0; i < CallLog.MOST_WAITING + 9; i++) log.decides(turn(arrived(OURS)));
        goesOn.countDown();
      }
      assertThat(said.said(Level.WARN))
          .containsExactly("9 turns of calls are not in this log, which is read too slowly.");
    }
  }
}
