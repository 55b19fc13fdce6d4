package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.BlockedCaller;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.CallerName;
import org.switchroom.cti.pbx.KeyedDigits;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.Supervision;
import org.switchroom.cti.task.Task;
import org.switchroom.ivr.NoticeAnswer;
import org.switchroom.ivr.Outcome.TrailEntry;
import org.switchroom.ivr.speech.Language;

/// What comes in: pure data. Nobody waits inside one; what came of it goes out as events that carry
/// its name. The engine's thread gives it its time.
public sealed interface Input {
  /// The first of every run, before anything else.
  ///
  /// @param epoch of the run
  /// @param alive when the last run said last that it lived; empty: it is not known
  /// @param kept what stands in the database, which may be older than the ledger
  record Start(long epoch, CenterSettings settings, Optional<Instant> alive, Kept kept)
      implements Input {
    /// After one of which only its turns are known.
    public Start(long epoch, CenterSettings settings) {
      this(epoch, settings, Optional.empty(), Kept.NOTHING);
    }
  }

  /// What the history knows from before, for a ledger that begins anew.
  ///
  /// @param lastNumber greatest of a ticket or a task; 0: there is none
  /// @param openTasks nobody has done them; the oldest first
  record Kept(long lastNumber, List<Task> openTasks) {
    public static final Kept NOTHING = new Kept(0, List.of());
  }

  record FromPbx(PbxEvent fact) implements Input {}

  /// Everything as it is to be from now on, while calls wait.
  record Configured(CenterSettings settings) implements Input {}

  /// Whose calls are not taken from now on: all of them. Told after each start, and when there are
  /// others.
  record CallersBlocked(List<BlockedCaller> all) implements Input {
    public CallersBlocked {
      all = List.copyOf(all);
    }
  }

  /// Somebody did or saw something that the audit keeps.
  record Note(String who, Deed what, String about) implements Input {}

  /// Nothing can be kept any more, or it can again.
  record Disk(boolean full) implements Input {}

  /// Talks cannot be recorded any more, because of the disk, or can be again.
  record RecordingDisk(boolean broken) implements Input {}

  /// Where a contact would stand in queues, if it were given to them now. Nothing changes by it.
  ///
  /// @param question its answer has the same, [Effect.TellPlaces]
  record AskPlaces(long question, ContactId contact, List<QueueId> queues) implements Input {
    public AskPlaces {
      queues = List.copyOf(queues);
    }
  }

  /// Something may be due.
  record Tick() implements Input {}

  // ── Screens ─────────────────────────────────────────────────────────────────────────────────

  /// A screen of the agent's is connected.
  record DeskOpened(AgentId agent) implements Input {}

  /// The agent's last screen is gone.
  record DeskClosed(AgentId agent) implements Input {}

  /// What somebody at a desk wants done. It is done once, however often it comes, and answered with
  /// its id.
  sealed interface DeskCommand extends Input {
    CommandId id();

    /// Who wants it.
    AgentId agent();
  }

  /// A new log-in.
  record LogIn(CommandId id, AgentId agent) implements DeskCommand {}

  /// The agent says who the customer is: somebody whom they have found in a search. That they have
  /// is known, and the customer was read, by who tells this.
  record ChooseFound(CommandId id, AgentId agent, ContactId contact, CustomerCard customer)
      implements DeskCommand {}

  /// What a screen asks for itself, as it comes over the wire: the record's name is the `type` of
  /// the message, its components are the fields. Texts are bounded as they are [Typed].
  sealed interface ScreenCommand extends DeskCommand {}

  /// For agents alone, with what they have in hand.
  sealed interface AgentCommand extends ScreenCommand {}

  /// After it the caller of a talk is elsewhere, or hears somebody else.
  sealed interface CallMove extends AgentCommand {
    ContactId contact();
  }

  /// For supervisors, who need not be agents.
  sealed interface SupervisorCommand extends ScreenCommand {}

  /// The end of a log-in; of who has something in hand, when they are done with it.
  record LogOut(CommandId id, AgentId agent) implements AgentCommand {}

  record GoReady(CommandId id, AgentId agent) implements AgentCommand {}

  /// @param reason empty: a break
  record GoNotReady(CommandId id, AgentId agent, @Typed(most = 40) String reason)
      implements AgentCommand {}

  /// Sits at this phone from now on, and is rung there until they log out (hot desk).
  ///
  /// @param phone a hot desk, or one of their own
  record SitAt(CommandId id, AgentId agent, @Typed(most = 80) String phone)
      implements AgentCommand {}

