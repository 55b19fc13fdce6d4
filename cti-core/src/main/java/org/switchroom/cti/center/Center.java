package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.switchroom.acd.AcdEvent;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Decision;
import org.switchroom.acd.Router;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Policy;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.acd.skill.ExpressionSyntaxException;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.cti.call.CallEvent;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.call.Wish;
import org.switchroom.cti.customer.ContactRecord;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.SeatChanged;
import org.switchroom.cti.customer.SurveyAnswer;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.ivr.Outcome;

/// All calls, agents and queues of one center: takes what has happened, says what shall be done.
///
/// A fact first moves the call it is about ([CallState]); what follows is read off the change. The
/// [Router] decides who gets whom.
public final class Center {
  private CenterSettings settings;
  private final Consumer<Effect> out;
  private final Consumer<AcdEvent> witness;
  final Router router;
  final Floor floor;
  private final Desks desks;
  final Board board;
  private final Map<CallId, Call> calls = new LinkedHashMap<>();
  final Offers offers = new Offers();
  private final Seats seats;
  private final Exits exits;
  private final ScriptStarts scriptStarts = new ScriptStarts();
  private final Recovery recovery;
  private final ArrayDeque<AcdEvent> tellLater = new ArrayDeque<>();
  private final Tasks tasks;
  private final Announcer announcer;
  private boolean pbxConnected;
  private String lastShadowed = "";
  private boolean shadowChanged;

  /// Queues and agents that changed in this event, to be shown once at its end.
  private final Set<QueueId> changedQueues = new HashSet<>();

  private final Set<AgentId> changedAgents = new HashSet<>();

  /// @param started offers are numbered from here, so that those of an earlier run are never met
  /// @param witness is given every fact before the router is
  public Center(
      CenterSettings settings, Instant started, Consumer<Effect> out, Consumer<AcdEvent> witness) {
    this.witness = witness;
    this.settings = settings;
    this.out = out;
    router = new Router();
    router.startOffersAfter(started.toEpochMilli());
    floor = new Floor(settings.agents());
    desks = new Desks(this, router, floor, out);
    board = new Board(settings.queues(), settings.zone(), settings.standing().today());
    tasks = new Tasks(this, board, out);
    announcer = new Announcer(board, calls::get, offers::offered, out);
    seats = new Seats(this, router, out);
    exits = new Exits(this, board, offers, out);
    recovery = new Recovery(this, floor, board, offers, seats, tasks, out);
    Setup.facts(started, settings).forEach(this::tell);
    recovery.begin(started, settings.standing());
  }

  /// Null: nothing was ever said of them.
  SeatChanged seat(AgentId agent) {
    return seats.of(agent);
  }

  /// When [CenterEvent.TimePassed] is due next; null: nothing is timed.
  public Instant nextDeadline() {
    Instant routers = router.nextDeadline();
    Instant desks = earlier(floor.nextDeadline(), scriptStarts.nextDeadline());
    return earlier(earlier(routers, desks), announcer.nextDeadline());
  }

  private static Instant earlier(Instant a, Instant b) {
    if (a == null || b == null) return a == null ? b : a;
    return a.isBefore(b) ? a : b;
  }

