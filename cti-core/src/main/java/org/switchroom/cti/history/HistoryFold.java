package org.switchroom.cti.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.customer.Ticket;
import org.switchroom.cti.event.AgentEvent;
import org.switchroom.cti.event.CallEvent;
import org.switchroom.cti.event.CallEvent.CallArrived;
import org.switchroom.cti.event.CallEvent.CallDiverted;
import org.switchroom.cti.event.CallEvent.CallEnded;
import org.switchroom.cti.event.CallEvent.CallHeld;
import org.switchroom.cti.event.CallEvent.CallJoined;
import org.switchroom.cti.event.CallEvent.CallMade;
import org.switchroom.cti.event.CallEvent.CallRetrieved;
import org.switchroom.cti.event.CallEvent.CallTakenBack;
import org.switchroom.cti.event.CallEvent.RecordingBegan;
import org.switchroom.cti.event.CallEvent.RecordingEnded;
import org.switchroom.cti.event.CallEvent.RecordingPaused;
import org.switchroom.cti.event.CallEvent.RecordingResumed;
import org.switchroom.cti.event.CallEvent.ScriptBegan;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.CenterEvent.TicketOpened;
import org.switchroom.cti.event.ContactEvent;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.ContactIdentified;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.ContactMoved;
import org.switchroom.cti.event.ContactEvent.ContactOffered;
import org.switchroom.cti.event.ContactEvent.ContactParked;
import org.switchroom.cti.event.ContactEvent.ContactPickedUp;
import org.switchroom.cti.event.ContactEvent.ContactQueued;
import org.switchroom.cti.event.ContactEvent.ContactReset;
import org.switchroom.cti.event.ContactEvent.ContactUnparked;
import org.switchroom.cti.event.ContactEvent.CustomerChosen;
import org.switchroom.cti.event.ContactEvent.FallbackTalked;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.ContactEvent.PriorityBoosted;
import org.switchroom.cti.event.ContactEvent.ScriptWalked;
import org.switchroom.cti.event.ContactEvent.SurveyAnswered;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactEvent.TaskOpened;
import org.switchroom.cti.event.ContactEvent.WrapUpBegan;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.event.WrapUpEnd;
import org.switchroom.cti.figures.FiguresFold;
import org.switchroom.cti.figures.RecordTime;
import org.switchroom.cti.history.Column.Missing;
import org.switchroom.cti.history.RowChange.Changed;
import org.switchroom.cti.history.RowChange.NewRow;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.task.Task;

/// What a turn changes in the history, given its events and nothing else.
///
/// Rows are found by what the events name: a contact, a stay, an offer. A segment whose end names
/// no more than its contact (in a script, in a queue, on hold) is the one that is open: there is no
/// second.
public final class HistoryFold {
  /// What is said of a call that is no task.
  public static final String CALL_KIND = "call";

  /// And of one that an agent has made.
  public static final String OUTBOUND_KIND = "outbound";

  /// And of an agent's own call, by which they ask a colleague.
  static final String CONSULTATION_KIND = "consultation";

  static final String ANSWERED = "ANSWERED";
  static final String MOVED = "MOVED";
  private static final String BROKEN_OFF = "broken-off";
  private static final String HUNG_UP = "hung-up";
  private static final String PBX_FAULT = "pbx-fault";
  private static final String RETRIEVED = "RETRIEVED";
  private static final String HELD = "HELD";
  private static final String ENDED = "ENDED";

  private final Turn turn;
  private final RecordTime time;
  private final Instant now;
  private final List<RowChange> changes = new ArrayList<>();

  private HistoryFold(Turn turn) {
    this.turn = turn;
    time = RecordTime.of(turn);
    now = time.of(turn.at());
  }

  /// In the order in which they are to be made.
  public static List<RowChange> changes(Turn turn) {
    var fold = new HistoryFold(turn);
    int place = 0;
    for (Event event : turn.events()) fold.on(event, Segment.number(turn.number(), place++));
    fold.figures();
    return fold.changes;
  }