  /// Takes an offered contact: a phone that can be told to is answered, work is begun.
  record Answer(CommandId id, AgentId agent, ContactId contact) implements AgentCommand {}

  /// Gives an offered contact back.
  record Decline(CommandId id, AgentId agent, ContactId contact) implements AgentCommand {}

  record HangUp(CommandId id, AgentId agent, ContactId contact) implements AgentCommand {}

  record Hold(CommandId id, AgentId agent, ContactId contact) implements CallMove {}

  record Retrieve(CommandId id, AgentId agent, ContactId contact) implements CallMove {}

  /// The agent's telephone is another from now on, as a page of a browser that was loaded again is:
  /// the caller hears music until that has the agent's leg, and is retrieved then. Where they are
  /// on hold it has the leg only.
  record MoveTalk(CommandId id, AgentId agent, ContactId contact) implements CallMove {}

  /// The caller's side of a talk hears keys, as of a telephone (CSTA Generate Digits).
  record GenerateDigits(
      CommandId id,
      AgentId agent,
      ContactId contact,
      @Typed(most = KeyedDigits.MOST) KeyedDigits digits)
      implements AgentCommand {}

  /// Begins a recording of the talk, where the queue lets agents do so.
  record StartRecording(CommandId id, AgentId agent, ContactId contact) implements AgentCommand {}

  /// Silence is recorded from now on in place of what both say.
  record PauseRecording(CommandId id, AgentId agent, ContactId contact) implements AgentCommand {}

  record ResumeRecording(CommandId id, AgentId agent, ContactId contact) implements AgentCommand {}

  /// The agent gives the caller away and asks nobody before (CSTA Single Step Transfer Call): their
  /// part is over at once.
  sealed interface Transfer extends CallMove {
    /// What whoever has the caller next is told; empty: nothing.
    String why();
  }

  /// To a colleague, who is asked first for a while; then others of the same queue are.
  ///
  /// @param colleague their id
  record TransferToAgent(
      CommandId id,
      AgentId agent,
      ContactId contact,
      @Typed(most = 100) AgentId colleague,
      @Typed(most = 200) String why)
      implements Transfer {}

  record TransferToQueue(
      CommandId id,
      AgentId agent,
      ContactId contact,
      @Typed(most = 100) QueueId queue,
      @Typed(most = 200) String why)
      implements Transfer {}

  /// To a number outside, where the rules let it be dialed. Whom nobody answers there waits in the
  /// queue again.
  record TransferToNumber(
      CommandId id,
      AgentId agent,
      ContactId contact,
      @Typed(most = 40) String number,
      @Typed(most = 200) String why)
      implements Transfer {}

  /// Calls a number outside, where the rules let it be dialed (CSTA Make Call): the agent's phone
  /// is rung first, whether or not they are ready, and they are afterwards as they were before.
  ///
  /// @param about the contact for whose sake it is, by id, such as work; empty: none
  record MakeCall(
      CommandId id, AgentId agent, @Typed(most = 40) String number, @Typed(most = 150) String about)
      implements AgentCommand {}

  /// The caller waits for whoever picks them up, of those who may serve them, and the agent's part
  /// is over at once (CSTA Park Call). Whom nobody picks up in time goes back to the queue.
  ///
  /// @param why for whoever picks them up; empty: nothing
  record Park(CommandId id, AgentId agent, ContactId contact, @Typed(most = 200) String why)
      implements CallMove {}

  /// Takes a caller out of the park (CSTA Directed Pickup Call): the agent's phone is rung for
  /// them, whether or not they are ready, and they are afterwards as they were before.
  record PickUp(CommandId id, AgentId agent, ContactId contact) implements AgentCommand {}

  /// The agent asks somebody, and the caller is on hold meanwhile (CSTA Consultation Call). Whoever
  /// is asked sees what the agent sees.
  sealed interface Consult extends CallMove {
    /// What whoever is asked is told; empty: nothing.
    String why();
  }

  /// A colleague, and nobody else.
  ///
  /// @param colleague their id
  record ConsultAgent(
      CommandId id,
      AgentId agent,
      ContactId contact,
      @Typed(most = 100) AgentId colleague,
      @Typed(most = 200) String why)
      implements Consult {}

