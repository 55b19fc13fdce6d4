package org.switchroom.cti.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Decision;
import org.switchroom.acd.OfferId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.personal.Personal;
import org.switchroom.cti.task.Task;
import org.switchroom.ivr.NoticeAnswer;
import org.switchroom.ivr.Outcome.TrailEntry;
import org.switchroom.ivr.speech.Language;

/// What happened to a contact: what a customer wants, with or without a live call.
///
/// A contact is in a queue for a *stay*, which begins with [ContactQueued] and ends with
/// [ContactAnswered] or [ContactLeft]; its stays are numbered from 1. The time of a stay runs from
/// `since`, whatever offers come to nothing.
public sealed interface ContactEvent extends Event {
  ContactId contact();

  /// Whether it is the contact of an agent's own call, by which they ask somebody about another: it
  /// bears that call's id.
  static boolean isConsultation(ContactId contact) {
    return PbxCommand.Consult.isOwn(new CallId(contact.value()).channel());
  }

  /// Whether it is the contact of a call that an agent has made: it bears that call's id.
  static boolean isMade(ContactId contact) {
    return PbxCommand.MakeCall.isMade(new CallId(contact.value()).channel());
  }

  // ── Who, and what they want ─────────────────────────────────────────────────────────────────

  /// Who it may be: none, one, or several to choose from.
  record ContactIdentified(ContactId contact, @Personal List<CustomerCard> matches)
      implements ContactEvent {}

  /// An agent has said who it is.
  record CustomerChosen(ContactId contact, AgentId agent, @Personal CustomerCard customer)
      implements ContactEvent {}

  /// An agent wants a new customer written down, once: the command is answered when they are, or
  /// cannot be.
  ///
  /// @param from the number that they call from
  record CustomerAsked(
      ContactId contact,
      AgentId agent,
      CommandId command,
      @Personal String name,
      @Personal PhoneNumber from)
      implements ContactEvent {}

  /// A script is over.
  ///
  /// @param ending `queued`, `hung-up` (by the caller), `ended` (by the script), `transferred` or
  ///   `runaway`
  /// @param last the step in which it ended
  /// @param edges the exits taken, `script/step:exit`
  /// @param trail what the caller came by and pressed, for people
  /// @param answers what was collected, by variable
  /// @param chosen where the caller goes now; empty: to no queue
  /// @param resume where it goes on if the number that it dials does not answer, in the scripts'
  ///   own words; empty: nowhere
  record ScriptWalked(
      ContactId contact,
      String script,
      int version,
      String ending,
      String last,
      List<String> edges,
      @Personal List<TrailEntry> trail,
      @Personal Map<String, String> answers,
      Language language,
      Optional<QueueRequest> chosen,
      @Personal String resume)
      implements ContactEvent {}

  /// A caller is led through a script once more: it is told the language they have chosen before,
  /// and where the last one goes on.
  ///
  /// @param visit whose step has asked
  /// @param resume as in [ScriptWalked]; it is told once
  record ScriptResumed(
      ContactId contact,
      CallId call,
      long visit,
      String step,
      Language language,
      @Personal String resume)
      implements ContactEvent {
    /// What the script is told: the language's tag, a blank, and where it goes on.
    public String answer() {
      return language.tag() + " " + resume;
    }
  }

  /// The number outside that an agent has called is further.
  record DialProgressed(ContactId contact, DialProgress progress) implements ContactEvent {}

  /// Work begins that nobody waits for on a line.
  record TaskOpened(ContactId contact, Task task) implements ContactEvent {}

  // ── In the queues ───────────────────────────────────────────────────────────────────────────

  /// A stay begins, or goes on after the contact was away.
  ///
  /// @param since when the wait began: the contact's age
  /// @param priority points of the request, the customer's tier and a supervisor together
  record ContactQueued(
      ContactId contact, int stay, QueueId queue, Instant since, QueueRequest request, int priority)
      implements ContactEvent {}