  /// @param number for what begins with the event
  private void on(Event event, long number) {
    switch (event) {
      case CallEvent e -> on(e, number);
      case ContactEvent e -> on(e, number);
      case CenterEvent e -> on(e, number);
      case AgentEvent _ -> {}
    }
  }

  // ── Calls ───────────────────────────────────────────────────────────────────────────────────

  private void on(CallEvent event, long number) {
    switch (event) {
      case CallArrived e ->
          contact(e.call(), e.contact(), CALL_KIND, e.from(), e.dialed(), e.arrived());
      case CallMade e -> {
        contact(e.call(), e.contact(), OUTBOUND_KIND, e.from(), e.shown(), turn.at());
        add(contact(e.contact()).set(Column.AGENT, e.agent().value()));
      }
      case CallJoined e -> call(e.call(), e.contact(), e.from(), e.dialed(), e.arrived());
      case ScriptBegan e -> {
        // One that a restart has broken off begins anew.
        end(e.contact(), Segment.SCRIPT, now, BROKEN_OFF);
        add(segment(e.contact(), Segment.SCRIPT, number, now));
      }
      case CallTakenBack e -> end(e.contact(), Segment.SCRIPT, now, BROKEN_OFF);
      case CallHeld e -> {
        end(e.contact(), Segment.CONFERENCE, now, HELD);
        add(segment(e.contact(), Segment.HOLD, number, now).with(Column.AGENT, e.agent().value()));
      }
      case CallEvent.CallConferenced e ->
          add(
              segment(e.contact(), Segment.CONFERENCE, number, now)
                  .with(Column.AGENT, e.agent().value())
                  .with(Column.DETAIL, e.own().value()));
      case CallEvent.ConsultationEnded e ->
          end(e.contact(), Segment.CONFERENCE, now, e.end().name());
      case CallEvent.ConsultationBegan e ->
          add(contact(e.about()).set(Column.KIND, CONSULTATION_KIND));
      case CallRetrieved e -> {
        end(e.contact(), Segment.HOLD, now, RETRIEVED);
        end(e.contact(), Segment.CONFERENCE, now, RETRIEVED);
      }
      case CallEnded e -> ended(e);
      case RecordingBegan e ->
          add(
              segment(e.contact(), Segment.RECORDING, number, now)
                  .with(Column.QUEUE, e.queue())
                  .with(Column.DETAIL, e.recording().value()));
      case RecordingPaused e -> paused(e, number);
      case RecordingResumed e -> resumed(e.contact());
      case RecordingEnded e -> {
        resumed(e.contact());
        end(e.contact(), Segment.RECORDING, now, e.why().name());
      }
      case CallEvent.ScriptAwaited _,
          CallEvent.CallQueued _,
          CallEvent.CallConnected _,
          CallEvent.CallReleased _,
          CallEvent.CallDiverted _,
          CallEvent.NumberDialed _,
          CallEvent.DigitsGenerated _,
          CallEvent.HoldTimed _,
          CallEvent.SupervisionAsked _,
          CallEvent.SupervisionBegan _,
          CallEvent.TakeOverAsked _,
          CallEvent.ControlAsked _,
          CallEvent.SupervisionEnded _,
          CallEvent.CallFellBack _ -> {}
    }
  }

  /// One that goes on for longer than was said is over then, and another begins.
  private void paused(RecordingPaused e, long number) {
    resumed(e.contact());
    add(
        segment(e.contact(), Segment.PAUSE, number, now)
            .with(Column.OUTCOME, e.cause().name())
            .with(Column.DETAIL, e.by()));
  }

  private void resumed(ContactId contact) {
    add(openOne(contact, Segment.PAUSE).set(Column.ENDED, now));
  }

  private void contact(
      CallId call,
      ContactId contact,
      String kind,
      PhoneNumber from,
      PhoneNumber dialed,
      Instant arrived) {
    add(
        RowChange.insert(Table.CONTACT)
            .with(Column.ID, contact.value())
            .with(Column.KIND, kind)
            .with(Column.CALL, call.value())
            .with(Column.FROM_NUMBER, from.value())
            .with(Column.DIALED, dialed.value())
            .with(Column.OPENED, time.of(arrived)));
    call(call, contact, from, dialed, arrived);
  }