  /// Takes one event, and gives its effects to the consumer in order.
  public void on(CenterEvent event) {
    switch (event) {
      case CenterEvent.FromPbx(var fact) -> onPbx(fact);
      case CenterEvent.FromDesk(var request) -> desks.on(request);
      case CenterEvent.ScriptStarted(var at, var call, var from, var dialed) -> {
        scriptStarts.settled(call);
        arrive(at, call, from, dialed);
      }
      case CenterEvent.CallerIdentified(var at, var call, var matches) ->
          identified(at, call, matches);
      case CenterEvent.ScriptFinished(var at, var call, var outcome) -> scripted(at, call, outcome);
      case CenterEvent.ScriptFroze(_, var call) -> exits.scriptFroze(call);
      case CenterEvent.TaskArrived(var at, var task) -> tasks.arrived(at, task, null);
      case CenterEvent.Scored scored -> scored(scored);
      case CenterEvent.Stored stored -> desks.on(stored);
      case CenterEvent.CustomerWritten written -> desks.on(written);
      case CenterEvent.Reconfigured(var at, var other) -> reconfigure(at, other);
      case CenterEvent.TimePassed(var at) -> {
        floor
            .lostDesks(at)
            .forEach(
                agent -> tell(new AcdEvent.AgentNotReady(at, agent, AgentState.Reasons.DESK_LOST)));
        tell(new AcdEvent.TimePassed(at));
        scriptStarts.overdue(at).forEach(exits::scriptFroze);
        announcer.timePassed(at);
      }
    }
    if (board.beginDay(event.at()))
      settings.queues().forEach(queue -> changedQueues.add(queue.id()));
    show();
  }

  /// Everything that has changed, while calls wait and agents talk.
  private void reconfigure(Instant at, CenterSettings other) {
    CenterSettings before = settings;
    settings = other;
    board.configure(other.queues());
    floor.configure(other.agents());
    Setup.changes(at, before, other).forEach(this::tell);
    changedAgents.addAll(floor.agents());
    for (AgentSettings agent : other.agents()) {
      boolean available = pbxConnected && floor.phone(agent.id()).available();
      tell(new AcdEvent.PhoneChanged(at, agent.id(), available));
    }
    other.queues().forEach(queue -> changedQueues.add(queue.id()));
    lastShadowed = "";
    shadowChanged = true;
  }

  // ── The PBX ─────────────────────────────────────────────────────────────────────────────────

  private void onPbx(PbxEvent fact) {
    switch (fact) {
      case PbxEvent.CallArrived(var at, var id, var from, var dialed) -> {
        // The script's own word may have come first.
        if (!calls.containsKey(id)) scriptStarts.expect(at, id);
        arrive(at, id, from, dialed);
      }
      case PbxEvent.CallHeld(var at, var id) -> held(at, id, at);
      case PbxEvent.CallParked(var at, var id) -> move(id, new CallEvent.Parked(at));
      case PbxEvent.CallFellBack(_, var id) -> exits.fellBack(id);
      case PbxEvent.CallEnded(var at, var id) -> move(id, new CallEvent.Ended(at));
      case PbxEvent.KeyPressed(var at, var id, var key) -> exits.keyPressed(at, id, key);
      case PbxEvent.LegRinging(var at, var leg) -> {
        Offers.Offered offered = offers.get(leg);
        if (offered != null) tell(new AcdEvent.OfferRinging(at, offered.offer()));
      }
      case PbxEvent.LegConnected(var at, var leg) -> connected(at, leg);
      case PbxEvent.LegEnded(var at, var leg, var end) -> legEnded(at, leg, end);
      case PbxEvent.CallTransferred(var at, var leg, _) -> transferred(at, leg);
      case PbxEvent.PhoneChanged(var at, var phone, var state) -> phoneChanged(at, phone, state);
      case PbxEvent.Disconnected(var at, _) -> disconnected(at);
      case PbxEvent.Synchronized news -> synchronize(news);
    }
  }

  private void arrive(Instant at, CallId id, PhoneNumber from, PhoneNumber dialed) {
    if (recovery.isOver(id)) return;
    calls.computeIfAbsent(id, _ -> new Call(id, from, dialed, at));
  }

  void held(Instant at, CallId id, Instant since) {
    move(id, new CallEvent.Held(at, settings.otherwise(), since));
  }

  void connected(Instant at, LegId leg) {
    Offers.Offered offered = offers.get(leg);
    if (offered != null) {
      move(offered.call(), new CallEvent.Connected(at, offered.agent(), leg));
      return;
    }
    Call call = talkingOn(leg);
    if (call != null && call.state instanceof CallState.Talking talk) {
      move(call.id, new CallEvent.Connected(at, talk.agent(), leg));
    }
  }

