package org.switchroom.cti.contact;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.ContactKind;
import org.switchroom.acd.OfferId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.contact.ContactState.Away;
import org.switchroom.cti.contact.ContactState.Closed;
import org.switchroom.cti.contact.ContactState.CutOff;
import org.switchroom.cti.contact.ContactState.Handled;
import org.switchroom.cti.contact.ContactState.Handling;
import org.switchroom.cti.contact.ContactState.Offer;
import org.switchroom.cti.contact.ContactState.Offered;
import org.switchroom.cti.contact.ContactState.Parked;
import org.switchroom.cti.contact.ContactState.Queued;
import org.switchroom.cti.contact.ContactState.Selecting;
import org.switchroom.cti.event.CallEvent.CallArrived;
import org.switchroom.cti.event.CallEvent.CallMade;
import org.switchroom.cti.event.CallEvent.ConsultationBegan;
import org.switchroom.cti.event.ContactEvent;
import org.switchroom.cti.event.ContactEvent.Announced;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.ContactCutOff;
import org.switchroom.cti.event.ContactEvent.ContactIdentified;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.ContactMoved;
import org.switchroom.cti.event.ContactEvent.ContactOffered;
import org.switchroom.cti.event.ContactEvent.ContactParked;
import org.switchroom.cti.event.ContactEvent.ContactParkedAgain;
import org.switchroom.cti.event.ContactEvent.ContactPickedUp;
import org.switchroom.cti.event.ContactEvent.ContactQueued;
import org.switchroom.cti.event.ContactEvent.ContactReset;
import org.switchroom.cti.event.ContactEvent.ContactReturned;
import org.switchroom.cti.event.ContactEvent.ContactTransferred;
import org.switchroom.cti.event.ContactEvent.ContactUnparked;
import org.switchroom.cti.event.ContactEvent.CustomerAsked;
import org.switchroom.cti.event.ContactEvent.CustomerChosen;
import org.switchroom.cti.event.ContactEvent.DialProgressed;
import org.switchroom.cti.event.ContactEvent.DraftKept;
import org.switchroom.cti.event.ContactEvent.FallbackTalked;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.ContactEvent.OfferRinging;
import org.switchroom.cti.event.ContactEvent.ParkTimed;
import org.switchroom.cti.event.ContactEvent.PriorityBoosted;
import org.switchroom.cti.event.ContactEvent.PriorityChanged;
import org.switchroom.cti.event.ContactEvent.RecordingNoticeGiven;
import org.switchroom.cti.event.ContactEvent.ScriptResumed;
import org.switchroom.cti.event.ContactEvent.ScriptWalked;
import org.switchroom.cti.event.ContactEvent.SurveyAnswered;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactEvent.TalkRecordingAsked;
import org.switchroom.cti.event.ContactEvent.TaskOpened;
import org.switchroom.cti.event.ContactEvent.WrapUpBegan;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.Heard;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.CallerName;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.TalkLimit;
import org.switchroom.cti.task.Task;
import org.switchroom.ivr.NoticeAnswer;

