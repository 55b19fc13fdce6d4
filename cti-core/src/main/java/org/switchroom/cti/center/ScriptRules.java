package org.switchroom.cti.center;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.center.Dialing.Dialed;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.Stay;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.Ticket;
import org.switchroom.cti.event.CallEvent.ScriptBegan;
import org.switchroom.cti.event.CenterEvent.NumberTaken;
import org.switchroom.cti.event.CenterEvent.ScriptAnswered;
import org.switchroom.cti.event.CenterEvent.TicketOpened;
import org.switchroom.cti.event.ContactEvent.ContactIdentified;
import org.switchroom.cti.event.ContactEvent.RecordingNoticeGiven;
import org.switchroom.cti.event.ContactEvent.ScriptResumed;
import org.switchroom.cti.event.ContactEvent.ScriptWalked;
import org.switchroom.cti.event.ContactEvent.SurveyAnswered;
import org.switchroom.cti.event.ContactEvent.TalkRecordingAsked;
import org.switchroom.cti.event.ContactEvent.TaskOpened;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.task.Task;
import org.switchroom.ivr.speech.Language;

/// What follows from the facts of callers' scripts.
final class ScriptRules {
  private static final String DONE = "done";

  /// A contact's id begins so that is about a task, before its number.
  private static final String WORK = "task-";

  /// Tickets and tasks are numbered on from here.
  private static final long FIRST_NUMBER = 1_000;

  /// A turn has room for so many steps of a script, whatever it went through.
  private static final int MOST_STEPS = 400;

  private ScriptRules() {}

  static void on(Input.ScriptFact fact, Deciding d) {
    switch (fact) {
      case Input.ScriptStarted started -> started(started, d);
      case Input.CallerIdentified(var id, var matches) -> identified(id, matches, d);
      case Input.ScriptFinished finished -> finished(finished, d);
      case Input.ScriptFroze(var id) -> d.state().call(id).ifPresent(call -> scriptFroze(call, d));
      case Input.ScriptResumes(var origin) -> resumes(origin, d);
      case Input.BlockAsked(var origin, var number) -> blockAsked(origin, number, d);
      case Input.DialRequested request -> dial(request, d);
      case Input.NoticeGiven given -> noticeGiven(given, d);
      case Input.TalkRecordingAsked(var origin, var pause) -> pausesTalks(origin, pause, d);
      case Input.ScriptResult result -> result(result, d);
    }
  }

  private static void started(Input.ScriptStarted e, Deciding d) {
    if (d.state().isOver(e.call())) return;
    Optional<Call> known = d.state().call(e.call());
    Call call =
        known.orElseGet(
            () -> CutOffRules.comes(e.call(), e.from(), e.dialed(), e.name(), d.at(), d));
    switch (call.state()) {
      case CallState.InScript _, CallState.Away _, CallState.Released _ ->
          d.emit(new ScriptBegan(call.id(), call.contact()));
      case CallState.Queued _, CallState.Talking _, CallState.Held _, CallState.Ended _ -> {}
    }
    if (known.isEmpty()) CutOffRules.notAskedAgain(call, d);
  }

  /// Known late, it still comes onto the screen of whoever has the caller, also where the call is
  /// over and not wrapped up yet.
  private static void identified(CallId call, List<CustomerCard> matches, Deciding d) {
    Optional<Contact> known = d.state().about(call).flatMap(d.state()::contact);
    // What an agent has said stands.
    if (known.isEmpty() || known.get().identity().chosen().isPresent()) return;
    if (known.get().identity().matches().equals(matches)) return;
    d.emit(new ContactIdentified(known.get().id(), matches));
    // Whoever is called by an agent is before them already.
    if (known.get().isMade()) {
      for (AgentId agent : d.state().agentsWith(known.get().id())) {
        ContactRules.noteWhoIsShown(matches, known.get().id(), agent, d);
      }
    }
    ContactRules.prioritize(d.state().contact(known.get().id()).orElseThrow(), d);
  }

  /// Who hangs up in a script is told by the PBX and by the script, in either order.
  private static void finished(Input.ScriptFinished e, Deciding d) {
    Optional<ContactId> contact = d.state().about(e.call());
    if (contact.isEmpty()) return;
    Optional<QueueRequest> chosen = e.queue().map(queue -> request(e, queue, d));
    d.emit(
        new ScriptWalked(
            contact.get(),
            e.script(),
            e.version(),
            e.ending(),
            e.last(),
            first(e.edges()),
            first(e.trail()),
            e.answers(),
            e.language(),
            chosen,
            e.resume()));
  }

