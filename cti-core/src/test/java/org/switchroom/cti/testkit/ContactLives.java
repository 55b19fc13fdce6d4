package org.switchroom.cti.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Decision;
import org.switchroom.acd.OfferId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.Customer;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.Ticket;
import org.switchroom.cti.event.CallEvent.CallArrived;
import org.switchroom.cti.event.CallEvent.CallConnected;
import org.switchroom.cti.event.CallEvent.CallDiverted;
import org.switchroom.cti.event.CallEvent.CallEnded;
import org.switchroom.cti.event.CallEvent.CallHeld;
import org.switchroom.cti.event.CallEvent.CallJoined;
import org.switchroom.cti.event.CallEvent.CallQueued;
import org.switchroom.cti.event.CallEvent.CallReleased;
import org.switchroom.cti.event.CallEvent.CallRetrieved;
import org.switchroom.cti.event.CallEvent.CallTakenBack;
import org.switchroom.cti.event.CallEvent.ScriptAwaited;
import org.switchroom.cti.event.CallEvent.ScriptBegan;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.CenterEvent.TicketOpened;
import org.switchroom.cti.event.CenterEvent.TimePassed;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.ContactCutOff;
import org.switchroom.cti.event.ContactEvent.ContactIdentified;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.ContactMoved;
import org.switchroom.cti.event.ContactEvent.ContactOffered;
import org.switchroom.cti.event.ContactEvent.ContactQueued;
import org.switchroom.cti.event.ContactEvent.CustomerChosen;
import org.switchroom.cti.event.ContactEvent.DraftKept;
import org.switchroom.cti.event.ContactEvent.FallbackTalked;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.ContactEvent.OfferRinging;
import org.switchroom.cti.event.ContactEvent.ScriptWalked;
import org.switchroom.cti.event.ContactEvent.SurveyAnswered;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactEvent.TaskOpened;
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
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.task.Task;
import org.switchroom.ivr.Outcome.TrailEntry;
import org.switchroom.ivr.speech.Language;

/// A day's turns as an engine could have made them, by a seed: many contacts at once, each with a
/// life of its own, over several queues, talks, holds, scripts, transfers and faults, and with text
/// that no database likes.
public final class ContactLives {
  private static final List<QueueId> QUEUES =
      List.of(new QueueId("orders"), new QueueId("billing"), new QueueId("一般"));
  private static final List<AgentId> AGENTS =
      List.of(new AgentId("ann"), new AgentId("ben"), new AgentId("cyd"));
  private static final List<String> NOTES =
      List.of(
          "",
          "sent on Monday",
          "好 🙂",
          "a\0b\u0007c\nsecond line",
          "half \uD83D",
          "x".repeat(5_000));

  /// A step of a life.
  private record Step(Instant at, List<Event> events) {}

  private final SplittableRandom random;
  private final List<Step> steps = new ArrayList<>();

  private ContactLives(SplittableRandom random) {
    this.random = random;
  }

  /// Turns numbered from 1.
  ///
  /// @param contacts that come within a day
  /// @param customers of the database, who call
  public static List<Turn> turns(
      SplittableRandom random, Instant begin, int contacts, List<Long> customers) {
    var lives = new ContactLives(random);
    for (int i = 1; i <= contacts; i++) {
      Instant at = begin.plusMillis(random.nextLong(Duration.ofDays(1).toMillis()));
      if (random.nextInt(8) == 0) lives.new Life(i, at, customers).heardOfLate();
      else if (random.nextInt(8) == 0) lives.new Life(i, at, customers).task();
      else lives.new Life(i, at, customers).call();
      if (random.nextInt(20) == 0) lives.steps.add(lives.elsewhere(i, at));
    }
    return lives.turns();
  }

  /// The wall clock is apart from the engine's for a while.
  private List<Turn> turns() {
    steps.sort(Comparator.comparing(Step::at));
    var turns = new ArrayList<Turn>();
    Duration apart = Duration.ZERO;
    for (Step step : steps) {
      if (random.nextInt(50) == 0) apart = Duration.ofNanos(random.nextLong(-1_000_000, 1_000_000));
      turns.add(new Turn(turns.size() + 1, step.at(), step.at().plus(apart), step.events()));
    }
    return turns;
  }