  /// Before the talk it refuses the offer; in the talk the agent has hung up.
  void legEnded(Instant at, LegId leg, LegEnd end) {
    Offers.Offered offered = offers.remove(leg);
    if (offered != null) {
      hidePop(offered.agent());
      tell(new AcdEvent.OfferRejected(at, offered.offer(), reason(end)));
      exits.notAnswered(offered.call());
      return;
    }
    Call call = talkingOn(leg);
    if (call == null) return;
    boolean parked = call.state instanceof CallState.Talking talk && talk.parked();
    move(call.id, new CallEvent.AgentGone(at, leg));
    // Nobody is left to take the caller off hold.
    if (parked) out.accept(new Effect.Command(new PbxCommand.HangUpCall(call.id)));
  }

  private static String reason(LegEnd end) {
    return switch (end) {
      case NO_ANSWER -> AgentState.Reasons.NO_ANSWER;
      case BUSY -> AgentState.Reasons.PHONE_BUSY;
      case UNREACHABLE -> AgentState.Reasons.PHONE_UNREACHABLE;
      case DECLINED, HUNG_UP -> AgentState.Reasons.DECLINED;
    };
  }

  private void transferred(Instant at, LegId leg) {
    Call call = talkingOn(leg);
    if (call == null) return;
    call.transferred = true;
    move(call.id, new CallEvent.AgentGone(at, leg));
  }

  private Call talkingOn(LegId leg) {
    CallId id = floor.callOn(leg);
    return id == null ? null : calls.get(id);
  }

  private void phoneChanged(Instant at, String phone, PhoneState state) {
    for (AgentId agent : floor.phoneChanged(phone, state)) {
      changedAgents.add(agent);
      tell(new AcdEvent.PhoneChanged(at, agent, pbxConnected && state.available()));
    }
  }

  /// Nothing can be rung, so nobody is offered; talking calls talk on.
  private void disconnected(Instant at) {
    pbxConnected = false;
    out.accept(new Effect.PbxChanged(false));
    for (AgentId agent : floor.agents()) tell(new AcdEvent.PhoneChanged(at, agent, false));
  }

  private void synchronize(PbxEvent.Synchronized news) {
    pbxConnected = true;
    out.accept(new Effect.PbxChanged(true));
    recovery.synchronize(news);
    for (AgentId agent : floor.agents()) {
      tell(new AcdEvent.PhoneChanged(news.at(), agent, floor.phone(agent).available()));
    }
  }

  // ── Scripts ─────────────────────────────────────────────────────────────────────────────────

  /// Known late, it still comes onto the screen of whoever has the caller.
  private void identified(Instant at, CallId id, List<CustomerCard> matches) {
    Call call = calls.get(id);
    if (call == null) {
      // Over, and perhaps not wrapped up yet.
      AgentId agent = floor.looksAt(id);
      if (agent != null) showChosen(agent, matches);
      return;
    }
    call.matches = matches;
    if (matches.size() == 1) note(at, call);
    if (call.state instanceof CallState.Waiting waiting) {
      int priority = priority(call, waiting);
      tell(new AcdEvent.PriorityChanged(at, Contacts.of(call), priority));
    }
    AgentId agent = servedBy(call);
    if (agent != null && floor.pop(agent) != null) showChosen(agent, matches);
  }

  private void showChosen(AgentId agent, List<CustomerCard> matches) {
    changedAgents.add(agent);
    out.accept(new Effect.PopChanged(agent, floor.chosen(agent, matches)));
  }

  /// Who is offered the call or talks in it; null: nobody.
  private AgentId servedBy(Call call) {
    return switch (call.state) {
      case CallState.Talking talk -> talk.agent();
      case CallState.Waiting _ -> offers.agentFor(call.id);
      case CallState.InScript _,
          CallState.Placed _,
          CallState.Away _,
          CallState.Released _,
          CallState.Ended _ ->
          null;
    };
  }