  private static void resumes(Input.Origin origin, Deciding d) {
    Optional<Contact> known = d.state().about(origin.call()).flatMap(d.state()::contact);
    // Before its first script a caller has chosen nothing.
    if (known.isEmpty() || known.get().script().ending().isEmpty()) {
      answer(origin, Input.NOT_KEPT, d);
      return;
    }
    Contact contact = known.get();
    d.emit(
        new ScriptResumed(
            contact.id(),
            origin.call(),
            origin.visit(),
            origin.step(),
            contact.script().language(),
            contact.script().resume()));
  }

  /// Once for each step, as what is kept; but it is no matter of the disk.
  private static void dial(Input.DialRequested request, Deciding d) {
    Input.Origin origin = request.origin();
    Optional<String> before = d.state().scriptAnswer(origin);
    Optional<Call> call = d.state().call(origin.call());
    if (before.isPresent() || call.isEmpty()) {
      answer(origin, before.orElse(Input.NOT_KEPT), d);
      return;
    }
    Dialed dialed =
        DialRules.dial(request.number(), Dialing.Wish.SCRIPT, call.get(), Optional.empty(), d);
    answer(origin, dialed instanceof Dialed.Refused(var why) ? why.code() : Input.DIALED, d);
  }

  /// Once for each step. That a caller refuses counts whatever the disk can keep.
  private static void noticeGiven(Input.NoticeGiven given, Deciding d) {
    ofContact(
        given.origin(),
        contact ->
            d.emit(
                new RecordingNoticeGiven(
                    contact.id(), given.answer(), given.script(), given.language(), given.took())),
        d);
  }

  private static void pausesTalks(Input.Origin origin, boolean pause, Deciding d) {
    ofContact(origin, contact -> d.emit(new TalkRecordingAsked(contact.id(), pause)), d);
  }

  private static void ofContact(Input.Origin origin, Consumer<Contact> what, Deciding d) {
    Optional<String> before = d.state().scriptAnswer(origin);
    Optional<Contact> contact = d.state().about(origin.call()).flatMap(d.state()::contact);
    if (before.isPresent() || contact.isEmpty()) {
      answer(origin, before.orElse(Input.NOT_KEPT), d);
      return;
    }
    what.accept(contact.get());
    answer(origin, DONE, d);
  }

  private static void blockAsked(Input.Origin origin, String number, Deciding d) {
    Optional<ContactId> contact = d.state().about(origin.call());
    boolean blocked = contact.isPresent() && d.plan().blocks(number, d.at().plus(d.wallAhead()));
    if (blocked) d.emit(notTaken(contact.get()));
    answer(origin, blocked ? Input.BLOCKED : Input.NOT_KEPT, d);
  }

  /// All that is done with the call of somebody who is blocked.
  static ScriptWalked notTaken(ContactId contact) {
    return new ScriptWalked(
        contact,
        Input.BLOCKED,
        0,
        Input.BLOCKED,
        "",
        List.of(),
        List.of(),
        Map.of(),
        Language.EN,
        Optional.empty(),
        "");
  }

  private static <T> List<T> first(List<T> all) {
    return all.size() <= MOST_STEPS ? List.copyOf(all) : List.copyOf(all.subList(0, MOST_STEPS));
  }

  private static QueueRequest request(Input.ScriptFinished e, String queue, Deciding d) {
    QueueId wanted = queue.isBlank() ? d.plan().settings().defaultQueue() : new QueueId(queue);
    return new QueueRequest(
        wanted, e.priority(), e.ask(), d.plan().agent(e.preferred()), e.preferredFor());
  }

  // ── What a script wants kept ────────────────────────────────────────────────────────────────

  /// Once for each step; the script hears what came of it when it is kept.
  private static void result(Input.ScriptResult result, Deciding d) {
    Optional<String> before = d.state().scriptAnswer(result.origin());
    if (before.isPresent()) {
      answer(result.origin(), before.get(), d);
      return;
    }
    if (d.state().diskFull()) {
      answer(result.origin(), Input.NOT_KEPT, d);
      return;
    }
    String answer =
        switch (result) {
          case Input.TaskRequested task when task.kind() == Task.Kind.CALLBACK -> callback(task, d);
          case Input.TaskRequested task -> task(task, task.number(), d);
          case Input.TicketRequested ticket -> ticket(ticket, d);
          case Input.Scored scored -> scored(scored, d);
        };
    answer(result.origin(), answer, d);
  }

