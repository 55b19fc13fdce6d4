package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.RouterMemory;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.call.Party;
import org.switchroom.cti.center.Deadlines.Deadline;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.contact.Handover;
import org.switchroom.cti.event.AgentEvent;
import org.switchroom.cti.event.CallEvent;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.ContactEvent;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.ContactMoved;
import org.switchroom.cti.event.ContactEvent.ContactOffered;
import org.switchroom.cti.event.ContactEvent.ContactQueued;
import org.switchroom.cti.event.ContactEvent.ContactReset;
import org.switchroom.cti.event.ContactEvent.CustomerAsked;
import org.switchroom.cti.event.ContactEvent.DraftKept;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.ContactEvent.OfferRinging;
import org.switchroom.cti.event.ContactEvent.TaskOpened;
import org.switchroom.cti.event.ContactEvent.WrapUpBegan;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.pbx.Supervision;

/// Everything that the center knows. [#apply] is the only place that changes anything.
///
/// Folded from events alone it is what it was when they were made: that is a start. The router
/// hears of an event in the same moment, where there is one; its decisions wait here to be decided
/// on.
public final class State {
  /// Calls whose end is known, so that what is said of them afterwards begins nothing. More are
  /// forgotten from the oldest.
  private static final int MOST_CLOSED = 10_000;

  /// So many tickets and tasks may be numbered and not be on the disk yet.
  private static final long NUMBERS_OF_A_TAIL = 100;

  /// How long an agent whose screen is gone keeps their state: a reload takes a second or two.
  static final Duration DESK_GRACE = Duration.ofSeconds(15);

  private final Map<CallId, Call> calls = new LinkedHashMap<>();
  private final Map<ContactId, Contact> contacts = new LinkedHashMap<>();
  private final Map<AgentId, AgentSession> agents = new LinkedHashMap<>();

  /// By `phone@pbx`, where something is known of it.
  private final Map<String, PhoneState> phones = new HashMap<>();

  private final Set<PbxId> connected = new HashSet<>();
  private final Map<QueueId, WaitingLine> lines = new LinkedHashMap<>();
  private final LinkedHashMap<CallId, ContactId> closed = new LinkedHashMap<>();
  private final Map<String, String> scriptAnswers = new LinkedHashMap<>();

  /// Customers who are being written down, the first who was asked for first.
  private final Map<CommandId, CustomerAsked> asked = new LinkedHashMap<>();

  private final AnsweredCommands sessions = new AnsweredCommands();
  private boolean diskFull;
  private boolean recordingDiskBroken;
  private long epoch;
  private long lastNumber;
  private Outgoing outgoing = Outgoing.NONE;

  // What follows from the rest.
  private final Map<LegId, CallId> legs = new HashMap<>();
  private final Map<ContactId, Set<AgentId>> inHands = new HashMap<>();

  /// Who sits at which phone.
  private final Map<String, AgentId> seats = new HashMap<>();

  /// Whose callers may call again, by [#cutOff].
  private final Map<String, LinkedHashSet<ContactId>> cutOff = new HashMap<>();

  private final Set<ContactId> parked = new LinkedHashSet<>();

  private final Deadlines deadlines = new Deadlines();

  private final Routed routed;

  /// @param routed hears of everything the router has to know
  State(Routed routed) {
    this.routed = routed;
  }

  /// One that is only folded: nobody routes.
  public static State folded() {
    return new State(Routed.NOBODY);
  }

  /// Changes what the event says, and nothing else. Of another build's ledger one may not fit what
  /// is known: it changes what there is to change. What does not fit together then is made whole
  /// before the first turn: see [Repair].
  ///
  /// @param at of its turn
  public void apply(Event event, Instant at) {
    switch (event) {
      case CallEvent e -> apply(e, at);
      case ContactEvent e -> apply(e, at);
      case AgentEvent e -> apply(e, at);
      case CenterEvent e -> apply(e, at);
    }
    routed.heard(event, at, this);
  }

  // ── Calls ───────────────────────────────────────────────────────────────────────────────────