/// What one customer wants, and how far it is.
///
/// @param call by which the caller is reached, or was last; empty: there was none
/// @param task empty: it is a call
/// @param boost points that a supervisor has added
/// @param stays how many there were
/// @param diversions how often it was sent out of the queues
/// @param talks how many agents had it
/// @param heard what was said while it waits
/// @param about the contact whose agent asks somebody in this one, where it is such a consultation;
///   empty: it is a customer's
/// @param outbound the number outside that an agent has called by it, or asks; empty: it came in,
///   or is a colleague's
/// @param notice what came of telling the caller that their talk is recorded; a refusal stands.
///   Empty: nobody has told them
/// @param recordingPaused whether recordings of their talks begin paused
/// @param handover who has given it away last, to whoever has it now or next; empty: nobody did
public record Contact(
    ContactId id,
    Optional<CallId> call,
    Optional<Task> task,
    Arrival arrival,
    Identity identity,
    ScriptWalk script,
    int boost,
    int stays,
    int diversions,
    int talks,
    Heard heard,
    Optional<ContactId> about,
    Optional<Outbound> outbound,
    Optional<NoticeAnswer> notice,
    boolean recordingPaused,
    Optional<Handover> handover,
    ContactState state) {
  public static Contact of(CallArrived e) {
    return begun(
        e.contact(),
        Optional.of(e.call()),
        Optional.empty(),
        new Arrival(e.from(), e.name(), e.dialed(), e.arrived()),
        Optional.empty(),
        new Selecting(Optional.empty(), e.arrived()));
  }

  /// @param at when the agent wanted it
  public static Contact of(CallMade e, Instant at) {
    return begun(
        e.contact(),
        Optional.of(e.call()),
        Optional.empty(),
        new Arrival(e.from(), CallerName.NONE, e.shown(), at),
        Optional.of(Outbound.of(e.agent(), e.from().value(), e.limit(), at)),
        new Selecting(Optional.empty(), at));
  }

  public static Contact of(TaskOpened e) {
    Task task = e.task();
    var from = new PhoneNumber(task.number());
    return begun(
        e.contact(),
        Optional.empty(),
        Optional.of(task),
        new Arrival(from, CallerName.NONE, task.dialed(), task.created()),
        Optional.empty(),
        new Selecting(Optional.of(QueueRequest.of(task.queue())), task.created()));
  }

  private static Contact begun(
      ContactId id,
      Optional<CallId> call,
      Optional<Task> task,
      Arrival arrival,
      Optional<Outbound> outbound,
      ContactState state) {
    return new Contact(
        id,
        call,
        task,
        arrival,
        Identity.UNKNOWN,
        ScriptWalk.NONE,
        0,
        0,
        0,
        0,
        Heard.NOTHING,
        Optional.empty(),
        outbound,
        Optional.empty(),
        false,
        Optional.empty(),
        state);
  }

  /// What follows from an event. Each is only made where it fits; of another build's ledger one may
  /// come that does not, and changes what there is to change: what it says of its stay itself is
  /// believed.
  public Contact on(ContactEvent event, Instant at) {
    return switch (event) {
      case ContactIdentified(_, var found) -> with(identity.found(found));
      case CustomerChosen(_, _, var card) -> card.isNobody() ? this : with(identity.chose(card));
      case ScriptWalked e -> with(script.and(e)).with(chose(e.chosen(), at));
      case ScriptResumed _ -> with(script.resumed());
      case TaskOpened _, CustomerAsked _ -> this;
      case DialProgressed e -> dialed(outbound.map(one -> one.at(e.progress(), at)));
      case RecordingNoticeGiven e -> noticed(refusesRecording() ? notice.get() : e.answer());
      case TalkRecordingAsked e -> asked(e.pause());
      // Whatever its script dialed: that it waits is what came of it.
      case ContactQueued e ->
          stays(Math.max(stays, e.stay()))
              .pickedUp(Optional.empty())
              .with(script.resumed())
              .with(
                  new Queued(new Stay(e.stay(), e.queue(), e.since(), e.request(), e.priority())));
      case ContactMoved e -> inStay(stay -> stay.in(e.to()));
      case PriorityChanged(_, _, var points) -> inStay(stay -> stay.with(points));
      case PriorityBoosted(_, _, var points) -> boosted(points);
      case Announced(_, var what) -> heard(what);
      case ContactLeft e -> left(e, at).heard(Heard.NOTHING);
      case ContactCutOff e -> cutOff(e);
      case ContactReset e ->
          heard(Heard.NOTHING)
              .pickedUp(Optional.empty())
              .with(new Selecting(e.chosen(), e.since()));
      case ContactOffered e -> stays(Math.max(stays, e.stay())).with(offered(e, at));
      case OfferRinging _ -> this;
      case OfferEnded e -> with(offerEnded(e.offer()));
      case ContactAnswered e ->
          stays(Math.max(stays, e.stay()))
              .talked()
              .heard(Heard.NOTHING)
              .with(new Handling(answered(e), e.agent(), e.leg(), e.answered()));
      case TalkEnded e -> stays(Math.max(stays, e.stay())).kept().with(talkEnded(e));
      case ContactTransferred e ->
          given(new Handover(e.by(), e.why(), e.draft())).with(chose(e.to(), at));
      case ContactReturned e ->
          given(
                  new Handover(
                      e.by(),
                      "",
                      e.draft(),
                      Optional.of(new Handover.WasOnHold(e.talked(), e.held())),
                      Optional.empty()))
              .with(chose(Optional.of(e.to()), at));
      case ContactParked e -> parked(e, at);
      case ParkTimed e -> parking(one -> one.until(e.until()));
      case ContactPickedUp e ->
          stays(Math.max(stays, e.stay()))
              .pickedUp(Optional.of(e.agent()))
              .with(new Queued(new Stay(e.stay(), e.queue(), at, e.request(), e.priority())));
      case ContactParkedAgain _ -> pickedUp(Optional.empty()).with(parkedAgain());
      case ContactUnparked e -> with(unparked(e, at));
      case WrapUpBegan _, DraftKept _, WrapUpDone _, SurveyAnswered _, FallbackTalked _ -> this;
      case ContactClosed e -> with(new Closed(e.outcome(), e.closed(), stay()));
    };
  }

  private Contact parked(ContactParked e, Instant at) {
    if (!(state instanceof Handled h)) return this;
    var parked = new Handover.Parked(at, e.until(), Optional.empty());
    return given(new Handover(e.by(), e.why(), e.draft()).with(parked)).with(new Parked(h.stay()));
  }

  private Contact parking(UnaryOperator<Handover.Parked> change) {
    return handover
        .flatMap(by -> by.parked().map(one -> given(by.with(change.apply(one)))))
        .orElse(this);
  }

  private Contact pickedUp(Optional<AgentId> agent) {
    return parking(one -> one.by(agent));
  }

  private ContactState parkedAgain() {
    return parking().isPresent() && !closed()
        ? stay().<ContactState>map(Parked::new).orElse(state)
        : state;
  }

  /// Who waits for the agent who picked them up is with that agent next.
  private ContactState unparked(ContactUnparked e, Instant at) {
    return switch (state) {
      case Parked(var stay) -> new Away(stay, at, e.end().left(), Optional.empty());
      case Away(var stay, _, _, var chosen) -> new Away(stay, at, e.end().left(), chosen);
      case Selecting _, Queued _, Offered _, Handling _, Handled _, CutOff _, Closed _ -> state;
    };
  }

  private Stay answered(ContactAnswered e) {
    return stay()
        .filter(before -> before.number() == e.stay())
        .orElseGet(() -> Stay.told(e.stay(), e.queue(), e.answered().minus(e.waited())));
  }

  private ContactState chose(Optional<QueueRequest> chosen, Instant at) {
    return switch (state) {
      case Selecting _ -> new Selecting(chosen, at);
      case Away(var stay, var since, var why, _) -> new Away(stay, since, why, chosen);
      case Handled h ->
          new Handled(
              h.stay(),
              h.agent(),
              h.since(),
              h.ended(),
              h.end(),
              // The late word of a script that had them before the talk is none about where to.
              chosen.or(h::chosen),
              chosen.isPresent() ? at : h.chosenAt());
      // A script had them all the same, and they have said what they want now.
      case CutOff cut ->
          chosen
              .map(to -> new CutOff(to, cut.since(), cut.last(), cut.agent(), cut.until()))
              .orElse(cut);
      case Queued _, Offered _, Handling _, Parked _, Closed _ -> state;
    };
  }

  private Contact inStay(UnaryOperator<Stay> change) {
    return switch (state) {
      case Queued(var stay) -> with(new Queued(change.apply(stay)));
      case Offered(var stay, var offers) -> with(new Offered(change.apply(stay), offers));
      case Selecting _, Handling _, Away _, Handled _, Parked _, CutOff _, Closed _ -> this;
    };
  }

  /// It is an agent's own call, by which they ask somebody about another contact: what is known of
  /// that is shown to whoever answers.
  public Contact consults(Contact other, ConsultationBegan e, Instant at) {
    return new Contact(
        id,
        call,
        task,
        arrival,
        other.identity,
        other.script,
        boost,
        stays,
        diversions,
        talks,
        heard,
        Optional.of(other.id),
        Optional.of(e.number())
            .filter(number -> !number.isEmpty())
            .map(number -> Outbound.of(e.agent(), number, TalkLimit.UNKNOWN, at)),
        other.notice,
        other.recordingPaused,
        Optional.of(new Handover(e.agent(), e.why(), e.draft())),
        new Selecting(e.to(), at));
  }

  /// It goes on with another call.
  public Contact with(CallId next) {
    return copy(
        Optional.of(next),
        identity,
        script,
        boost,
        stays,
        diversions,
        talks,
        heard,
        handover,
        state);
  }

  /// A caller who was cut off has so much more time to call again, and one who is parked to be
  /// picked up.
  public Contact later(Duration more) {
    if (state instanceof CutOff(var request, var since, var last, var agent, var until)) {
      return with(new CutOff(request, since, last, agent, until.plus(more)));
    }
    return parking(one -> one.until(one.until().plus(more)));
  }

  private Contact left(ContactLeft e, Instant at) {
    Stay stay = stay().orElseGet(() -> Stay.told(e.stay(), e.queue(), at.minus(e.waited())));
    Contact away = e.end() == StayEnd.OVERFLOWED ? diverted() : this;
    return away.with(new Away(stay, at, e.end(), Optional.empty()));
  }

  private Contact cutOff(ContactCutOff e) {
    return wanted()
        .map(
            wanted ->
                with(new CutOff(wanted.request(), wanted.since(), stay(), agent(), e.until())))
        .orElse(this);
  }

  private ContactState offered(ContactOffered e, Instant at) {
    var offers = new ArrayList<>(offers());
    offers.removeIf(one -> one.id().equals(e.offer()));
    offers.add(new Offer(e.offer(), e.agent(), e.leg(), at));
    Stay stay = stay().orElseGet(() -> Stay.told(e.stay(), e.queue(), at));
    return new Offered(stay, List.copyOf(offers));
  }

  private ContactState offerEnded(OfferId offer) {
    if (!(state instanceof Offered(var stay, var offers))) return state;
    List<Offer> left = offers.stream().filter(one -> !one.id().equals(offer)).toList();
    return left.isEmpty() ? new Queued(stay) : new Offered(stay, left);
  }

  private ContactState talkEnded(TalkEnded e) {
    if (closed()) return state;
    return new Handled(
        stay().orElseGet(() -> Stay.told(e.stay(), e.queue(), e.since())),
        e.agent(),
        e.since(),
        e.ended(),
        e.end(),
        Optional.empty(),
        e.ended());
  }

  // ── Looking ─────────────────────────────────────────────────────────────────────────────────

  /// The stay it is in, or was in last.
  public Optional<Stay> stay() {
    return switch (state) {
      case Selecting _ -> Optional.empty();
      case Queued(var stay) -> Optional.of(stay);
      case Offered(var stay, _) -> Optional.of(stay);
      case Handling h -> Optional.of(h.stay());
      case Away away -> Optional.of(away.stay());
      case Handled h -> Optional.of(h.stay());
      case Parked(var stay) -> Optional.of(stay);
      case CutOff cut -> cut.last();
      case Closed closed -> closed.last();
    };
  }

  /// Where the caller wants to be, and since when.
  public record Wanted(QueueRequest request, Instant since) {}

  /// Where it is to wait when its call is lost and the caller calls again: where it waits, or did,
  /// or is on the way to; empty: that is not known, or nobody is waited for any more.
  public Optional<Wanted> wanted() {
    return switch (state) {
      case Selecting(var chosen, var since) -> chosen.map(to -> new Wanted(to, since));
      case Queued(var stay) -> Optional.of(wanted(stay));
      case Offered(var stay, _) -> Optional.of(wanted(stay));
      case Handling h -> Optional.of(wanted(h.stay()));
      case Away(var stay, _, _, var chosen) ->
          Optional.of(chosen.map(to -> new Wanted(to, stay.since())).orElse(wanted(stay)));
      case Handled h ->
          Optional.of(
              h.chosen().map(to -> new Wanted(sentOn(to), h.chosenAt())).orElse(wanted(h.stay())));
      case Parked(var stay) -> Optional.of(wanted(stay));
      case CutOff cut -> Optional.of(new Wanted(cut.request(), cut.since()));
      case Closed _ -> Optional.empty();
    };
  }

  private static Wanted wanted(Stay stay) {
    return new Wanted(stay.request().in(stay.queue()), stay.since());
  }

  /// Where it waits after a talk: the agent who has sent it there does not get it back while others
  /// may have it.
  public QueueRequest sentOn(QueueRequest to) {
    if (!(state instanceof Handled h) || h.end() != TalkEnd.TRANSFERRED) return to;
    return to.sentBy(h.agent(), h.stay().request().in(h.stay().queue()));
  }

  public boolean refusesRecording() {
    return notice.filter(answer -> answer == NoticeAnswer.REFUSED).isPresent();
  }

  /// Whether it is an agent's own call, by which they ask somebody about another.
  public boolean isConsultation() {
    return about.isPresent();
  }

  /// Whether an agent has called somebody by it.
  public boolean isMade() {
    return outbound.isPresent() && about.isEmpty();
  }

  /// Whether an agent has called somebody by it whom nobody has reached (yet).
  public boolean isUnreached() {
    return isMade() && !outbound.get().reached();
  }

  /// Whether the phone of the agent who calls somebody by it is still rung.
  public boolean isPrompting() {
    return isMade() && outbound.get().isPrompting();
  }

  /// Who waits in it, for the router.
  public ContactKind kind() {
    if (ContactEvent.isConsultation(id)) return ContactKind.CONSULTATION;
    return task.isPresent() ? ContactKind.WORK : ContactKind.CALLER;
  }

  /// Whether it waits for an agent, asked or not.
  public boolean waits() {
    return state instanceof Queued || state instanceof Offered;
  }

  public boolean parked() {
    return state instanceof Parked;
  }

  /// Since it was parked, until the talk with whoever has it next is over; empty: it was not.
  public Optional<Handover.Parked> parking() {
    return handover.flatMap(Handover::parked);
  }

  /// Who has picked it up out of the park, and is asked; empty: nobody, or they have it.
  public Optional<AgentId> picker() {
    return waits() ? parking().flatMap(Handover.Parked::pickedUp) : Optional.empty();
  }

  /// Whether it is parked, or was picked up and is not answered yet.
  public boolean inPark() {
    return parked() || picker().isPresent();
  }

  /// Whether this agent has picked it up, and is asked.
  public boolean isPickUp(AgentId agent) {
    return picker().filter(agent::equals).isPresent();
  }

  public boolean closed() {
    return state instanceof Closed;
  }

  /// Who is asked now.
  public List<Offer> offers() {
    return state instanceof Offered(_, var offers) ? offers : List.of();
  }

  public Optional<Offer> offer(OfferId id) {
    return offers().stream().filter(offer -> offer.id().equals(id)).findFirst();
  }

  /// The queue it is in, or was in last.
  public Optional<QueueId> queue() {
    return stay().map(Stay::queue);
  }

  /// The agent who has it, or had it last.
  public Optional<AgentId> agent() {
    return switch (state) {
      case Handling h -> Optional.of(h.agent());
      case Handled h -> Optional.of(h.agent());
      case CutOff cut -> cut.agent();
      case Selecting _, Queued _, Offered _, Away _, Parked _, Closed _ -> Optional.empty();
    };
  }

  public ContactId routed() {
    return Stay.routed(id, Math.max(stay().map(Stay::number).orElse(stays), 1));
  }

  public Optional<Long> customer() {
    if (task.isPresent()) return task.get().customer();
    return identity.card().map(one -> one.customer().id());
  }

  /// The customer's name where known; else the number.
  public String name() {
    if (task.isPresent() && !task.get().name().isEmpty()) return task.get().name();
    return identity.card().map(one -> one.customer().name()).orElse(arrival.from().value());
  }

  /// The customer's tier; empty where they are not known.
  public String tier() {
    return identity.card().map(one -> one.customer().tier()).orElse("");
  }

  // ── Changing ────────────────────────────────────────────────────────────────────────────────

  private Contact with(ContactState other) {
    return copy(call, identity, script, boost, stays, diversions, talks, heard, handover, other);
  }

  private Contact with(Identity known) {
    return copy(call, known, script, boost, stays, diversions, talks, heard, handover, state);
  }

  private Contact with(ScriptWalk walk) {
    return copy(call, identity, walk, boost, stays, diversions, talks, heard, handover, state);
  }

  private Contact boosted(int points) {
    return copy(call, identity, script, points, stays, diversions, talks, heard, handover, state);
  }

  private Contact stays(int count) {
    return copy(call, identity, script, boost, count, diversions, talks, heard, handover, state);
  }

  private Contact diverted() {
    return copy(
        call, identity, script, boost, stays, diversions + 1, talks, heard, handover, state);
  }

  private Contact talked() {
    return copy(
        call, identity, script, boost, stays, diversions, talks + 1, heard, handover, state);
  }

  private Contact given(Handover by) {
    return copy(
        call, identity, script, boost, stays, diversions, talks, heard, Optional.of(by), state);
  }

  /// By whoever it was given to.
  private Contact kept() {
    return copy(
        call, identity, script, boost, stays, diversions, talks, heard, Optional.empty(), state);
  }

  private Contact heard(Heard what) {
    return copy(call, identity, script, boost, stays, diversions, talks, what, handover, state);
  }

  private Contact noticed(NoticeAnswer answer) {
    return told(outbound, Optional.of(answer), recordingPaused);
  }

  private Contact asked(boolean pause) {
    return told(outbound, notice, pause);
  }

  private Contact told(Optional<Outbound> dials, Optional<NoticeAnswer> answer, boolean pause) {
    return new Contact(
        id,
        call,
        task,
        arrival,
        identity,
        script,
        boost,
        stays,
        diversions,
        talks,
        heard,
        about,
        dials,
        answer,
        pause,
        handover,
        state);
  }

  private Contact dialed(Optional<Outbound> progressed) {
    return told(progressed, notice, recordingPaused);
  }

  private Contact copy(
      Optional<CallId> reached,
      Identity known,
      ScriptWalk walk,
      int points,
      int staysNow,
      int diverted,
      int talked,
      Heard told,
      Optional<Handover> by,
      ContactState other) {
    return new Contact(
        id,
        reached,
        task,
        arrival,
        known,
        walk,
        points,
        staysNow,
        diverted,
        talked,
        told,
        about,
        outbound,
        notice,
        recordingPaused,
        by,
        other);
  }
}