  private void call(
      CallId call, ContactId contact, PhoneNumber from, PhoneNumber dialed, Instant arrived) {
    add(
        RowChange.insert(Table.CONTACT_CALL)
            .with(Column.CALL, call.value())
            .with(Column.CONTACT, contact.value())
            .with(Column.FROM_NUMBER, from.value())
            .with(Column.DIALED, dialed.value())
            .with(Column.OPENED, time.of(arrived)));
  }

  private void ended(CallEnded e) {
    String how = e.seen() ? HUNG_UP : PBX_FAULT;
    end(e.contact(), Segment.SCRIPT, time.of(e.ended()), how);
    end(e.contact(), Segment.DIAL, time.of(e.ended()), how);
    add(
        RowChange.update(Table.CONTACT_CALL)
            .where(Column.CALL, e.call().value())
            .where(Column.CONTACT, e.contact().value())
            .set(Column.ENDED, time.of(e.ended()))
            .set(Column.OUTCOME, how));
  }

  // ── Contacts ────────────────────────────────────────────────────────────────────────────────

  private void on(ContactEvent event, long number) {
    switch (event) {
      case ContactIdentified e ->
          add(
              contact(e.contact())
                  .set(
                      Column.CUSTOMER,
                      e.matches().size() == 1
                          ? e.matches().getFirst().customer().id()
                          : Missing.NOTHING));
      case CustomerChosen e -> chosen(e, number);
      case ScriptWalked e -> walked(e, number);
      case TaskOpened e -> opened(e);
      case ContactQueued e -> queued(e, number);
      case ContactMoved e -> moved(e, number);
      case ContactLeft e -> left(e);
      case ContactReset e -> {
        end(e.contact(), Segment.SCRIPT, now, BROKEN_OFF);
        end(e.contact(), Segment.QUEUE, now, BROKEN_OFF);
        end(e.contact(), Segment.PARK, now, BROKEN_OFF);
      }
      case ContactParked e ->
          add(segment(e.contact(), Segment.PARK, number, now).with(Column.AGENT, e.by().value()));
      case ContactPickedUp e -> add(contact(e.contact()).atLeast(Column.STAYS, e.stay()));
      case ContactUnparked e ->
          end(e.contact(), Segment.PARK, whenUnparked(e.contact()), e.end().name());
      case ContactOffered e -> offered(e);
      case PriorityBoosted(var contact, var by, var points) ->
          noted(number, by.value(), Deed.RAISED_CONTACT, "%s by %d".formatted(contact, points));
      case OfferEnded e ->
          add(
              change(e.contact(), Segment.OFFER, e.offer().value())
                  .set(Column.ENDED, now)
                  .set(Column.OUTCOME, e.end().name()));
      case ContactAnswered e -> answered(e);
      case TalkEnded e -> talkEnded(e);
      case WrapUpBegan e ->
          add(
              segment(e.contact(), Segment.WRAP_UP, e.stay(), time.of(e.since()))
                  .with(Column.STAY, (long) e.stay())
                  .with(Column.QUEUE, e.queue().value())
                  .with(Column.AGENT, e.agent().value()));
      case WrapUpDone e -> wrapUpDone(e);
      case SurveyAnswered e -> surveyed(e, number);
      case ContactEvent.RecordingNoticeGiven e ->
          add(
              segment(e.contact(), Segment.NOTICE, number, now.minus(e.took()))
                  .with(Column.ENDED, now)
                  .with(Column.OUTCOME, e.answer().name())
                  .with(Column.DETAIL, e.script() + " " + e.language().tag()));
      case FallbackTalked e ->
          add(
              segment(e.contact(), Segment.FALLBACK, number, time.of(e.answered()))
                  .with(Column.ENDED, time.of(e.ended()))
                  .with(Column.OUTCOME, ANSWERED)
                  .with(Column.DETAIL, e.phone()));
      case ContactClosed e ->
          add(
              contact(e.contact())
                  .set(Column.ENDED, time.of(e.closed()))
                  .set(Column.OUTCOME, e.outcome().name()));
      case ContactEvent.DialProgressed e -> dialed(e, number);
      case ContactEvent.PriorityChanged _,
          ContactEvent.Announced _,
          ContactEvent.CustomerAsked _,
          ContactEvent.ContactCutOff _,
          ContactEvent.ContactTransferred _,
          ContactEvent.ContactReturned _,
          ContactEvent.ContactParkedAgain _,
          ContactEvent.ParkTimed _,
          ContactEvent.OfferRinging _,
          ContactEvent.ScriptResumed _,
          ContactEvent.TalkRecordingAsked _,
          ContactEvent.DraftKept _ -> {}
    }
  }