  private void scripted(Instant at, CallId id, Outcome outcome) {
    Call call = calls.get(id);
    if (call == null) return;
    Outcome.Walk walk = outcome.walk();
    call.walked(walk.trail(), walk.answers(), walk.language());
    switch (outcome) {
      case Outcome.Queued queued -> {
        QueueId queue =
            board.knows(queued.queue()) ? new QueueId(queued.queue()) : settings.otherwise();
        move(id, new CallEvent.Placed(at, queue, wish(queued)));
      }
      case Outcome.Runaway _ -> move(id, new CallEvent.Placed(at, settings.otherwise(), Wish.NONE));
      case Outcome.HungUp _, Outcome.Returned _, Outcome.Transferred _ -> {}
    }
  }

  private Wish wish(Outcome.Queued queued) {
    AgentId preferred = floor.known(queued.preferred());
    return new Wish(queued.priority(), ask(queued.ask()), preferred, queued.preferredFor());
  }

  /// What a script or a PBX says is checked: what cannot be read asks for nothing.
  static SkillExpression ask(String text) {
    if (text == null || text.isBlank()) return SkillExpression.ANY;
    try {
      return SkillExpression.parse(text);
    } catch (ExpressionSyntaxException e) {
      return SkillExpression.ANY;
    }
  }

  /// An answer belongs to the agent who had the call.
  private void scored(CenterEvent.Scored scored) {
    Call call = calls.get(scored.call());
    if (call == null) return;
    CallState.Talking talk =
        switch (call.state) {
          case CallState.Released(var over, _) -> over;
          case CallState.Talking talking -> talking;
          default -> null;
        };
    if (talk != null) {
      board.scored(talk.queue(), scored.score(), scored.most());
      changedQueues.add(talk.queue());
    }
    var answer =
        new SurveyAnswer(
            call.id.value(),
            call.customer(),
            talk == null ? "" : talk.queue().value(),
            talk == null ? "" : talk.agent().value(),
            scored.question(),
            scored.score(),
            scored.most(),
            scored.at());
    out.accept(new Effect.Record(answer, call.from));
  }

  // ── A call moves, and what follows ──────────────────────────────────────────────────────────

  void move(CallId id, CallEvent event) {
    Call call = calls.get(id);
    if (call == null) return;
    CallState before = call.state;
    CallState after = before.on(event);
    if (after.equals(before)) return;
    if (!(after instanceof CallState.InScript)) scriptStarts.settled(id);
    call.state = after;
    left(event.at(), call, before, after);
    entered(event.at(), call, before, after);
  }

  private void left(Instant at, Call call, CallState before, CallState after) {
    switch (before) {
      case CallState.Waiting waiting -> {
        waitOver(call, waiting);
        if (after instanceof CallState.Ended) board.abandoned(waiting.queue());
        boolean left =
            after instanceof CallState.Ended
                || (after instanceof CallState.Away away && away.byChoice());
        if (left) tell(new AcdEvent.ContactLeft(at, Contacts.of(call)));
      }
      case CallState.Talking talk when !(after instanceof CallState.Talking) -> {
        floor.talkOver(talk.agent(), talk.leg());
        changedAgents.add(talk.agent());
        if (after instanceof CallState.Ended) hangUpParkedAgent(talk);
        tell(new AcdEvent.ContactEnded(at, Contacts.of(call)));
      }
      default -> {}
    }
  }

  void waitOver(Call call, CallState.Waiting waiting) {
    board.waitOver(waiting.queue(), call.id.value());
    announcer.waitOver(call.id);
    changedQueues.add(waiting.queue());
  }

  /// A parked caller's end does not end the agent's leg, which waits in silence.
  private void hangUpParkedAgent(CallState.Talking talk) {
    if (talk.parked()) out.accept(new Effect.Command(new PbxCommand.HangUpLeg(talk.leg())));
  }