  /// The router has the contact wait in another queue; the age is kept.
  ///
  /// @param waited the age
  /// @param inTime whether it was within the target of the queue that it leaves
  record ContactMoved(
      ContactId contact,
      int stay,
      QueueId from,
      QueueId to,
      Decision.Cause cause,
      Duration waited,
      boolean inTime)
      implements ContactEvent {}

  /// @param priority points in all
  record PriorityChanged(ContactId contact, int stay, int priority) implements ContactEvent {}

  /// A supervisor has the contact go before others.
  ///
  /// @param points beside what it has; 0: none any more
  record PriorityBoosted(ContactId contact, AgentId by, int points) implements ContactEvent {}

  /// What the waiting caller has been told so far.
  record Announced(ContactId contact, Heard heard) implements ContactEvent {}

  /// The stay is over without an agent.
  ///
  /// @param inTime whether `waited` was within the queue's target
  record ContactLeft(
      ContactId contact, int stay, QueueId queue, StayEnd end, Duration waited, boolean inTime)
      implements ContactEvent {}

  /// The PBX has lost its call, and nobody has hung up: it goes on with the same caller's next one.
  ///
  /// @param until it is closed then
  record ContactCutOff(ContactId contact, Instant until) implements ContactEvent {}

  /// What the ledger tells of it does not fit together, as after another build: it is on the way to
  /// where it waited last, and its call is where the PBX will say. Nobody has it in hand.
  ///
  /// @param chosen where it waits when the PBX holds the caller; empty: not known
  /// @param since when the wait began
  record ContactReset(ContactId contact, Optional<QueueRequest> chosen, Instant since)
      implements ContactEvent {}

  // ── Offers, talks, wrap-up ──────────────────────────────────────────────────────────────────

  /// @param leg that rings for it; empty: there is no phone to ring
  record ContactOffered(
      ContactId contact, int stay, QueueId queue, OfferId offer, AgentId agent, Optional<LegId> leg)
      implements ContactEvent {}

  record OfferRinging(ContactId contact, OfferId offer, AgentId agent) implements ContactEvent {}

  record OfferEnded(ContactId contact, int stay, OfferId offer, AgentId agent, OfferEnd end)
      implements ContactEvent {}

  /// The agent has the contact; the stay is over. With no offer they were found with it.
  ///
  /// @param answered when the talk began; not after the turn
  /// @param inTime whether `waited` was within the queue's target
  /// @param handedOver a colleague gave it to them by the phone's own transfer, or had parked it,
  ///   or they have called somebody: it has waited in no queue, and counts as answered in none
  record ContactAnswered(
      ContactId contact,
      int stay,
      QueueId queue,
      Optional<OfferId> offer,
      AgentId agent,
      Optional<LegId> leg,
      Instant answered,
      Duration waited,
      boolean inTime,
      boolean handedOver)
      implements ContactEvent {
    /// Out of a queue.
    public ContactAnswered(
        ContactId contact,
        int stay,
        QueueId queue,
        Optional<OfferId> offer,
        AgentId agent,
        Optional<LegId> leg,
        Instant answered,
        Duration waited,
        boolean inTime) {
      this(contact, stay, queue, offer, agent, leg, answered, waited, inTime, false);
    }
  }

  /// @param since when the talk had begun
  /// @param ended not after the turn
  /// @param held for how long of it the caller was on hold, all holds together
  /// @param to the number it was given to; empty: to nobody, or that is not known
  record TalkEnded(
      ContactId contact,
      int stay,
      QueueId queue,
      AgentId agent,
      Instant since,
      Instant ended,
      Duration held,
      TalkEnd end,
      @Personal String to)
      implements ContactEvent {
    /// One that nobody was given.
    public TalkEnded(
        ContactId contact,
        int stay,
        QueueId queue,
        AgentId agent,
        Instant since,
        Instant ended,
        Duration held,
        TalkEnd end) {
      this(contact, stay, queue, agent, since, ended, held, end, "");
    }
  }