  private void dialed(ContactEvent.DialProgressed e, long number) {
    switch (e.progress()) {
      case INITIATED, PROMPTING -> {}
      case RINGING -> add(segment(e.contact(), Segment.DIAL, number, now));
      case REACHED, BUSY, NO_ANSWER, FAILED ->
          end(e.contact(), Segment.DIAL, now, e.progress().name());
    }
  }

  private void chosen(CustomerChosen e, long number) {
    Object customer =
        e.customer().isNobody() ? Missing.NOTHING : (Object) e.customer().customer().id();
    add(contact(e.contact()).set(Column.CUSTOMER, customer));
    noted(number, e.agent().value(), Deed.CHOSE_CUSTOMER, "contact " + e.contact());
    add(
        RowChange.insert(Table.CUSTOMER_CHOICE)
            .with(Column.CONTACT, e.contact().value())
            .with(Column.NUMBER, number)
            .with(Column.AT, now)
            .with(Column.AGENT, e.agent().value())
            .with(Column.CUSTOMER, customer));
  }

  /// Its end and the call's are told in either order: who hung up in it has done so in both.
  private void walked(ScriptWalked e, long number) {
    add(
        openOne(e.contact(), Segment.SCRIPT)
            .set(Column.ENDED, now)
            .set(Column.OUTCOME, e.ending())
            .set(Column.DETAIL, e.script()));
    add(
        RowChange.insert(Table.SCRIPT_RUN)
            .with(Column.CONTACT, e.contact().value())
            .with(Column.NUMBER, number)
            .with(Column.AT, now)
            .with(Column.SCRIPT, e.script())
            .with(Column.VERSION, (long) e.version())
            .with(Column.ENDING, e.ending())
            .with(Column.LAST, e.last())
            .with(Column.EDGES, lines(e.edges(), Column.EDGES)));
    String path =
        e.trail().stream()
            .map(one -> one.choice().isEmpty() ? one.step() : one.step() + "=" + one.choice())
            .collect(Collectors.joining(RowChange.SEPARATOR));
    if (!path.isEmpty()) add(contact(e.contact()).append(Column.PATH, path));
  }

  /// As many whole lines as the column has room for.
  private static String lines(List<String> all, Column column) {
    int most = column.type() instanceof Column.Type.Text(var room) ? room : 0;
    var text = new StringBuilder();
    for (String line : all) {
      if (text.length() + line.length() + 1 > most) break;
      if (!text.isEmpty()) text.append('\n');
      text.append(line);
    }
    return text.toString();
  }

  private static Object known(Optional<Long> customer) {
    return customer.isPresent() ? customer.get() : Missing.NOTHING;
  }

  private void opened(TaskOpened e) {
    Task task = e.task();
    Object customer = known(task.customer());
    Instant created = time.of(task.created());
    add(
        RowChange.insert(Table.CONTACT)
            .with(Column.ID, e.contact().value())
            .with(Column.KIND, task.kind().word())
            .with(Column.CALL, task.call().value())
            .with(Column.CUSTOMER, customer)
            .with(Column.FROM_NUMBER, task.number())
            .with(Column.DIALED, task.dialed().value())
            .with(Column.OPENED, created));
    add(
        RowChange.insert(Table.TASK)
            .with(Column.CONTACT, e.contact().value())
            .with(Column.ID, task.id())
            .with(Column.KIND, task.kind().word())
            .with(Column.QUEUE, task.queue().value())
            .with(Column.CUSTOMER, customer)
            .with(Column.NAME, task.name())
            .with(Column.FROM_NUMBER, task.number())
            .with(Column.RECORDING, task.recording())
            .with(Column.SECONDS, (long) task.seconds())
            .with(Column.CALL, task.call().value())
            .with(Column.CREATED, created));
  }