  private void entered(Instant at, Call call, CallState before, CallState after) {
    boolean news = after.getClass() != before.getClass() || after instanceof CallState.Waiting;
    if (news && !(after instanceof CallState.Ended)) note(at, call);
    switch (after) {
      case CallState.Waiting waiting -> {
        board.waits(waiting.queue(), call.id.value(), waiting.since());
        announcer.waits(at, call.id, waiting.queue());
        changedQueues.add(waiting.queue());
        if (before instanceof CallState.Waiting) return;
        if (before instanceof CallState.Released) call.turn++;
        queue(at, call, waiting);
      }
      case CallState.Talking talk when before instanceof CallState.Waiting waiting -> {
        Offers.Offered offered = offers.remove(talk.leg());
        floor.talks(talk.agent(), talk.leg(), call.id);
        board.answered(waiting.queue(), Duration.between(waiting.since(), at));
        board.served(waiting.queue(), at);
        tell(new AcdEvent.OfferAccepted(at, offered.offer()));
      }
      case CallState.Talking talk -> changedAgents.add(talk.agent());
      case CallState.Ended ended -> over(call, ended);
      case CallState.InScript _, CallState.Placed _, CallState.Away _, CallState.Released _ -> {}
    }
  }

  private void queue(Instant at, Call call, CallState.Waiting waiting) {
    Wish wish = waiting.wish();
    tell(
        new AcdEvent.ContactQueued(
            at,
            Contacts.of(call),
            waiting.queue(),
            waiting.since(),
            priority(call, waiting),
            wish.ask(),
            wish.preferred() == null
                ? null
                : new AcdEvent.Preferred(wish.preferred(), wish.preferredFor())));
  }

  /// The PBX knows nothing of a leg that we have asked for: the agent did nothing wrong, and the
  /// caller keeps their place.
  void offerLost(Instant at, LegId leg) {
    Offers.Offered offered = offers.remove(leg);
    if (offered == null) return;
    hidePop(offered.agent());
    Call call = calls.get(offered.call());
    if (call == null || !(call.state instanceof CallState.Waiting waiting)) return;
    tell(new AcdEvent.ContactLeft(at, Contacts.of(call)));
    queue(at, call, waiting);
  }

  private void over(Call call, CallState.Ended ended) {
    closed(call, call.record(ended));
  }

  /// The call is history.
  void closed(Call call, ContactRecord record) {
    calls.remove(call.id);
    recovery.over(call.id);
    out.accept(new Effect.Record(record, call.from));
  }

  /// So that a later run knows it.
  void note(Instant at, Call call) {
    out.accept(new Effect.Record(call.seen(at), null));
  }

  /// A call that lived before we heard of it.
  void begin(Call call) {
    calls.put(call.id, call);
  }

  /// Waits, as the PBX has it, whatever was known of them.
  void enter(Instant at, Call call, CallState.Waiting waiting) {
    call.state = waiting;
    entered(at, call, new CallState.InScript(), waiting);
  }

  /// What an agent wraps up; null: no call.
  SeatChanged.WrapUp wrapUp(ContactId contact, Instant since) {
    Call call = calls.get(Contacts.call(contact));
    return call == null ? null : new SeatChanged.WrapUp(call.seen(since), since);
  }

  /// The script's points, the customer's tier's, and a supervisor's.
  private int priority(Call call, CallState.Waiting waiting) {
    int tier = settings.tiers().getOrDefault(call.tier(), 0);
    return Urgency.sum((long) waiting.wish().priority() + tier + call.raised);
  }

  /// Null: it is done when that is durable.
  Refusal raise(DeskRequest.Raise request) {
    Call call = calls.get(request.call());
    if (call == null || !(call.state instanceof CallState.Waiting waiting)) return Refusal.NO_CALL;
    call.raised = request.points();
    changedQueues.add(waiting.queue());
    tell(new AcdEvent.PriorityChanged(request.at(), Contacts.of(call), priority(call, waiting)));
    out.accept(
        new Effect.RecordFor(call.seen(request.at()), null, request.agent(), call.id, request));
    return null;
  }