  /// Whoever of a queue is there first.
  record ConsultQueue(
      CommandId id,
      AgentId agent,
      ContactId contact,
      @Typed(most = 100) QueueId queue,
      @Typed(most = 200) String why)
      implements Consult {}

  /// Somebody at a number outside, where the rules let it be dialed.
  record ConsultNumber(
      CommandId id,
      AgentId agent,
      ContactId contact,
      @Typed(most = 40) String number,
      @Typed(most = 200) String why)
      implements Consult {}

  /// From whoever is asked to the caller, or back (CSTA Alternate Call).
  record Alternate(CommandId id, AgentId agent, ContactId contact) implements CallMove {}

  /// Caller, agent and whoever is asked hear each other (CSTA Conference Call). The agent leaves it
  /// by [CompleteConsultation], and ends it by [CancelConsultation]; whoever leaves it, the caller
  /// stays with the other.
  record Conference(CommandId id, AgentId agent, ContactId contact) implements CallMove {}

  /// Whoever is asked has the caller now; where nobody has answered yet, the caller waits in the
  /// place of the agent's own call, with its age (CSTA Transfer Call).
  record CompleteConsultation(CommandId id, AgentId agent, ContactId contact) implements CallMove {}

  /// The agent asks nobody any more and goes back to the caller (CSTA Reconnect Call).
  record CancelConsultation(CommandId id, AgentId agent, ContactId contact) implements CallMove {}

  /// Keeps what is typed.
  record KeepDraft(
      CommandId id,
      AgentId agent,
      ContactId contact,
      @Typed(most = 80) String disposition,
      @Typed(most = 4_000, lines = true) String note)
      implements AgentCommand {
    public Draft draft() {
      return new Draft(disposition, note);
    }
  }

  /// Ends a wrap-up, or work.
  ///
  /// @param disposition one of the queue's; empty where none is needed
  record CompleteWrapUp(
      CommandId id,
      AgentId agent,
      ContactId contact,
      @Typed(most = 80) String disposition,
      @Typed(most = 4_000, lines = true) String note)
      implements AgentCommand {
    public Draft draft() {
      return new Draft(disposition, note);
    }
  }

  /// The agent says who the customer is.
  ///
  /// @param customer the id of one of those whom the contact may be from; whoever else was found is
  ///   a [ChooseFound]
  record ChooseCustomer(CommandId id, AgentId agent, ContactId contact, long customer)
      implements AgentCommand {}

  /// The customer is nobody we know yet; the number is the contact's. What is decided is not
  /// refused afterwards, whatever becomes of the call meanwhile; the answer follows
  /// [CustomerWritten].
  record NewCustomer(CommandId id, AgentId agent, ContactId contact, @Typed(most = 200) String name)
      implements AgentCommand {}

  /// A new customer is in the database.
  ///
  /// @param customer empty: they cannot be written
  record CustomerWritten(NewCustomer command, Optional<CustomerCard> customer) implements Input {}

  /// Ends a talk because of how the caller speaks. They are told so, and hung up.
  ///
  /// @param reason for the audit
  record EndAbusiveCall(
      CommandId id, AgentId agent, ContactId contact, @Typed(most = 200) String reason)
      implements CallMove {}

  /// Has a waiting contact go before others.
  ///
  /// @param points beside what it has, up to [org.switchroom.acd.plan.Urgency#MOST_PRIORITY] either
  ///   way; 0 takes them back
  record Boost(CommandId id, AgentId agent, ContactId contact, int points)
      implements SupervisorCommand {}

  /// Takes part in a colleague's talk, or does so otherwise than before. The supervisor's phone is
  /// rung for it.
  ///
  /// @param agent the supervisor
  /// @param colleague whose talk it is, by id
  /// @param contact in which they talk: no other that they may have by now
  record Supervise(
      CommandId id,
      AgentId agent,
      @Typed(most = 100) AgentId colleague,
      ContactId contact,
      Supervision how)
      implements SupervisorCommand {}

  /// The supervisor has the caller from now on, and the agent is free.
  record TakeOver(CommandId id, AgentId agent, ContactId contact) implements SupervisorCommand {}

  /// The supervisor takes part no more.
  record EndSupervision(CommandId id, AgentId agent) implements SupervisorCommand {}

  // ── Scripts ─────────────────────────────────────────────────────────────────────────────────

  /// What a caller's script has to tell.
  sealed interface ScriptFact extends Input {
    CallId call();
  }