  private void apply(CallEvent event, Instant at) {
    if (event instanceof CallEvent.CallArrived arrived) {
      begins(Contact.of(arrived));
      put(Call.of(arrived));
      return;
    }
    if (event instanceof CallEvent.CallMade made) {
      begins(Contact.of(made, at));
      put(Call.of(made, at));
      return;
    }
    if (event instanceof CallEvent.CallJoined joined) {
      put(Call.of(joined));
      Contact contact = contacts.get(joined.contact());
      if (contact != null) put(contact.with(joined.call()));
      return;
    }
    Call before = calls.get(event.call());
    // Of another build's ledger an event may be missing.
    if (before == null) return;
    Call after = before.on(event, at);
    put(after);
    switch (event) {
      case CallEvent.CallHeld e -> hold(after, true, at);
      case CallEvent.CallRetrieved e -> hold(after, false, at);
      case CallEvent.NumberDialed e -> outgoing = outgoing.and(e);
      case CallEvent.ConsultationBegan e -> consults(e, at);
      // Whom nobody outside has answered, or has any more.
      case CallEvent.ScriptBegan _, CallEvent.CallQueued _, CallEvent.CallConnected _ -> {
        boolean outside = contact(event.contact()).flatMap(Contact::outbound).isPresent();
        if (!outside) outgoing = outgoing.without(event.call());
      }
      case CallEvent.CallEnded _ -> over(after);
      default -> {}
    }
  }

  private void consults(CallEvent.ConsultationBegan e, Instant at) {
    Contact own = contacts.get(e.about());
    Contact other = contacts.get(e.contact());
    if (own != null && other != null) put(own.consults(other, e, at));
  }

  private void hold(Call call, boolean held, Instant at) {
    call.talking()
        .ifPresent(
            party ->
                change(
                    new AgentId(party.who()),
                    at,
                    agent -> party.leg().map(leg -> agent.held(leg, held, at)).orElse(agent)));
  }

  private void put(Call call) {
    Call before = calls.put(call.id(), call);
    if (before != null) {
      before.parties().forEach(party -> party.leg().ifPresent(legs::remove));
    }
    call.parties().forEach(party -> party.leg().ifPresent(leg -> legs.put(leg, call.id())));
    deadlines.set(new Deadline.ScriptStarts(call.id()), call.awaited());
    deadlines.set(new Deadline.HeldCaller(call.id()), call.holdDue());
    deadlines.set(new Deadline.RecordingResumes(call.id()), call.recordingResumes());
  }

  private void over(Call call) {
    calls.remove(call.id());
    outgoing = outgoing.without(call.id());
    call.parties().forEach(party -> party.leg().ifPresent(legs::remove));
    deadlines.set(new Deadline.ScriptStarts(call.id()), Optional.empty());
    deadlines.set(new Deadline.HeldCaller(call.id()), Optional.empty());
    deadlines.set(new Deadline.RecordingResumes(call.id()), Optional.empty());
    scriptAnswers.keySet().removeIf(key -> key.startsWith(call.id().value() + " "));
    closed.put(call.id(), call.contact());
    while (closed.size() > MOST_CLOSED) closed.pollFirstEntry();
  }

  // ── Contacts ────────────────────────────────────────────────────────────────────────────────

  private void apply(ContactEvent event, Instant at) {
    if (event instanceof TaskOpened opened) {
      begins(Contact.of(opened));
      return;
    }
    if (event instanceof CustomerAsked customer) {
      asked.put(customer.command(), customer);
      return;
    }
    Contact before = contacts.get(event.contact());
    // A script that is over after its call; or another build's ledger, of which an event is
    // missing.
    if (before == null) {
      nobodyHas(event, at);
      return;
    }
    Contact after = before.on(event, at);
    put(after);
    line(before, after);
    switch (event) {
      case ContactOffered e -> {
        change(e.agent(), at, agent -> agent.offered(e, at));
        e.leg().ifPresent(leg -> ring(after, e, leg, at));
      }
      case OfferRinging e -> change(e.agent(), at, agent -> agent.ringing(e.offer(), at));
      case OfferEnded e -> {
        unring(after, e.agent(), e);
        change(e.agent(), at, agent -> agent.offerEnded(e.offer()));
      }
      case ContactAnswered e ->
          change(e.agent(), at, agent -> agent.answered(e, after.task().isEmpty()));
      case ContactMoved e -> {
        for (AgentId agent : agentsWith(e.contact())) {
          change(agent, at, one -> one.moved(e.contact(), e.stay(), e.to()));
        }
      }
      case WrapUpBegan e -> change(e.agent(), at, agent -> agent.wrapsUp(e));
      case DraftKept e -> change(e.agent(), at, agent -> agent.typed(e));
      case WrapUpDone e -> change(e.agent(), at, agent -> agent.done(e.contact(), e.stay()));
      case ContactReset _ -> after.call().map(calls::get).ifPresent(call -> put(call.unplaced(at)));
      case ContactLeft _, ContactClosed _, ContactQueued _ -> {}
      default -> {}
    }
    forgetIfOver(event.contact());
  }