  // ── The router's decisions ──────────────────────────────────────────────────────────────────

  void tell(AcdEvent event) {
    witness.accept(event);
    router.on(event, this::decided);
    // What a decision itself has shown to be a fact; the router is not told from inside.
    while (!tellLater.isEmpty()) {
      AcdEvent next = tellLater.poll();
      witness.accept(next);
      router.on(next, this::decided);
    }
  }

  private void decided(Decision decision) {
    switch (decision) {
      case Decision.Offer offer -> offer(offer);
      case Decision.Withdraw withdraw -> withdraw(withdraw);
      case Decision.AgentMoved moved -> {
        changedAgents.add(moved.agent());
        seats.moved(moved);
        ContactId shown = floor.shown(moved.agent());
        boolean has = shown != null && router.has(moved.agent(), shown);
        boolean over = floor.moved(moved, has);
        if (over) out.accept(new Effect.PopChanged(moved.agent(), null));
      }
      case Decision.ContactMoved moved when tasks.has(moved.contact()) -> tasks.moved(moved);
      case Decision.ContactMoved(var at, var contact, _, var to, _) ->
          move(Contacts.call(contact), new CallEvent.Moved(at, to));
      case Decision.Diverted diverted -> exits.diverted(diverted, settings.dialing());
      case Decision.Shadowed(_, _, var contact, var agent) -> {
        lastShadowed = contact + " → " + agent;
        shadowChanged = true;
      }
    }
  }

  private void offer(Decision.Offer offer) {
    shadowChanged |= settings.routing().shadow() != null;
    if (tasks.has(offer.contact())) {
      tasks.offered(offer);
      return;
    }
    Call call = calls.get(Contacts.call(offer.contact()));
    AgentSettings agent = floor.settings(offer.agent());
    QueueSettings queue = board.settings(offer.queue());
    LegId adopted = recovery.adopted(call.id, offer.agent());
    LegId leg = adopted != null ? adopted : LegId.ofOffer(offer.offer().value());
    offers.put(leg, new Offers.Offered(offer.offer(), call.id, agent.id()));
    ScreenPop pop = pop(call, queue, offer.at());
    if (adopted != null) {
      showPop(agent.id(), pop, offer.contact());
      tellLater.add(new AcdEvent.OfferRinging(offer.at(), offer.offer()));
      return;
    }
    floor.popped(agent.id(), pop, offer.contact());
    var ring =
        new PbxCommand.RingAgent(
            call.id,
            leg,
            agent.phone(),
            agent.id().value(),
            call.from,
            queue.ring(),
            queue.after());
    out.accept(new Effect.PopThenRing(agent.id(), pop, ring));
  }

  ScreenPop pop(Call call, QueueSettings queue, Instant decided) {
    String line = settings.lines().getOrDefault(call.dialed.value(), call.dialed.value());
    Instant since =
        switch (call.state) {
          case CallState.Waiting waiting -> waiting.since();
          case CallState.Talking talk -> talk.waitedSince();
          default -> decided;
        };
    return new ScreenPop(
        call.id,
        decided,
        queue.id(),
        queue.title(),
        call.from.value(),
        line,
        since,
        call.path,
        call.answers,
        call.matches,
        queue.dispositions());
  }

  void hidePop(AgentId agent) {
    floor.popped(agent, null, null);
    out.accept(new Effect.PopChanged(agent, null));
  }

  void showPop(AgentId agent, ScreenPop pop, ContactId contact) {
    floor.popped(agent, pop, contact);
    out.accept(new Effect.PopChanged(agent, pop));
  }

  private void withdraw(Decision.Withdraw withdraw) {
    if (tasks.has(withdraw.contact())) {
      tasks.withdrawn(withdraw);
      return;
    }
    LegId leg = offers.legOf(withdraw.offer());
    offers.remove(leg);
    hidePop(withdraw.agent());
    CallId call = Contacts.call(withdraw.contact());
    out.accept(new Effect.Command(new PbxCommand.CancelRing(call, leg)));
    exits.notAnswered(call);
  }