  // ── In the queues ───────────────────────────────────────────────────────────────────────────

  private void queued(ContactQueued e, long number) {
    Instant since = time.of(e.since());
    Instant began = heardOfLate(e) ? notBeforeTheirCall(e, since) : now;
    // A script whose last word was lost is over too.
    end(e.contact(), Segment.SCRIPT, began, BROKEN_OFF);
    inQueue(e.contact(), e.stay(), e.queue().value(), number, began);
    add(
        contact(e.contact())
            .set(Column.QUEUE, e.queue().value())
            .first(Column.FIRST_QUEUED, since)
            .atLeast(Column.STAYS, e.stay()));
  }

  private void inQueue(ContactId contact, int stay, String queue, long number, Instant began) {
    add(
        segment(contact, Segment.QUEUE, number, began)
            .with(Column.STAY, (long) stay)
            .with(Column.QUEUE, queue));
  }

  /// Whether the turn tells of a call that nobody has seen come, or go. Else the wait goes on from
  /// now, also for who was away and comes back.
  private boolean heardOfLate(ContactQueued queued) {
    return turn.events().stream()
        .anyMatch(
            event ->
                switch (event) {
                  case CallArrived e -> e.contact().equals(queued.contact());
                  case CallJoined e -> e.contact().equals(queued.contact());
                  case CallEnded e -> e.contact().equals(queued.contact());
                  default -> false;
                });
  }

  /// Who was cut off, and has called again, waits with their age, but was away for a while.
  private Instant notBeforeTheirCall(ContactQueued queued, Instant since) {
    return turn.events().stream()
        .filter(event -> event instanceof CallJoined e && e.contact().equals(queued.contact()))
        .map(event -> time.of(((CallJoined) event).arrived()))
        .filter(since::isBefore)
        .findFirst()
        .orElse(since);
  }

  private void moved(ContactMoved e, long number) {
    add(
        openOne(e.contact(), Segment.QUEUE)
            .set(Column.ENDED, now)
            .set(Column.OUTCOME, MOVED)
            .set(Column.WAITED, millis(e.waited()))
            .set(Column.IN_TIME, e.inTime())
            .set(Column.DETAIL, "%s: %s".formatted(e.cause(), e.to())));
    inQueue(e.contact(), e.stay(), e.to().value(), number, now);
    add(contact(e.contact()).set(Column.QUEUE, e.to().value()));
  }

  /// With its call, where the turn tells of its end.
  private Instant whenUnparked(ContactId contact) {
    return turn.events().stream()
        .filter(event -> event instanceof CallEnded over && over.contact().equals(contact))
        .map(event -> time.of(((CallEnded) event).ended()))
        .findFirst()
        .orElse(now);
  }

  private void left(ContactLeft e) {
    // Whoever was picked up has waited in no queue.
    if (e.end() == StayEnd.PARKED) return;
    long waited = millis(e.waited());
    Changed stay =
        openOne(e.contact(), Segment.QUEUE)
            .set(Column.ENDED, time.of(FiguresFold.left(turn, e)))
            .set(Column.OUTCOME, e.end().name())
            .set(Column.WAITED, waited)
            .set(Column.IN_TIME, e.inTime());
    divertedTo(e.contact()).ifPresent(to -> stay.set(Column.DETAIL, to));
    add(stay);
    add(contact(e.contact()).add(Column.WAITED, waited));
  }

  private Optional<String> divertedTo(ContactId contact) {
    return turn.events().stream()
        .filter(event -> event instanceof CallDiverted to && to.contact().equals(contact))
        .map(event -> ((CallDiverted) event).target())
        .findFirst();
  }

  // ── Offers, talks, wrap-up ──────────────────────────────────────────────────────────────────