  /// One that is known already begins anew.
  private void begins(Contact contact) {
    Contact before = contacts.getOrDefault(contact.id(), contact);
    put(contact);
    line(before, contact);
  }

  /// What is no contact is in no hand for longer than the ledger says.
  private void nobodyHas(ContactEvent event, Instant at) {
    switch (event) {
      case OfferEnded e when agents.containsKey(e.agent()) ->
          change(e.agent(), at, agent -> agent.offerEnded(e.offer()));
      case WrapUpDone e when agents.containsKey(e.agent()) ->
          change(e.agent(), at, agent -> agent.done(e.contact(), e.stay()));
      default -> {}
    }
  }

  private void ring(Contact contact, ContactOffered e, LegId leg, Instant at) {
    contact
        .call()
        .map(calls::get)
        .ifPresent(call -> put(call.alerting(e.agent(), leg, e.offer(), at)));
  }

  private void unring(Contact contact, AgentId agent, OfferEnded e) {
    Optional<LegId> leg =
        agent(agent)
            .flatMap(
                one ->
                    one.contacts().stream()
                        .filter(held -> held.offer().filter(e.offer()::equals).isPresent())
                        .findFirst())
            .flatMap(InHand::leg);
    leg.ifPresent(
        gone -> contact.call().map(calls::get).ifPresent(call -> put(call.without(gone))));
  }

  private void put(Contact contact) {
    contacts.put(contact.id(), contact);
    deadlines.set(
        new Deadline.Announcement(contact.id()),
        contact.waits() ? contact.heard().due() : Optional.empty());
    awaitsCaller(contact);
    isParkedOrNot(contact);
  }

  private void isParkedOrNot(Contact contact) {
    if (contact.parked()) parked.add(contact.id());
    else parked.remove(contact.id());
    deadlines.set(
        new Deadline.ParkedCaller(contact.id()),
        contact.parked() ? contact.parking().map(Handover.Parked::until) : Optional.empty());
  }

  /// Whose call the PBX has lost may call again.
  private void awaitsCaller(Contact contact) {
    Optional<Instant> until = Optional.empty();
    if (contact.state() instanceof ContactState.CutOff cut
        && contact.call().filter(calls::containsKey).isEmpty()) {
      until = Optional.of(cut.until());
    }
    deadlines.set(new Deadline.CallerReturns(contact.id()), until);
    String caller = caller(contact.arrival().from(), contact.arrival().dialed());
    if (until.isPresent()) {
      cutOff.computeIfAbsent(caller, _ -> new LinkedHashSet<>()).add(contact.id());
    } else {
      cutOff.computeIfPresent(
          caller, (_, all) -> all.remove(contact.id()) && all.isEmpty() ? null : all);
    }
  }

  private static String caller(PhoneNumber from, PhoneNumber dialed) {
    return from.value() + " " + dialed.value();
  }

  /// Who waits stands in the line of their queue.
  private void line(Contact before, Contact after) {
    boolean waited = before.waits();
    boolean waits = after.waits();
    boolean same = waited && waits && before.queue().equals(after.queue());
    if (same) return;
    if (waited) line(before.queue().orElseThrow()).leaves(before.id());
    if (waits) {
      line(after.queue().orElseThrow()).joins(after.id(), after.stay().orElseThrow().since());
    }
  }