  /// Its agent gives it away by the desk; their talk has ended with it.
  ///
  /// @param to where it is to wait; empty: in no queue
  /// @param why for whoever has it next; empty: nothing was said
  /// @param draft what the agent had typed, for whoever has it next
  record ContactTransferred(
      ContactId contact, AgentId by, Optional<QueueRequest> to, @Personal String why, Draft draft)
      implements ContactEvent {
    /// Of another build's ledger one may come without a draft.
    public ContactTransferred {
      draft = Objects.requireNonNullElse(draft, Draft.NONE);
    }
  }

  /// The caller was on hold for too long, and goes back to the queue; the talk has ended with it.
  ///
  /// @param to where it is to wait
  /// @param talked how long the talk was, the hold included
  /// @param held how long the hold was
  /// @param draft what the agent had typed, for whoever has it next
  record ContactReturned(
      ContactId contact, AgentId by, QueueRequest to, Duration talked, Duration held, Draft draft)
      implements ContactEvent {}

  /// Its agent parks the caller (CSTA Park Call); the talk has ended with it.
  ///
  /// @param until when they go back to the queue if nobody has picked them up
  /// @param why for whoever picks them up; empty: nothing was said
  /// @param draft what the agent had typed, for whoever picks them up
  record ContactParked(
      ContactId contact, AgentId by, Instant until, @Personal String why, Draft draft)
      implements ContactEvent {}

  /// They go back at another time.
  record ParkTimed(ContactId contact, Instant until) implements ContactEvent {}

  /// An agent picks up who is parked (CSTA Directed Pickup Call), and is offered them, whatever
  /// else they were ready for. A stay begins, for them alone.
  record ContactPickedUp(
      ContactId contact, int stay, QueueId queue, AgentId agent, QueueRequest request, int priority)
      implements ContactEvent {}

  /// The agent who picked them up has not answered: they are parked as before. The stay has ended.
  record ContactParkedAgain(ContactId contact) implements ContactEvent {}

  /// They are parked no more.
  record ContactUnparked(ContactId contact, ParkEnd end) implements ContactEvent {}

  /// @param since when the talk ended
  /// @param until when it ends by itself; empty: it does not
  /// @param dispositionNeeded whether it ends only with one
  record WrapUpBegan(
      ContactId contact,
      int stay,
      QueueId queue,
      AgentId agent,
      Instant since,
      Optional<Instant> until,
      boolean dispositionNeeded)
      implements ContactEvent {}

  /// What the agent has typed so far.
  record DraftKept(ContactId contact, AgentId agent, Draft draft) implements ContactEvent {}

  /// The agent's part is over.
  ///
  /// @param since when the wrap-up began; the turn's time where there was none to do
  /// @param draft what they have said of it; [Draft#NONE]: nothing
  record WrapUpDone(
      ContactId contact,
      int stay,
      QueueId queue,
      AgentId agent,
      Instant since,
      WrapUpEnd end,
      Draft draft)
      implements ContactEvent {}

  /// A script has told the caller that their talk is recorded, to the end, or they have refused.
  ///
  /// @param script with its version, and the step in it
  /// @param took from its beginning to the answer
  record RecordingNoticeGiven(
      ContactId contact, NoticeAnswer answer, String script, Language language, Duration took)
      implements ContactEvent {}

  /// A script wants recordings of the caller's talks to begin paused, or not any more.
  record TalkRecordingAsked(ContactId contact, boolean pause) implements ContactEvent {}

  /// @param queue of the last talk; empty: there was none
  /// @param agent who had it; empty: nobody
  /// @param score from 1 to `most`
  record SurveyAnswered(
      ContactId contact,
      Optional<QueueId> queue,
      Optional<AgentId> agent,
      String question,
      int score,
      int most)
      implements ContactEvent {}

  /// The PBX's own fallback queue had the caller talk to somebody.
  ///
  /// @param phone that answered; empty: not known
  record FallbackTalked(ContactId contact, String phone, Instant answered, Instant ended)
      implements ContactEvent {}

  /// Nobody is there any more who wants it. Agents may still wrap it up.
  ///
  /// @param closed not after the turn
  record ContactClosed(ContactId contact, ContactOutcome outcome, Instant closed)
      implements ContactEvent {}
}