  private void offered(ContactOffered e) {
    add(
        segment(e.contact(), Segment.OFFER, e.offer().value(), now)
            .with(Column.STAY, (long) e.stay())
            .with(Column.QUEUE, e.queue().value())
            .with(Column.AGENT, e.agent().value()));
  }

  private void answered(ContactAnswered e) {
    Instant answered = time.of(e.answered());
    long waited = millis(e.waited());
    add(
        openOne(e.contact(), Segment.QUEUE)
            .set(Column.ENDED, answered)
            .set(Column.OUTCOME, ANSWERED)
            .set(Column.AGENT, e.agent().value())
            .set(Column.WAITED, waited)
            .set(Column.IN_TIME, e.inTime()));
    if (e.offer().isEmpty()) found(e, answered);
    else {
      add(
          change(e.contact(), Segment.OFFER, e.offer().get().value())
              .set(Column.ENDED, answered)
              .set(Column.OUTCOME, ANSWERED));
    }
    add(
        segment(e.contact(), Segment.TALK, e.stay(), answered)
            .with(Column.STAY, (long) e.stay())
            .with(Column.QUEUE, e.queue().value())
            .with(Column.AGENT, e.agent().value())
            .with(Column.WAITED, waited)
            .with(Column.IN_TIME, e.inTime()));
    add(
        contact(e.contact())
            .set(Column.QUEUE, e.queue().value())
            .set(Column.AGENT, e.agent().value())
            .first(Column.FIRST_ANSWERED, answered)
            .atLeast(Column.STAYS, e.stay())
            .add(Column.TALKS, 1)
            .add(Column.WAITED, waited));
  }

  /// Nobody saw the agent take it: on the offer that was out to them, or out of a script.
  private void found(ContactAnswered e, Instant answered) {
    add(
        openOne(e.contact(), Segment.OFFER)
            .where(Column.AGENT, e.agent().value())
            .set(Column.ENDED, answered)
            .set(Column.OUTCOME, ANSWERED));
    end(e.contact(), Segment.SCRIPT, answered, BROKEN_OFF);
  }

  private void talkEnded(TalkEnded e) {
    Instant ended = time.of(e.ended());
    end(e.contact(), Segment.HOLD, ended, ENDED);
    if (!e.held().isZero()) ofTheTalk(e);
    Changed talk =
        change(e.contact(), Segment.TALK, e.stay())
            .set(Column.ENDED, ended)
            .set(Column.OUTCOME, e.end().name());
    if (!e.to().isEmpty()) talk.set(Column.DETAIL, e.to());
    add(talk);
    add(contact(e.contact()).add(Column.TALKED, millis(Duration.between(e.since(), e.ended()))));
    if (e.end() == TalkEnd.DONE) {
      add(
          RowChange.update(Table.TASK)
              .where(Column.CONTACT, e.contact().value())
              .first(Column.CLOSED, ended)
              .set(Column.AGENT, e.agent().value()));
    }
  }

  /// The holds since the last talk were in this one.
  private void ofTheTalk(TalkEnded e) {
    add(
        RowChange.update(Table.SEGMENT)
            .where(Column.CONTACT, e.contact().value())
            .where(Column.KIND, Segment.HOLD.name())
            .where(Column.STAY, 0L)
            .set(Column.STAY, (long) e.stay())
            .set(Column.QUEUE, e.queue().value()));
  }

  /// Where there was nothing to wrap up and nothing was said, there is no segment.
  private void wrapUpDone(WrapUpDone e) {
    // One that has begun in this turn is over with it.
    if (e.end() == WrapUpEnd.NONE && e.draft().equals(Draft.NONE)) {
      add(
          change(e.contact(), Segment.WRAP_UP, e.stay())
              .set(Column.ENDED, now)
              .set(Column.OUTCOME, e.end().name()));
      return;
    }
    add(
        segment(e.contact(), Segment.WRAP_UP, e.stay(), time.of(e.since()))
            .with(Column.STAY, (long) e.stay())
            .with(Column.QUEUE, e.queue().value())
            .with(Column.AGENT, e.agent().value()));
    add(
        change(e.contact(), Segment.WRAP_UP, e.stay())
            .set(Column.ENDED, now)
            .set(Column.OUTCOME, e.end().name())
            .set(Column.DISPOSITION, e.draft().disposition())
            .set(Column.NOTE, e.draft().note()));
    if (isDone(e)) {
      add(
          RowChange.update(Table.TASK)
              .where(Column.CONTACT, e.contact().value())
              .set(Column.NOTE, e.draft().note()));
    }
  }