  private void forgetIfOver(ContactId id) {
    Contact contact = contacts.get(id);
    if (contact == null || !contact.closed() || !agentsWith(id).isEmpty()) return;
    contacts.remove(id);
    parked.remove(id);
    deadlines.set(new Deadline.Announcement(id), Optional.empty());
    deadlines.set(new Deadline.CallerReturns(id), Optional.empty());
    deadlines.set(new Deadline.ParkedCaller(id), Optional.empty());
  }

  // ── Agents ──────────────────────────────────────────────────────────────────────────────────

  private void apply(AgentEvent event, Instant at) {
    if (event instanceof AgentEvent.AgentForgotten) {
      AgentSession gone = agents.remove(event.agent());
      if (gone != null) {
        gone.sitsAt().ifPresent(phone -> seats.remove(phone, gone.id()));
        for (InHand one : gone.contacts()) {
          hasNoMore(gone.id(), one.contact());
          forgetIfOver(one.contact());
        }
      }
      deadlines.set(new Deadline.DeskReturns(event.agent()), Optional.empty());
      return;
    }
    change(event.agent(), at, agent -> agent.on(event));
  }

  private interface AgentChange {
    AgentSession of(AgentSession agent);
  }

  private void change(AgentId id, Instant at, AgentChange change) {
    AgentSession before = agents.getOrDefault(id, AgentSession.of(id, at));
    before.sitsAt().ifPresent(phone -> seats.remove(phone, id));
    put(change.of(before), before.contacts());
  }

  private void put(AgentSession agent, List<InHand> before) {
    agents.put(agent.id(), agent);
    agent.sitsAt().ifPresent(phone -> seats.put(phone, agent.id()));
    deadlines.set(new Deadline.DeskReturns(agent.id()), agent.deskUntil());
    if (agent.contacts().equals(before)) return;
    for (InHand one : before) hasNoMore(agent.id(), one.contact());
    for (InHand one : agent.contacts()) {
      inHands.computeIfAbsent(one.contact(), _ -> new LinkedHashSet<>()).add(agent.id());
    }
  }

  private void hasNoMore(AgentId agent, ContactId contact) {
    Set<AgentId> with = inHands.get(contact);
    if (with == null) return;
    with.remove(agent);
    if (with.isEmpty()) inHands.remove(contact);
  }

  // ── The center ──────────────────────────────────────────────────────────────────────────────

  private void apply(CenterEvent event, Instant at) {
    switch (event) {
      case CenterEvent.EngineStarted e -> started(e, at);
      case CenterEvent.ConfigurationTaken e -> {
        for (AgentId agent : e.agents()) {
          if (!agents.containsKey(agent)) put(AgentSession.of(agent, at), List.of());
        }
        e.queues().forEach(this::line);
        lines
            .entrySet()
            .removeIf(one -> !e.queues().contains(one.getKey()) && one.getValue().size() == 0);
      }
      case CenterEvent.PbxConnected(var pbx) -> connected.add(pbx);
      case CenterEvent.PbxDisconnected(var pbx, _) -> connected.remove(pbx);
      case CenterEvent.PhoneChanged(var pbx, var phone, var state) ->
          phones.put(phone(pbx, phone), state);
      case CenterEvent.CommandDone(var command) -> answered(command, Optional.empty(), at);
      case CenterEvent.CommandRefused(var command, var refusal) ->
          answered(command, Optional.of(refusal), at);
      case CenterEvent.ScriptAnswered(var call, var visit, var step, var answer) ->
          scriptAnswers.put(key(call, visit, step), answer);
      case CenterEvent.DiskFilled(var full) -> diskFull = full;
      case CenterEvent.RecordingDiskBroke(var broken) -> recordingDiskBroken = broken;
      case CenterEvent.NumberTaken(var number) -> lastNumber = number;
      case CenterEvent.TicketOpened _,
          CenterEvent.Reconciled _,
          CenterEvent.TimePassed _,
          CenterEvent.WallClockSet _,
          CenterEvent.ShadowDiffered _,
          CenterEvent.Noted _ -> {}
      case CenterEvent.RouterRemembered(var change) -> routed.remembers(change);
    }
  }