  private static void answer(Input.Origin origin, String answer, Deciding d) {
    d.emit(new ScriptAnswered(origin.call(), origin.visit(), origin.step(), answer));
  }

  private static long number(Deciding d) {
    long number = Math.max(d.state().lastNumber(), FIRST_NUMBER) + 1;
    d.emit(new NumberTaken(number));
    return number;
  }

  /// Refused while the caller is on the line, not when somebody tries to call them. Who asks again
  /// is called once.
  private static String callback(Input.TaskRequested e, Deciding d) {
    switch (d.plan().settings().dialing().dial(e.number(), Dialing.Wish.CALLBACK)) {
      case Dialed.Refused(var why) -> {
        DialRules.note(why, e.origin().call().toString(), d);
        return Input.NO_NUMBER;
      }
      case Dialed.Allowed(var number, _) -> {
        return stands(e, number, d) ? Input.STANDS : task(e, number, d);
      }
    }
  }

  /// Whether this number, or the caller, is to be called back by this queue.
  private static boolean stands(Input.TaskRequested e, String number, Deciding d) {
    QueueId queue = d.plan().queueFor(e.queue(), true);
    return d.state().contacts().stream()
        .filter(contact -> !contact.closed())
        .flatMap(contact -> contact.task().stream())
        .filter(task -> task.kind() == Task.Kind.CALLBACK)
        .filter(task -> d.plan().queueFor(task.queue(), true).equals(queue))
        .anyMatch(task -> task.number().equals(number) || e.before().contains(task.id()));
  }

  /// @param called empty: hidden
  private static String task(Input.TaskRequested e, String called, Deciding d) {
    String number = Long.toString(number(d));
    var task =
        new Task(
            number,
            e.kind(),
            e.queue(),
            e.customer(),
            e.name(),
            called,
            e.recording(),
            e.seconds(),
            e.origin().call(),
            dialed(e.origin().call(), d),
            d.at());
    open(task, d);
    return number;
  }

  /// Whoever calls them for the sake of it shows them the number that they know.
  private static PhoneNumber dialed(CallId call, Deciding d) {
    return d.state()
        .about(call)
        .flatMap(d.state()::contact)
        .map(contact -> contact.arrival().dialed())
        .orElse(new PhoneNumber(""));
  }

  static ContactId contactOf(Task task) {
    return new ContactId(WORK + task.id());
  }

  static boolean isWork(ContactId contact) {
    return contact.value().startsWith(WORK);
  }

  /// The number of the task that a contact is about.
  static String taskOf(ContactId contact) {
    return contact.value().substring(WORK.length());
  }

  static void open(Task task, Deciding d) {
    ContactId id = contactOf(task);
    d.emit(new TaskOpened(id, task));
    Contact contact = d.state().contact(id).orElseThrow();
    ContactRules.queue(contact, QueueRequest.of(task.queue()), task.created(), d);
  }

  private static String ticket(Input.TicketRequested e, Deciding d) {
    long number = number(d);
    d.emit(
        new TicketOpened(
            new Ticket(
                number,
                e.customer(),
                e.subject(),
                e.priority(),
                "open",
                e.recording(),
                e.origin().call().value(),
                d.at())));
    return Long.toString(number);
  }

  /// An answer belongs to the agent who had the call.
  private static String scored(Input.Scored e, Deciding d) {
    Optional<Contact> contact = d.state().about(e.origin().call()).flatMap(d.state()::contact);
    if (contact.isEmpty()) return DONE;
    Optional<AgentId> agent = contact.get().agent();
    Optional<QueueId> queue =
        agent.isPresent() ? contact.get().stay().map(Stay::queue) : Optional.empty();
    d.emit(new SurveyAnswered(contact.get().id(), queue, agent, e.question(), e.score(), e.most()));
    return DONE;
  }

  /// Out of a script that is not heard any more, to where the dialplan holds them.
  static void scriptFroze(Call call, Deciding d) {
    switch (call.state()) {
      case CallState.InScript _, CallState.Away _, CallState.Released _ ->
          ContactRules.takeBack(call, d);
      case CallState.Queued _, CallState.Talking _, CallState.Held _, CallState.Ended _ -> {}
    }
  }
}