  // ── For desks ───────────────────────────────────────────────────────────────────────────────

  /// The leg that is offered to an agent; null: none.
  LegId offeredTo(AgentId agent) {
    return offers.legFor(agent);
  }

  void adopt(Instant at, ContactId contact, QueueId queue, AgentId agent) {
    recovery.adopt(at, contact, queue, agent);
  }

  boolean has(AgentId agent, ContactId contact) {
    return router.has(agent, contact);
  }

  /// What an agent is talking in; null: nothing.
  CallState.Talking talkOf(AgentId agent) {
    LegId leg = floor.legOf(agent);
    Call call = leg == null ? null : talkingOn(leg);
    return call != null && call.state instanceof CallState.Talking talk ? talk : null;
  }

  /// A live call; null: it is over.
  Call call(CallId id) {
    return calls.get(id);
  }

  boolean pbxConnected() {
    return pbxConnected;
  }

  List<CallId> liveCallIds() {
    return List.copyOf(calls.keySet());
  }

  ScriptStarts scriptStarts() {
    return scriptStarts;
  }

  QueueId otherwise() {
    return settings.otherwise();
  }

  Tasks tasks() {
    return tasks;
  }

  Exits exits() {
    return exits;
  }

  Seats seats() {
    return seats;
  }

  void changed(QueueId queue) {
    changedQueues.add(queue);
  }

  void changed(AgentId agent) {
    changedAgents.add(agent);
  }

  // ── Screens ─────────────────────────────────────────────────────────────────────────────────

  private void show() {
    for (AgentId agent : changedAgents) {
      if (router.knows(agent)) out.accept(new Effect.AgentChanged(view(agent)));
      else floor.forget(agent);
    }
    for (QueueId queue : changedQueues) {
      if (!board.knows(queue)) continue;
      out.accept(new Effect.QueueChanged(board.view(queue)));
      out.accept(new Effect.WaitersChanged(waiters(queue)));
    }
    tasks.show();
    if (shadowChanged) out.accept(new Effect.ShadowChanged(shadow()));
    shadowChanged = false;
    changedAgents.clear();
    changedQueues.clear();
  }

  private AgentView view(AgentId agent) {
    CallState.Talking talk = talkOf(agent);
    AgentState state = router.stateOf(agent);
    boolean working = state instanceof AgentState.Talking(_, var contact) && tasks.has(contact);
    return floor.view(agent, state, talk != null && talk.parked(), working);
  }

  private WaitersView waiters(QueueId queue) {
    var waiters = new ArrayList<WaitersView.Waiter>();
    for (String id : board.first(queue, WaitersView.MOST)) {
      Call call = calls.get(new CallId(id));
      if (call == null || !(call.state instanceof CallState.Waiting waiting)) continue;
      waiters.add(
          new WaitersView.Waiter(
              id, call.name(), call.tier(), waiting.since(), priority(call, waiting), call.raised));
    }
    return new WaitersView(queue, waiters);
  }

  private ShadowView shadow() {
    Policy policy = settings.routing().shadow();
    if (policy == null) return new ShadowView("", 0, 0, "");
    var tally = router.shadowTally();
    return new ShadowView(policy.word(), tally.asked(), tally.otherwise(), lastShadowed);
  }

  /// Everything there is to show, for screens that begin.
  public List<Effect> everything() {
    var all = new ArrayList<Effect>();
    for (AgentId agent : floor.agents()) all.add(new Effect.AgentChanged(view(agent)));
    settings.queues().forEach(queue -> all.add(new Effect.QueueChanged(board.view(queue.id()))));
    all.add(new Effect.PbxChanged(pbxConnected));
    all.add(new Effect.ShadowChanged(shadow()));
    return all;
  }

  /// How many calls are live, for tests and load runs.
  public int liveCalls() {
    return calls.size();
  }
}