  /// Nothing is known of phones, links and disks; what was to happen meanwhile happens so much
  /// later, but nobody's wait is shorter.
  private void started(CenterEvent.EngineStarted e, Instant at) {
    epoch = e.epoch();
    // What a lost tail has given away is never given again.
    if (lastNumber > 0) lastNumber += NUMBERS_OF_A_TAIL;
    connected.clear();
    phones.clear();
    diskFull = false;
    recordingDiskBroken = false;
    for (AgentSession agent : List.copyOf(agents.values())) {
      put(agent.started(e.down(), at.plus(DESK_GRACE)), agent.contacts());
    }
    contacts.replaceAll((_, contact) -> contact.later(e.down()));
    contacts.values().forEach(this::awaitsCaller);
    contacts.values().forEach(this::isParkedOrNot);
    for (Call call : List.copyOf(calls.values())) {
      call.awaited()
          .ifPresent(
              until ->
                  put(
                      call.on(
                          new CallEvent.ScriptAwaited(
                              call.id(), call.contact(), until.plus(e.down())),
                          at)));
      if (call.state() instanceof CallState.Held held)
        put(call.on(later(call, held, e.down()), at));
    }
  }

  private static CallEvent later(Call call, CallState.Held held, Duration down) {
    return new CallEvent.HoldTimed(
        call.id(),
        call.contact(),
        held.reminded(),
        held.reminder().map(due -> due.plus(down)),
        held.back().map(due -> due.plus(down)));
  }

  private void answered(CommandId command, Optional<Refusal> refusal, Instant at) {
    asked.remove(command);
    sessions.answered(command, refusal, at);
  }

  static String phone(PbxId pbx, String phone) {
    return phone + "@" + pbx;
  }

  private static String key(CallId call, long visit, String step) {
    return call.value() + " " + visit + " " + step;
  }

  // ── A snapshot ──────────────────────────────────────────────────────────────────────────────

  /// All of it, as a value.
  Snapshot snapshot(Instant at, RouterMemory router) {
    var answered = new ArrayList<Snapshot.Session>();
    sessions
        .all()
        .forEach(
            (id, session) ->
                answered.add(
                    new Snapshot.Session(
                        id,
                        session.answers().entrySet().stream()
                            .map(answer -> new Snapshot.Answer(answer.getKey(), answer.getValue()))
                            .toList(),
                        session.last())));
    return new Snapshot(
        at,
        epoch(),
        lastNumber(),
        diskFull(),
        recordingDiskBroken(),
        List.copyOf(calls()),
        List.copyOf(contacts()),
        List.copyOf(agents()),
        new TreeMap<>(phones()),
        new LinkedHashSet<>(connected()),
        closedCalls().entrySet().stream()
            .map(over -> new Snapshot.ClosedCall(over.getKey(), over.getValue()))
            .toList(),
        new LinkedHashMap<>(scriptAnswers()),
        List.copyOf(asked().values()),
        outgoing(),
        answered,
        router);
  }

  /// Takes up what another knew; only before anything else.
  void restore(Snapshot known) {
    epoch = known.epoch();
    lastNumber = known.lastNumber();
    diskFull = known.diskFull();
    recordingDiskBroken = known.recordingDiskBroken();
    outgoing = known.outgoing();
    known.calls().forEach(this::put);
    known.contacts().forEach(this::put);
    known.contacts().stream()
        .filter(Contact::waits)
        .forEach(
            contact ->
                line(contact.queue().orElseThrow())
                    .joins(contact.id(), contact.stay().orElseThrow().since()));
    known.agents().forEach(agent -> put(agent, List.of()));
    phones.putAll(known.phones());
    connected.addAll(known.connected());
    known.closed().forEach(over -> closed.put(over.call(), over.contact()));
    scriptAnswers.putAll(known.answers());
    known.asked().forEach(one -> asked.put(one.command(), one));
    known.sessions().forEach(sessions::restore);
  }

  Map<String, PhoneState> phones() {
    return phones;
  }

  Set<PbxId> connected() {
    return connected;
  }

  Map<String, String> scriptAnswers() {
    return scriptAnswers;
  }