  private Step elsewhere(int number, Instant at) {
    return new Step(
        at,
        random.nextBoolean()
            ? List.of(new TimePassed(), new Noted("sue", Deed.SHOWN_CUSTOMER, "customer " + number))
            : List.of(
                new TicketOpened(
                    new Ticket(
                        1_000 + number,
                        Optional.empty(),
                        "Torn cover",
                        "high",
                        "open",
                        "",
                        "c",
                        at))));
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /// One contact's.
  private final class Life {
    private final ContactId contact;
    private CallId call;
    private final int number;
    private final List<Long> customers;
    private Instant at;
    private boolean task;
    private int stay;
    private QueueId queue = QUEUES.getFirst();
    private Instant since;
    private long offers;
    private boolean over;

    Life(int number, Instant at, List<Long> customers) {
      this.number = number;
      this.at = at;
      this.customers = customers;
      call = new CallId("17." + number);
      contact = new ContactId("17." + number);
      since = at;
    }

    private void step(Event... events) {
      steps.add(new Step(at, List.of(events)));
    }

    private void step(List<Event> events) {
      steps.add(new Step(at, List.copyOf(events)));
    }

    private Instant later(int mostSeconds) {
      at = at.plusNanos(random.nextLong(1_000_000L, mostSeconds * 1_000_000_000L));
      return at;
    }

    private PhoneNumber from() {
      return new PhoneNumber("+88622300" + number);
    }

    private CustomerCard customer() {
      return new CustomerCard(
          Customer.of(any(customers), "Alice", "gold", "en"), List.of(), List.of());
    }

    // ── Scripts ─────────────────────────────────────────────────────────────────────────────

    void call() {
      step(
          new CallArrived(call, contact, from(), new PhoneNumber("8001"), at),
          new ScriptAwaited(call, contact, at.plusSeconds(10)));
      later(2);
      step(new ScriptBegan(call, contact));
      if (random.nextBoolean()) identified();
      script();
    }

    private void identified() {
      later(1);
      step(
          new ContactIdentified(contact, random.nextInt(4) == 0 ? List.of() : List.of(customer())));
    }

    private void script() {
      later(60);
      if (random.nextInt(10) == 0) {
        step(new CallTakenBack(call, contact));
        later(1);
        waits(++stay, any(QUEUES), at);
        return;
      }
      switch (random.nextInt(6)) {
        case 0 -> hangsUpInScript();
        case 1 -> {
          step(walked("ended", Optional.empty()));
          later(1);
          ends(true, ContactOutcome.SELF_SERVED);
        }
        default -> {
          QueueId chosen = any(QUEUES);
          step(walked("queued", Optional.of(QueueRequest.of(chosen))));
          Instant chosenAt = at;
          later(1);
          waits(++stay, chosen, chosenAt);
        }
      }
    }

    private void hangsUpInScript() {
      if (random.nextBoolean()) {
        step(walked("hung-up", Optional.empty()));
        later(1);
        ends(true, ContactOutcome.LEFT_IN_SCRIPT);
      } else {
        ends(true, ContactOutcome.LEFT_IN_SCRIPT);
        later(1);
        step(walked("hung-up", Optional.empty()));
      }
    }

    private ScriptWalked walked(String ending, Optional<QueueRequest> chosen) {
      return new ScriptWalked(
          contact,
          "menu",
          3,
          ending,
          "b",
          List.of("menu/a:1", "menu/b:next"),
          List.of(new TrailEntry("a", "1"), new TrailEntry("b", random.nextBoolean() ? "" : "林🙂")),
          Map.of("order", "40712"),
          Language.ZH_HANT,
          chosen,
          chosen.isPresent() ? "" : "place");
    }

    private void ends(boolean seen, ContactOutcome outcome) {
      over = true;
      step(
          new CallEnded(call, contact, at, seen),
          new ContactClosed(contact, seen ? outcome : ContactOutcome.PBX_FAULT, at));
    }

    // ── Queues ──────────────────────────────────────────────────────────────────────────────

    private void waits(int stayNumber, QueueId where, Instant from) {
      queue = where;
      since = from;
      var queued = new ContactQueued(contact, stayNumber, where, from, QueueRequest.of(where), 0);
      if (task) step(queued);
      else step(new CallQueued(call, contact), queued);
      wait(stayNumber);
    }

    private void wait(int stayNumber) {
      for (int i = 0; i < 6; i++) {
        later(40);
        switch (random.nextInt(8)) {
          case 0 -> {
            QueueId to = any(QUEUES);
            step(
                new ContactMoved(
                    contact, stayNumber, queue, to, any(causes()), waited(), inTime(waited())));
            queue = to;
          }
          case 1 -> {
            if (task) continue;
            chooses(stayNumber);
            return;
          }
          case 2 -> {
            if (task) continue;
            leaves(stayNumber);
            return;
          }
          default -> {
            if (offered(stayNumber)) return;
          }
        }
      }
      talk(stayNumber, Optional.empty(), any(AGENTS), Optional.of(new LegId("found-" + number)));
    }

    private List<Decision.Cause> causes() {
      return List.of(Decision.Cause.values());
    }

    private boolean inTime(Duration waited) {
      return waited.toSeconds() <= 20;
    }

    private Duration waited() {
      return Duration.between(since, at);
    }

    private void chooses(int stayNumber) {
      step(
          new ContactLeft(contact, stayNumber, queue, StayEnd.CHOSE, waited(), inTime(waited())),
          new CallDiverted(call, contact, false, "callback"));
      later(1);
      step(new ScriptBegan(call, contact));
      later(20);
      step(walked("ended", Optional.empty()));
      later(1);
      if (random.nextBoolean()) waits(stayNumber, queue, since);
      else ends(true, ContactOutcome.DIVERTED);
    }

    private void leaves(int stayNumber) {
      switch (random.nextInt(4)) {
        case 0 -> {
          step(
              new ContactLeft(
                  contact, stayNumber, queue, StayEnd.OVERFLOWED, waited(), inTime(waited())),
              new CallDiverted(call, contact, true, "+88622"));
          later(30);
          if (random.nextBoolean()) ends(true, ContactOutcome.DIVERTED);
          else waits(++stay, any(QUEUES), since);
        }
        case 1 -> {
          Instant answered = at;
          later(60);
          step(
              new ContactLeft(
                  contact, stayNumber, queue, StayEnd.FELL_BACK, waited(), inTime(waited())),
              new FallbackTalked(contact, "SIP/100", answered, at),
              new CallEnded(call, contact, at, true),
              new ContactClosed(contact, ContactOutcome.FALLBACK_ANSWERED, at));
          over = true;
        }
        default -> {
          boolean seen = random.nextInt(5) > 0;
          over = true;
          step(
              new ContactLeft(
                  contact,
                  stayNumber,
                  queue,
                  seen ? StayEnd.ABANDONED : StayEnd.PBX_FAULT,
                  waited(),
                  inTime(waited())),
              new CallEnded(call, contact, at, seen),
              seen ? new ContactClosed(contact, ContactOutcome.ABANDONED, at) : cutOff());
          if (!seen) afterCutOff();
        }
      }
    }

    private ContactCutOff cutOff() {
      return new ContactCutOff(contact, at.plusSeconds(600));
    }

    /// They call again, or do not.
    private void afterCutOff() {
      if (random.nextBoolean()) {
        at = at.plusSeconds(600);
        step(new ContactClosed(contact, ContactOutcome.PBX_FAULT, at));
        return;
      }
      over = false;
      Instant before = since;
      later(300);
      call = new CallId(call.value() + "0");
      step(
          new CallJoined(call, contact, from(), new PhoneNumber("8001"), at),
          new CallTakenBack(call, contact));
      if (random.nextBoolean()) {
        later(1);
        step(new ScriptBegan(call, contact));
      }
      later(1);
      waits(++stay, queue, before);
    }

    // ── Offers and talks ────────────────────────────────────────────────────────────────────

    private Optional<LegId> leg(OfferId offer) {
      return task ? Optional.empty() : Optional.of(LegId.ofOffer(offer.value()));
    }

    /// Whether somebody has answered.
    private boolean offered(int stayNumber) {
      int asked = 1 + random.nextInt(AGENTS.size());
      var ids = new ArrayList<OfferId>();
      var events = new ArrayList<Event>();
      for (int i = 0; i < asked; i++) {
        var offer = new OfferId(number * 1_000L + ++offers);
        ids.add(offer);
        events.add(
            new ContactOffered(contact, stayNumber, queue, offer, AGENTS.get(i), leg(offer)));
      }
      step(events);
      later(3);
      step(new OfferRinging(contact, ids.getFirst(), AGENTS.getFirst()));
      later(20);
      boolean answered = random.nextInt(3) > 0;
      OfferEnd end = answered ? OfferEnd.TAKEN : any(List.of(OfferEnd.values()));
      var ends = new ArrayList<Event>();
      for (int i = answered ? 1 : 0; i < asked; i++) {
        ends.add(new OfferEnded(contact, stayNumber, ids.get(i), AGENTS.get(i), end));
      }
      if (!answered) {
        step(ends);
        return false;
      }
      talk(stayNumber, Optional.of(ids.getFirst()), AGENTS.getFirst(), leg(ids.getFirst()), ends);
      return true;
    }

    private void talk(int stayNumber, Optional<OfferId> offer, AgentId agent, Optional<LegId> leg) {
      talk(stayNumber, offer, agent, leg, List.of());
    }

    private void talk(
        int stayNumber,
        Optional<OfferId> offer,
        AgentId agent,
        Optional<LegId> leg,
        List<Event> others) {
      Instant began = at;
      var events = new ArrayList<Event>();
      if (!task) events.add(new CallConnected(call, contact, agent, leg.orElseThrow()));
      Duration waited = waited();
      events.add(
          new ContactAnswered(
              contact,
              stayNumber,
              queue,
              offer,
              agent,
              task ? Optional.empty() : leg,
              at,
              waited,
              inTime(waited)));
      events.addAll(others);
      step(events);
      if (task) {
        works(stayNumber, agent, began);
        return;
      }
      Duration held = Duration.ZERO;
      boolean onHold = false;
      Instant heldSince = at;
      for (int i = random.nextInt(5); i > 0; i--) {
        later(60);
        if (onHold) {
          step(new CallRetrieved(call, contact, agent));
          held = held.plus(Duration.between(heldSince, at));
        } else {
          step(new CallHeld(call, contact, agent));
          heldSince = at;
        }
        onHold = !onHold;
      }
      later(200);
      if (onHold) held = held.plus(Duration.between(heldSince, at));
      talkEnds(stayNumber, agent, leg.orElseThrow(), began, held);
    }

    private void works(int stayNumber, AgentId agent, Instant began) {
      later(300);
      step(
          new TalkEnded(contact, stayNumber, queue, agent, began, at, Duration.ZERO, TalkEnd.DONE),
          new WrapUpDone(
              contact, stayNumber, queue, agent, at, WrapUpEnd.SAID, new Draft("", any(NOTES))),
          new ContactClosed(contact, ContactOutcome.DONE, at));
    }

    private void talkEnds(int stayNumber, AgentId agent, LegId leg, Instant began, Duration held) {
      TalkEnd end =
          any(
              List.of(
                  TalkEnd.AGENT_LEFT, TalkEnd.CALLER_LEFT, TalkEnd.TRANSFERRED, TalkEnd.PBX_FAULT));
      boolean callerGone = end == TalkEnd.CALLER_LEFT || end == TalkEnd.PBX_FAULT;
      boolean wrapUp = random.nextInt(4) > 0;
      QueueId of = queue;
      Instant ended = at;
      var events = new ArrayList<Event>();
      if (callerGone) events.add(new CallEnded(call, contact, at, end == TalkEnd.CALLER_LEFT));
      else events.add(new CallReleased(call, contact, leg));
      events.add(new TalkEnded(contact, stayNumber, of, agent, began, at, held, end));
      events.add(
          wrapUp
              ? new WrapUpBegan(
                  contact, stayNumber, of, agent, at, Optional.of(at.plusSeconds(60)), false)
              : new WrapUpDone(contact, stayNumber, of, agent, at, WrapUpEnd.NONE, Draft.NONE));
      if (callerGone) {
        over = true;
        events.add(
            end == TalkEnd.CALLER_LEFT
                ? new ContactClosed(contact, ContactOutcome.ANSWERED, at)
                : cutOff());
      }
      step(events);
      if (wrapUp) wrapsUp(stayNumber, of, agent, ended);
      if (!over) afterTalk(end, of, agent);
      else if (end == TalkEnd.PBX_FAULT) afterCutOff();
    }

    /// At its own pace: the caller may be elsewhere meanwhile.
    private void wrapsUp(int stayNumber, QueueId of, AgentId agent, Instant ended) {
      Instant callers = at;
      var draft = new Draft(random.nextBoolean() ? "refund" : "", any(NOTES));
      later(10);
      step(new DraftKept(contact, agent, draft));
      if (random.nextInt(4) == 0) {
        later(5);
        step(new CustomerChosen(contact, agent, customer()));
      }
      later(60);
      step(
          new WrapUpDone(
              contact,
              stayNumber,
              of,
              agent,
              ended,
              any(List.of(WrapUpEnd.SAID, WrapUpEnd.TIMED, WrapUpEnd.READY, WrapUpEnd.LEFT)),
              draft));
      at = callers;
    }

    private void afterTalk(TalkEnd end, QueueId of, AgentId agent) {
      later(5);
      switch (random.nextInt(3)) {
        case 0 ->
            ends(
                true,
                end == TalkEnd.TRANSFERRED ? ContactOutcome.TRANSFERRED : ContactOutcome.ANSWERED);
        case 1 -> {
          step(new ScriptBegan(call, contact));
          later(20);
          step(
              new SurveyAnswered(
                  contact,
                  Optional.of(of),
                  Optional.of(agent),
                  "satisfaction",
                  1 + random.nextInt(5),
                  5));
          later(1);
          step(walked("ended", Optional.empty()));
          ends(true, ContactOutcome.ANSWERED);
        }
        default -> waits(++stay, any(QUEUES), at);
      }
    }

    // ── Others ──────────────────────────────────────────────────────────────────────────────

    void task() {
      task = true;
      var kind = any(List.of(Task.Kind.values()));
      Optional<Long> customer =
          random.nextBoolean() ? Optional.empty() : Optional.of(any(customers));
      var work =
          new Task(
              "t" + number,
              kind,
              queue,
              customer,
              "Alice",
              from().value(),
              "/r.wav",
              4,
              call,
              new PhoneNumber("8001"),
              at);
      var queued = new ContactQueued(contact, 1, queue, at, QueueRequest.of(queue), 0);
      step(new TaskOpened(contact, work), queued);
      wait(1);
    }

    /// A call that came and went while nobody looked, told of afterwards in one turn.
    void heardOfLate() {
      Instant arrived = at;
      Instant queued = later(20);
      Instant ended = later(300);
      later(600);
      Duration waited = Duration.between(queued, ended);
      step(
          new CallArrived(call, contact, from(), new PhoneNumber("8001"), arrived),
          new CallQueued(call, contact),
          new ContactQueued(contact, 1, queue, queued, QueueRequest.of(queue), 0),
          new ContactLeft(contact, 1, queue, StayEnd.ABANDONED, waited, inTime(waited)),
          new CallEnded(call, contact, ended, true),
          new ContactClosed(contact, ContactOutcome.ABANDONED, ended));
    }
  }
}