  /// It has begun; the PBX's own word of the call may come later.
  record ScriptStarted(CallId call, PhoneNumber from, PhoneNumber dialed, CallerName name)
      implements ScriptFact {
    /// Of somebody who is not called anything.
    public ScriptStarted(CallId call, PhoneNumber from, PhoneNumber dialed) {
      this(call, from, dialed, CallerName.NONE);
    }
  }

  /// Who the caller may be: none, one, or several to choose from.
  record CallerIdentified(CallId call, List<CustomerCard> matches) implements ScriptFact {}

  /// @param queue where the caller goes now, by name; empty: to none
  /// @param ask a skill expression beside the queue's; empty: nothing
  /// @param preferred agent, by name; empty: nobody
  /// @param ending as in `ContactEvent.ScriptWalked`
  /// @param resume as there
  record ScriptFinished(
      CallId call,
      String script,
      int version,
      String ending,
      String last,
      List<String> edges,
      List<TrailEntry> trail,
      Map<String, String> answers,
      Language language,
      Optional<String> queue,
      int priority,
      String ask,
      String preferred,
      Duration preferredFor,
      String resume)
      implements ScriptFact {}

  /// A caller in a script is not heard any more, and hears nothing.
  record ScriptFroze(CallId call) implements ScriptFact {}

  /// A fact that the script wants an answer to.
  sealed interface ScriptRequest extends ScriptFact {
    Origin origin();

    @Override
    default CallId call() {
      return origin().call();
    }
  }

  /// A script that is not the call's first asks what the others have left. The answer is the tag of
  /// a language, a blank, and where the last one goes on, as in `ContactEvent.ScriptWalked`.
  record ScriptResumes(Origin origin) implements ScriptRequest {}

  /// A script wants a number outside dialed. The answer is [#DIALED], or the code of a [NotDialed].
  record DialRequested(Origin origin, String number) implements ScriptRequest {}

  /// The caller was told that their talk is recorded, to the end, or has refused.
  ///
  /// @param script with its version, and the step in it
  /// @param took from its beginning to the answer
  record NoticeGiven(
      Origin origin, NoticeAnswer answer, String script, Language language, Duration took)
      implements ScriptRequest {}

  /// Whether recordings of the caller's talks begin paused from now on.
  record TalkRecordingAsked(Origin origin, boolean pause) implements ScriptRequest {}

  /// What a script is answered whose number may be dialed.
  String DIALED = "dialed";

  /// Before its first script: whether the caller's calls are taken. The answer is [#BLOCKED], or
  /// [#NOT_KEPT].
  ///
  /// @param number the caller's, as it would be blocked
  record BlockAsked(Origin origin, String number) implements ScriptRequest {}

  String BLOCKED = "blocked";

  /// The script of callers whose talk was ended because of how they speak.
  String ABUSIVE = "abusive";

  /// Something that is to be kept before the script is answered. It is taken once for each step.
  sealed interface ScriptResult extends ScriptRequest {}

  /// What a script is answered when nothing can be kept, or nothing is known.
  String NOT_KEPT = "not-kept";

  /// Which step of which visit to a script wants something: the same again is the same request.
  ///
  /// @param visit to a script; never used twice, also not by another run of the server
  record Origin(CallId call, long visit, String step) {}

  /// What a script is answered whose caller cannot be called back at that number.
  String NO_NUMBER = "no-number";

  /// What a script is answered whose caller is to be called back already.
  String STANDS = "stands";

  /// The caller leaves a message or wants to be called. The answer is the task's number, or
  /// [#NO_NUMBER] or [#STANDS].
  ///
  /// @param recording the sound file; empty: none
  /// @param before tasks that the same caller has asked for
  record TaskRequested(
      Origin origin,
      Task.Kind kind,
      QueueId queue,
      Optional<Long> customer,
      String name,
      String number,
      String recording,
      int seconds,
      List<String> before)
      implements ScriptResult {
    /// Of somebody who has asked for nothing before.
    public TaskRequested(
        Origin origin,
        Task.Kind kind,
        QueueId queue,
        Optional<Long> customer,
        String name,
        String number,
        String recording,
        int seconds) {
      this(origin, kind, queue, customer, name, number, recording, seconds, List.of());
    }
  }

  /// @param priority in the script's words
  record TicketRequested(
      Origin origin, Optional<Long> customer, String subject, String priority, String recording)
      implements ScriptResult {}

  /// The caller has answered a question of a survey.
  record Scored(Origin origin, String question, int score, int most) implements ScriptResult {}
}