  /// Whether it is of work that is done with it.
  private boolean isDone(WrapUpDone done) {
    return turn.events().stream()
        .anyMatch(
            event ->
                event instanceof TalkEnded e
                    && e.end() == TalkEnd.DONE
                    && e.contact().equals(done.contact()));
  }

  private void surveyed(SurveyAnswered e, long number) {
    add(
        RowChange.insert(Table.SURVEY_ANSWER)
            .with(Column.CONTACT, e.contact().value())
            .with(Column.NUMBER, number)
            .with(Column.AT, now)
            .with(Column.QUEUE, e.queue().map(queue -> queue.value()).orElse(""))
            .with(Column.AGENT, e.agent().map(agent -> agent.value()).orElse(""))
            .with(Column.QUESTION, e.question())
            .with(Column.SCORE, (long) e.score())
            .with(Column.MOST, (long) e.most()));
  }

  // ── The center ──────────────────────────────────────────────────────────────────────────────

  private void on(CenterEvent event, long number) {
    switch (event) {
      case TicketOpened(var ticket) -> opened(ticket);
      case Noted(var who, var what, var about) -> noted(number, who, what, about);
      default -> {}
    }
  }

  private void noted(long number, String who, Deed what, String about) {
    add(
        RowChange.insert(Table.AUDIT)
            .with(Column.AT, now)
            .with(Column.NUMBER, number)
            .with(Column.WHO, who)
            .with(Column.WHAT, what.word())
            .with(Column.ABOUT, about));
  }

  private void opened(Ticket ticket) {
    add(
        RowChange.insert(Table.TICKET)
            .with(Column.NUMBER, ticket.id())
            .with(Column.CUSTOMER, known(ticket.customer()))
            .with(Column.SUBJECT, ticket.subject())
            .with(Column.PRIORITY, ticket.priority())
            .with(Column.STATUS, ticket.status())
            .with(Column.RECORDING, ticket.recording())
            .with(Column.CALL, ticket.call())
            .with(Column.CREATED, time.of(ticket.created())));
  }

  private void figures() {
    FiguresFold.counted(turn).forEach(one -> FigureRows.add(one, changes));
  }

  // ── Rows ────────────────────────────────────────────────────────────────────────────────────

  private void add(NewRow row) {
    changes.add(row.change());
  }

  private void add(Changed change) {
    changes.add(change.change());
  }

  private static Changed contact(ContactId id) {
    return RowChange.update(Table.CONTACT).where(Column.ID, id.value());
  }

  private static NewRow segment(ContactId contact, Segment kind, long number, Instant began) {
    return RowChange.insert(Table.SEGMENT)
        .with(Column.CONTACT, contact.value())
        .with(Column.KIND, kind.name())
        .with(Column.NUMBER, number)
        .with(Column.BEGAN, began);
  }

  private static Changed change(ContactId contact, Segment kind, long number) {
    return RowChange.update(Table.SEGMENT)
        .where(Column.CONTACT, contact.value())
        .where(Column.KIND, kind.name())
        .where(Column.NUMBER, number);
  }

  private static Changed openOne(ContactId contact, Segment kind) {
    return RowChange.update(Table.SEGMENT)
        .where(Column.CONTACT, contact.value())
        .where(Column.KIND, kind.name())
        .open();
  }

  private void end(ContactId contact, Segment kind, Instant ended, String outcome) {
    add(openOne(contact, kind).set(Column.ENDED, ended).set(Column.OUTCOME, outcome));
  }

  private static long millis(Duration time) {
    return Math.max(time.toMillis(), 0);
  }
}