  // ── Looking ─────────────────────────────────────────────────────────────────────────────────

  public Optional<Call> call(CallId id) {
    return Optional.ofNullable(calls.get(id));
  }

  public Optional<Contact> contact(ContactId id) {
    return Optional.ofNullable(contacts.get(id));
  }

  /// Of whom anything is known, or who is configured.
  public Optional<AgentSession> agent(AgentId id) {
    return Optional.ofNullable(agents.get(id));
  }

  public Collection<Call> calls() {
    return calls.values();
  }

  public Collection<Contact> contacts() {
    return contacts.values();
  }

  /// Who sits at a phone.
  Optional<AgentId> sitsAt(String phone) {
    return Optional.ofNullable(seats.get(phone));
  }

  public Collection<AgentSession> agents() {
    return agents.values();
  }

  /// The call in which a leg rings or talks.
  Optional<Call> callOn(LegId leg) {
    return Optional.ofNullable(legs.get(leg)).map(calls::get);
  }

  Set<LegId> legs() {
    return legs.keySet();
  }

  /// Whether a phone rings for an agent, or they talk; beside work, or a wrap-up, they may.
  boolean isInCall(AgentSession agent) {
    return agent.contacts().stream()
        .filter(one -> one.stage() != InHand.Stage.WRAP_UP)
        .anyMatch(one -> contact(one.contact()).flatMap(Contact::task).isEmpty());
  }

  /// Who is offered it, has it, or wraps it up; in the order of their ids, which is one in each
  /// process and after each start.
  public List<AgentId> agentsWith(ContactId contact) {
    return inHands.getOrDefault(contact, Set.of()).stream()
        .sorted(Comparator.comparing(AgentId::value))
        .toList();
  }

  /// Whether a caller is parked, and the PBX has them where they can be picked up.
  public boolean isParked(ContactId id) {
    return parked.contains(id)
        && contact(id)
            .flatMap(Contact::call)
            .map(calls::get)
            .filter(call -> call.state() instanceof CallState.Queued)
            .isPresent();
  }

  /// Callers who can be picked up, the one who was parked first before.
  public List<Contact> parked() {
    return parked.stream()
        .filter(this::isParked)
        .map(contacts::get)
        .sorted(
            Comparator.comparing((Contact one) -> one.parking().orElseThrow().since())
                .thenComparing(one -> one.id().value()))
        .toList();
  }

  /// A caller whom an agent has on hold.
  ///
  /// @param onPhone by the phone's own key
  /// @param reminded how often the agent was
  /// @param back when the caller goes back to the queue; empty: never
  public record OnHold(boolean onPhone, int reminded, Optional<Instant> back) {}

  /// Empty: nobody has them on hold.
  public Optional<OnHold> onHold(ContactId contact) {
    return contact(contact)
        .flatMap(Contact::call)
        .map(calls::get)
        .filter(call -> call.state() instanceof CallState.Held)
        .map(call -> (CallState.Held) call.state())
        .map(held -> new OnHold(held.onPhone(), held.reminded(), held.back()));
  }

  /// Whom an agent asks beside a caller.
  ///
  /// @param contact of the agent's own call
  /// @param withCaller whether the agent is with the caller now, or their phone holds the caller
  public record Asked(Contact contact, boolean withCaller) {}

  /// Empty: nobody is asked.
  public Optional<Asked> asked(ContactId contact) {
    return contact(contact)
        .flatMap(Contact::call)
        .map(calls::get)
        .flatMap(
            call ->
                call.consultation()
                    .map(calls::get)
                    .flatMap(own -> contact(own.contact()))
                    .map(asked -> new Asked(asked, isWithCaller(call))));
  }

  private static boolean isWithCaller(Call call) {
    return call.state() instanceof CallState.Talking || call.isHeldOnPhone();
  }

  /// Whether this contact's call is a conference, or its agent is asked in one.
  public boolean inConference(ContactId contact) {
    Optional<Contact> known = contact(contact);
    return known
        .flatMap(one -> one.about().isEmpty() ? known : one.about().flatMap(this::contact))
        .flatMap(Contact::call)
        .map(calls::get)
        .filter(Call::isConference)
        .filter(call -> call.contact().equals(contact) || asks(call, known.get()))
        .isPresent();
  }

  private static boolean asks(Call call, Contact asked) {
    return call.consultation()
        .filter(own -> asked.call().filter(own::equals).isPresent())
        .isPresent();
  }

  /// Who takes part in a talk beside its agent.
  ///
  /// @param how they do, or are to
  /// @param connected else their phone rings
  public record Supervising(String who, Supervision how, boolean connected) {}

  /// Of this agent's talks.
  public List<Supervising> supervising(AgentSession agent) {
    return agent.contacts().stream()
        .flatMap(one -> one.leg().stream())
        .flatMap(leg -> callOn(leg).stream())
        .flatMap(call -> call.supervisors().stream())
        .map(
            party ->
                new Supervising(
                    party.who(),
                    party.supervision().orElseThrow(),
                    party.connection() != Party.Connection.ALERTING))
        .toList();
  }

  /// A talk that is recorded.
  ///
  /// @param since when it began
  /// @param paused whether silence is recorded now
  public record OnRecord(Instant since, boolean paused) {}

  /// Empty: it is not.
  public Optional<OnRecord> onRecord(ContactId contact) {
    return contact(contact)
        .flatMap(Contact::call)
        .map(calls::get)
        .flatMap(Call::recorded)
        .map(one -> new OnRecord(one.since(), one.pause().isPresent()));
  }

  public PhoneState phoneState(PbxId pbx, String phone) {
    return phones.getOrDefault(phone(pbx, phone), PhoneState.UNKNOWN);
  }

  public boolean connected(PbxId pbx) {
    return connected.contains(pbx);
  }

  /// Whether every call's end is known of this one.
  boolean isOver(CallId call) {
    return closed.containsKey(call);
  }

  Map<CallId, ContactId> closedCalls() {
    return closed;
  }

  /// What a call is about, or was; empty: it is not known, or not known any more.
  public Optional<ContactId> about(CallId call) {
    Call live = calls.get(call);
    return live != null ? Optional.of(live.contact()) : Optional.ofNullable(closed.get(call));
  }

  /// The first of those that wait for this caller to call again, the same number as before.
  ///
  /// @param at they are waited for then
  Optional<Contact> cutOff(PhoneNumber from, PhoneNumber dialed, Instant at) {
    if (from.hidden()) return Optional.empty();
    return cutOff.getOrDefault(caller(from, dialed), new LinkedHashSet<>()).stream()
        .flatMap(id -> contact(id).stream())
        .filter(one -> one.state() instanceof ContactState.CutOff cut && cut.until().isAfter(at))
        .findFirst();
  }

  /// How many wait in a queue, asked or not.
  public int waiting(QueueId queue) {
    return line(queue).size();
  }

  /// When the longest wait in a queue began; empty: nobody waits.
  public Optional<Instant> oldest(QueueId queue) {
    return line(queue).oldest();
  }

  /// Who waits in a queue, the first who came at most so many.
  public List<ContactId> first(QueueId queue, int most) {
    return line(queue).first(most);
  }

  WaitingLine line(QueueId queue) {
    return lines.computeIfAbsent(queue, _ -> new WaitingLine());
  }

  Map<QueueId, WaitingLine> lines() {
    return lines;
  }

  /// Customers who are being written down.
  Map<CommandId, CustomerAsked> asked() {
    return asked;
  }

  AnsweredCommands sessions() {
    return sessions;
  }

  Optional<String> scriptAnswer(Input.Origin origin) {
    return Optional.ofNullable(
        scriptAnswers.get(key(origin.call(), origin.visit(), origin.step())));
  }

  boolean diskFull() {
    return diskFull;
  }

  /// Whether talks cannot be recorded.
  public boolean recordingDiskBroken() {
    return recordingDiskBroken;
  }

  Outgoing outgoing() {
    return outgoing;
  }

  long epoch() {
    return epoch;
  }

  long lastNumber() {
    return lastNumber;
  }

  /// @param without timers of which nothing is to come
  Optional<Deadlines.Due> nextDue(Set<Deadline> without) {
    return deadlines.first(without);
  }
}
