package org.switchroom.cti.screens;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.CounterMemory;
import org.switchroom.acd.Decision;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.agent.InHand.Stage;
import org.switchroom.cti.center.AgentSettings;
import org.switchroom.cti.center.CenterPlan;
import org.switchroom.cti.center.Phones;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.center.Replica;
import org.switchroom.cti.center.State;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.contact.Handover;
import org.switchroom.cti.contact.Outbound;
import org.switchroom.cti.contact.Stay;
import org.switchroom.cti.event.About;
import org.switchroom.cti.event.AgentEvent;
import org.switchroom.cti.event.AgentEvent.DeskOpened;
import org.switchroom.cti.event.AgentEvent.PresenceAsked;
import org.switchroom.cti.event.CallEvent;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.CenterEvent.ConfigurationTaken;
import org.switchroom.cti.event.CenterEvent.PbxConnected;
import org.switchroom.cti.event.CenterEvent.PbxDisconnected;
import org.switchroom.cti.event.CenterEvent.PhoneChanged;
import org.switchroom.cti.event.CenterEvent.RecordingDiskBroke;
import org.switchroom.cti.event.CenterEvent.RouterRemembered;
import org.switchroom.cti.event.CenterEvent.ShadowDiffered;
import org.switchroom.cti.event.ContactEvent;
import org.switchroom.cti.event.ContactEvent.Announced;
import org.switchroom.cti.event.ContactEvent.ContactMoved;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.figures.DayFigures;
import org.switchroom.cti.figures.QueueFigure;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.Supervision;
import org.switchroom.cti.task.Task;

/// Shows what has changed: agents, queues, pops. It is given turns and nothing else, and folds a
/// state of its own from them.
///
/// One thread's: the engine's, because a pop has to leave before the phone rings.
public final class ScreenProjection {
  private static final Set<Stage> BUSY = Set.of(Stage.WORKING, Stage.TALKING, Stage.HELD);

  private final Replica replica = new Replica();
  private final State state = replica.state();
  private final Screens screens;
  private final DayFigures figures;
  private CenterPlan plan;

  /// What each agent's screens show.
  private final Map<AgentId, Map<ContactId, ScreenPop>> shown = new HashMap<>();

  /// Who takes part in whose talk, as it was shown last.
  private final Map<AgentId, List<SupervisionView.Supervisor>> supervised = new HashMap<>();

  /// Whom each agent may pick up, as it was shown last; who is not named may pick up nobody.
  private final Map<AgentId, ParkedView> parked = new HashMap<>();

  private final Set<AgentId> withTasks = new LinkedHashSet<>();
  private final Set<AgentId> changedAgents = new LinkedHashSet<>();
  private final Set<QueueId> changedQueues = new LinkedHashSet<>();
  private final Set<AgentId> reopened = new LinkedHashSet<>();
  private boolean parkedChanged;
  private boolean shadowChanged;
  private boolean desksChanged;
  private boolean pbxChanged;
  private String lastShadowed = "";
  private long shadowAsked;
  private long shadowOtherwise;

  public ScreenProjection(Screens screens, CenterPlan plan, DayFigures figures) {
    this.screens = screens;
    this.plan = plan;
    this.figures = figures;
  }

  /// The configuration of the turns that follow.
  public void configure(CenterPlan changed) {
    plan = changed;
    lastShadowed = "";
    shadowChanged = true;
    parkedChanged = true;
    desksChanged = true;
    changed.settings().queues().forEach(queue -> changedQueues.add(queue.id()));
    state.agents().forEach(agent -> changedAgents.add(agent.id()));
  }

  /// What an earlier run knew, before the first turn that is shown.
  public Replica replica() {
    return replica;
  }

  /// Shows what a turn has changed of agents and of the link to the PBX. What has changed of queues
  /// is shown by the next [#overview].
  ///
  /// @param about becomes whom something is shown of; of whom is set aside nothing is
  /// @return by agent, what completes when the pops of this turn are written
  public Map<AgentId, CompletionStage<Void>> on(Turn turn, About about) {
    for (Event event : turn.events()) {
      before(event);
      state.apply(event, turn.at());
      after(event);
    }
    figures.on(turn);
    changedQueues.addAll(figures.changed());
    return show(about);
  }

  /// A day may be over without a turn: the figures begin anew.
  public void timePassed(Instant wall) {
    figures.timePassed(wall);
    changedQueues.addAll(figures.changed());
  }

  /// Whether the next [#overview] shows anything.
  public boolean hasOverview() {
    return shadowChanged || desksChanged || !changedQueues.isEmpty();
  }

  /// Shows what many look at, and no phone waits for: the queues that have changed since the last
  /// time, who waits in them, and the shadow. Of many turns it is shown once.
  ///
  /// @param about becomes whom something is shown of; of whom is set aside nothing is
  public void overview(About about) {
    for (QueueId queue : changedQueues) {
      plan.queue(queue)
          .filter(_ -> about.queue(queue))
          .ifPresent(
              settings -> {
                screens.show(view(settings));
                screens.show(waiters(queue));
              });
    }
    about.again();
    if (shadowChanged) screens.show(shadow());
    if (desksChanged) screens.hotDesks(hotDesks());
    changedQueues.clear();
    shadowChanged = false;
    desksChanged = false;
  }

  /// Everything there is to show, for screens that begin.
  ///
  /// @param about becomes whom something is shown of; of whom is set aside nothing is
  public void everything(About about) {
    state.agents().forEach(agent -> changedAgents.add(agent.id()));
    plan.settings().agents().forEach(agent -> changedAgents.add(agent.id()));
    plan.settings().queues().forEach(queue -> changedQueues.add(queue.id()));
    pbxChanged = true;
    shadowChanged = true;
    desksChanged = true;
    show(about);
    overview(about);
  }

  // ── What has changed ────────────────────────────────────────────────────────────────────────

  private void before(Event event) {
    if (event instanceof ContactEvent e) {
      changedAgents.addAll(state.agentsWith(e.contact()));
      waits(e.contact());
      parkedChanged |= state.isParked(e.contact());
    }
  }

  private void after(Event event) {
    switch (event) {
      case ContactEvent e -> {
        if (e instanceof Announced) return;
        changedAgents.addAll(state.agentsWith(e.contact()));
        whoAsks(e.contact());
        waits(e.contact());
        parkedChanged |= state.isParked(e.contact());
        if (e instanceof ContactMoved moved) changedQueues.add(moved.from());
      }
      case CallEvent e -> {
        changedAgents.addAll(state.agentsWith(e.contact()));
        whoAsks(e.contact());
        parkedChanged |= state.isParked(e.contact());
        whoIsAsked(e).ifPresent(asked -> changedAgents.addAll(state.agentsWith(asked)));
      }
      case AgentEvent e -> {
        changedAgents.add(e.agent());
        if (e instanceof DeskOpened) reopened.add(e.agent());
        desksChanged |= !(e instanceof PresenceAsked);
      }
      case CenterEvent e -> after(e);
    }
  }

  /// Who asks somebody sees how far that is, and whether they are on hold there.
  private void whoAsks(ContactId asked) {
    state
        .contact(asked)
        .flatMap(Contact::about)
        .ifPresent(other -> changedAgents.addAll(state.agentsWith(other)));
  }

  /// Who is asked sees whether the caller hears them.
  private Optional<ContactId> whoIsAsked(CallEvent event) {
    if (event instanceof CallEvent.ConsultationEnded over) return state.about(over.own());
    return state.asked(event.contact()).map(State.Asked::contact).map(Contact::id);
  }

  private void after(CenterEvent event) {
    switch (event) {
      case PbxConnected _, PbxDisconnected _ -> pbxChanged = true;
      case PhoneChanged(_, var phone, _) -> {
        changedAgents.addAll(phones().with(phone));
        desksChanged |= plan.isHotDesk(phone);
      }
      case ConfigurationTaken taken -> changedAgents.addAll(taken.agents());
      case RecordingDiskBroke _ ->
          state.agents().stream()
              .filter(agent -> !agent.contacts().isEmpty())
              .forEach(agent -> changedAgents.add(agent.id()));
      case ShadowDiffered(_, var contact, var agent) -> {
        lastShadowed = contact + " → " + agent;
        shadowChanged = true;
      }
      case RouterRemembered(CounterMemory counters) -> {
        boolean same =
            counters.shadowAsked() == shadowAsked && counters.shadowOtherwise() == shadowOtherwise;
        shadowAsked = counters.shadowAsked();
        shadowOtherwise = counters.shadowOtherwise();
        shadowChanged |= !same;
      }
      default -> {}
    }
  }

  private void waits(ContactId id) {
    state.contact(id).filter(Contact::waits).flatMap(Contact::queue).ifPresent(changedQueues::add);
  }

  // ── Showing ─────────────────────────────────────────────────────────────────────────────────

  private Map<AgentId, CompletionStage<Void>> show(About about) {
    var written = new HashMap<AgentId, CompletionStage<Void>>();
    for (AgentId id : changedAgents) {
      Optional<AgentSession> agent = state.agent(id);
      Optional<AgentSettings> settings = plan.agent(id);
      if (agent.isEmpty() || settings.isEmpty() && agent.get().contacts().isEmpty()) {
        about.again();
        clear(id);
        continue;
      }
      pops(agent.get(), written, about);
      tasks(agent.get(), about);
      if (about.agent(id)) screens.show(view(agent.get()));
      supervision(id, supervisors(agent.get()));
    }
    about.again();
    parked(about);
    if (pbxChanged) screens.pbx(state.connected(PbxId.MAIN));
    changedAgents.clear();
    parkedChanged = false;
    reopened.clear();
    pbxChanged = false;
    return written;
  }

  /// Nobody is parked most of the time, and then nothing is looked at. Of whom is set aside nothing
  /// is shown.
  private void parked(About about) {
    if (parkedChanged) {
      changedAgents.addAll(parked.keySet());
      state.agents().forEach(agent -> changedAgents.add(agent.id()));
    }
    List<Contact> all =
        state.parked().stream()
            .filter(contact -> about.contact(contact.call(), contact.task()))
            .toList();
    about.again();
    for (AgentId agent : changedAgents) {
      ParkedView now = all.isEmpty() ? ParkedView.NOBODY : parkedFor(agent, all);
      ParkedView before = parked.getOrDefault(agent, ParkedView.NOBODY);
      if (now.equals(before)) continue;
      if (now.equals(ParkedView.NOBODY)) parked.remove(agent);
      else parked.put(agent, now);
      screens.parked(agent, now);
    }
  }

  /// Of those the ones whom an agent who is logged in may serve.
  private ParkedView parkedFor(AgentId agent, List<Contact> all) {
    boolean there = state.agent(agent).filter(one -> !one.loggedOut()).isPresent();
    if (!there) return ParkedView.NOBODY;
    List<Contact> theirs = all.stream().filter(one -> plan.mayServe(agent, one)).toList();
    return new ParkedView(
        theirs.stream().limit(ParkedView.MOST).map(this::parked).toList(),
        Math.max(theirs.size() - ParkedView.MOST, 0));
  }

  private ParkedView.ParkedCaller parked(Contact contact) {
    QueueId queue = plan.queueNow(contact);
    Handover by = contact.handover().orElseThrow();
    Handover.Parked parked = by.parked().orElseThrow();
    return new ParkedView.ParkedCaller(
        contact.id(),
        contact.name(),
        queue,
        title(queue),
        name(by.by()),
        by.why(),
        parked.since(),
        parked.until());
  }

  /// Nobody is there any more who has anything in hand; a screen of theirs may be open still.
  private void clear(AgentId agent) {
    Map<ContactId, ScreenPop> before = Optional.ofNullable(shown.remove(agent)).orElse(Map.of());
    before.keySet().forEach(gone -> screens.pop(agent, gone, Optional.empty()));
    if (withTasks.remove(agent)) screens.tasks(agent, List.of());
    supervision(agent, List.of());
  }

  private void supervision(AgentId agent, List<SupervisionView.Supervisor> supervisors) {
    List<SupervisionView.Supervisor> before =
        supervisors.isEmpty() ? supervised.remove(agent) : supervised.put(agent, supervisors);
    if (supervisors.equals(Objects.requireNonNullElse(before, List.of()))) return;
    screens.show(new SupervisionView(agent, supervisors));
  }

  private List<SupervisionView.Supervisor> supervisors(AgentSession agent) {
    return state.supervising(agent).stream()
        .map(one -> new SupervisionView.Supervisor(one.who(), one.how(), one.connected()))
        .toList();
  }

  /// Of several who take part the one who is heard most.
  private static Optional<Supervision> loudest(List<SupervisionView.Supervisor> supervisors) {
    return supervisors.stream()
        .filter(SupervisionView.Supervisor::connected)
        .map(SupervisionView.Supervisor::how)
        .max(Comparator.naturalOrder());
  }

  private void pops(AgentSession agent, Map<AgentId, CompletionStage<Void>> written, About about) {
    Map<ContactId, ScreenPop> before = shown.getOrDefault(agent.id(), Map.of());
    var now = new LinkedHashMap<ContactId, ScreenPop>();
    for (InHand one : agent.contacts()) {
      state
          .contact(one.contact())
          .filter(contact -> contact.task().isEmpty() && shown(contact, about))
          .ifPresent(
              contact ->
                  now.put(contact.id(), pop(contact, one, agent.noted(contact.id()).orElse(one))));
    }
    before.forEach(
        (contact, pop) -> {
          boolean gone = !now.containsKey(contact);
          if (gone && pop.call().filter(call -> !about.lastly(call)).isEmpty()) {
            screens.pop(agent.id(), contact, Optional.empty());
          }
        });
    boolean anew = reopened.contains(agent.id());
    now.forEach(
        (contact, pop) -> {
          if (anew || !pop.equals(before.get(contact))) {
            pop.call().ifPresent(about::lastly);
            written.merge(
                agent.id(),
                screens.pop(agent.id(), contact, Optional.of(pop)),
                (one, other) -> one.thenCombine(other, (_, _) -> null));
          }
        });
    if (now.isEmpty()) shown.remove(agent.id());
    else shown.put(agent.id(), now);
  }

  /// Who is set aside is shown while there is something left to say of them: who waits is about to
  /// leave.
  private static boolean shown(Contact contact, About about) {
    return about.contact(contact.call(), contact.task())
        || !contact.waits()
            && about.becomes(
                About.ASIDE, contact.call().map(CallId::value).orElse(contact.id().value()));
  }

  /// @param one the latest that the agent has of it
  /// @param noted what the agent says something of
  private ScreenPop pop(Contact contact, InHand one, InHand noted) {
    String dialed = contact.arrival().dialed().value();
    return new ScreenPop(
        contact.id(),
        contact.call(),
        one.offered(),
        one.queue(),
        title(one.queue()),
        contact.arrival().from().value(),
        contact.identity().matches().isEmpty() ? contact.arrival().name().value() : "",
        plan.settings().entryPoints().getOrDefault(dialed, dialed),
        contact.stay().map(Stay::since).orElse(contact.arrival().at()),
        contact.script().path(),
        contact.script().answers(),
        contact.identity().matches(),
        contact.identity().chosen(),
        plan.queue(noted.queue()).map(QueueSettings::dispositions).orElse(List.of()),
        contact.handover().map(this::handedOver),
        noted.draft());
  }

  private ScreenPop.HandedOver handedOver(Handover by) {
    return new ScreenPop.HandedOver(
        name(by.by()),
        by.why(),
        by.draft(),
        by.held()
            .map(
                held ->
                    new ScreenPop.WasOnHold(held.talked().toMillis(), held.onHold().toMillis())),
        by.parked().map(parked -> new ScreenPop.Parked(parked.since())));
  }

  private String title(QueueId queue) {
    return plan.queue(queue).map(QueueSettings::title).orElse(queue.value());
  }

  /// The latest is what is new.
  private void tasks(AgentSession agent, About about) {
    List<TaskView> tasks =
        agent.contacts().stream().flatMap(one -> task(one, about).stream()).toList();
    boolean had = withTasks.contains(agent.id());
    if (tasks.isEmpty()) about.again();
    if (tasks.isEmpty() && !had && !reopened.contains(agent.id())) return;
    if (tasks.isEmpty()) withTasks.remove(agent.id());
    else withTasks.add(agent.id());
    screens.tasks(agent.id(), tasks);
  }

  private Optional<TaskView> task(InHand one, About about) {
    return state
        .contact(one.contact())
        .filter(contact -> contact.task().isPresent() && shown(contact, about))
        .flatMap(Contact::task)
        .map(
            (Task task) ->
                new TaskView(
                    one.contact(),
                    task.id(),
                    task.kind(),
                    one.stage() == Stage.WORKING
                        ? TaskView.Progress.WORKING
                        : TaskView.Progress.OFFERED,
                    title(one.queue()),
                    task.customer(),
                    task.name(),
                    task.number(),
                    task.recording().isEmpty() ? 0 : Math.max(task.seconds(), 1),
                    task.created(),
                    one.draft()));
  }

  private List<HotDesk> hotDesks() {
    return plan.settings().hotDesks().stream()
        .map(
            phone ->
                new HotDesk(
                    phone,
                    state.phoneState(PbxId.MAIN, phone),
                    phones().with(phone).stream().findFirst().map(this::name).orElse("")))
        .toList();
  }

  private Phones phones() {
    return new Phones(state, plan);
  }

  private AgentView view(AgentSession agent) {
    AgentState now = agent.state();
    String phone = phones().of(agent.id());
    return new AgentView(
        agent.id(),
        name(agent.id()),
        stateOf(agent),
        since(agent),
        now instanceof AgentState.NotReady notReady ? notReady.reason() : "",
        agent.pending().map(ScreenProjection::word).orElse(""),
        phones().stateOf(agent.id(), PbxId.MAIN),
        phone,
        plan.choosesPhone(agent.id()),
        !plan.knowsTalk(phone),
        agent.desk(),
        plan.settings().agentsAreTold() ? loudest(supervisors(agent)) : Optional.empty(),
        agent.contacts().stream().map(one -> view(one, agent.id())).toList());
  }

  private AgentView.InHandView view(InHand one, AgentId agent) {
    Optional<Contact> contact = state.contact(one.contact());
    Optional<State.OnHold> held =
        one.stage() == Stage.HELD ? state.onHold(one.contact()) : Optional.empty();
    boolean talks = one.stage() == Stage.TALKING || one.stage() == Stage.HELD;
    Optional<AgentView.RecordingView> recording =
        state
            .onRecord(one.contact())
            .map(known -> new AgentView.RecordingView(known.since(), known.paused()));
    return new AgentView.InHandView(
        one.contact(),
        contact.map(known -> known.task().isEmpty()).orElse(true),
        one.stage(),
        one.since(),
        one.queue(),
        title(one.queue()),
        contact.map(Contact::name).orElse(""),
        held.isPresent() ? held.get().back() : one.until(),
        one.dispositionNeeded(),
        held.filter(State.OnHold::onPhone).isPresent(),
        held.map(State.OnHold::reminded).orElse(0),
        one.stage() == Stage.WRAP_UP && contact.filter(known -> returned(known, agent)).isPresent(),
        contact.filter(Contact::isConsultation).isPresent(),
        BUSY.contains(one.stage())
            ? state.asked(one.contact()).flatMap(asked -> asks(asked.contact(), asked.withCaller()))
            : Optional.empty(),
        talks && state.inConference(one.contact()),
        contact
            .filter(Contact::isMade)
            .flatMap(Contact::outbound)
            .map(
                made ->
                    new AgentView.DialsView(
                        made.progress(), made.since(), made.warns(), made.ends())),
        talks ? recording : Optional.empty(),
        talks
            && recording.isEmpty()
            && !state.recordingDiskBroken()
            && contact
                .flatMap(
                    known -> plan.queue(one.queue()).filter(queue -> queue.recordsOnDemand(known)))
                .isPresent());
  }

  private Optional<AgentView.AsksView> asks(Contact asked, boolean withCaller) {
    if (asked.outbound().isPresent()) return Optional.of(asks(asked.outbound().get(), withCaller));
    return switch (asked.state()) {
      case ContactState.Selecting(var chosen, var since) ->
          chosen.map(to -> asks(whom(to), AgentView.AsksView.Progress.WAITING, since, withCaller));
      case ContactState.Queued(var stay) ->
          Optional.of(
              asks(
                  whom(stay.request().in(stay.queue())),
                  AgentView.AsksView.Progress.WAITING,
                  stay.since(),
                  withCaller));
      case ContactState.Offered(_, var offers) ->
          Optional.of(
              asks(
                  name(offers.getFirst().agent()),
                  AgentView.AsksView.Progress.RINGING,
                  offers.getFirst().since(),
                  withCaller));
      case ContactState.Handling talk ->
          Optional.of(
              new AgentView.AsksView(
                  name(talk.agent()),
                  false,
                  AgentView.AsksView.Progress.TALKING,
                  talk.since(),
                  withCaller,
                  state.onHold(asked.id()).isPresent()));
      case ContactState.Away _,
          ContactState.Handled _,
          ContactState.Parked _,
          ContactState.CutOff _,
          ContactState.Closed _ ->
          Optional.empty();
    };
  }

  private static AgentView.AsksView asks(Outbound number, boolean withCaller) {
    AgentView.AsksView.Progress progress =
        switch (number.progress()) {
          case INITIATED, PROMPTING, RINGING -> AgentView.AsksView.Progress.RINGING;
          case REACHED -> AgentView.AsksView.Progress.TALKING;
          case BUSY, NO_ANSWER, FAILED -> AgentView.AsksView.Progress.NOT_REACHED;
        };
    return new AgentView.AsksView(
        number.number(), true, progress, number.since(), withCaller, false);
  }

  private static AgentView.AsksView asks(
      String whom, AgentView.AsksView.Progress progress, Instant since, boolean withCaller) {
    return new AgentView.AsksView(whom, false, progress, since, withCaller, false);
  }

  private String whom(QueueRequest to) {
    return to.preferred().map(this::name).orElseGet(() -> title(to.queue()));
  }

  private String name(AgentId agent) {
    return plan.agent(agent).map(AgentSettings::name).orElse(agent.value());
  }

  private static boolean returned(Contact contact, AgentId agent) {
    return contact
        .handover()
        .filter(by -> by.by().equals(agent) && by.held().isPresent())
        .isPresent();
  }

  /// Whom they ask they are with, whether or not somebody has answered.
  private boolean isWithColleague(AgentSession agent) {
    return busiest(agent)
        .filter(one -> one.stage() == Stage.HELD)
        .flatMap(one -> state.asked(one.contact()))
        .filter(asked -> !asked.withCaller())
        .isPresent();
  }

  private AgentView.Activity stateOf(AgentSession agent) {
    return switch (agent.state()) {
      // Who serves nobody, and has taken a caller over.
      case AgentState.LoggedOut _ ->
          busiest(agent).map(one -> busy(one.stage())).orElse(AgentView.Activity.LOGGED_OUT);
      case AgentState.NotReady _ -> AgentView.Activity.NOT_READY;
      case AgentState.Ready _ -> AgentView.Activity.READY;
      case AgentState.Reserved _ -> AgentView.Activity.RESERVED;
      case AgentState.Ringing _ -> AgentView.Activity.RINGING;
      case AgentState.Talking _ ->
          isWithColleague(agent)
              ? AgentView.Activity.CONSULTING
              : busy(busiest(agent).map(InHand::stage).orElse(Stage.TALKING));
      case AgentState.Consulting _ -> AgentView.Activity.CONSULTING;
      case AgentState.InWrapUp _ -> AgentView.Activity.WRAP_UP;
    };
  }

  private static AgentView.Activity busy(Stage stage) {
    return switch (stage) {
      case HELD -> AgentView.Activity.HOLD;
      case WORKING -> AgentView.Activity.WORKING;
      default -> AgentView.Activity.TALKING;
    };
  }

  /// Of a call and work at once, which are both a talk to the router, the call.
  private static Optional<InHand> busiest(AgentSession agent) {
    return agent.contacts().stream()
        .filter(one -> BUSY.contains(one.stage()))
        .max(Comparator.comparing(InHand::stage));
  }

  private static Instant since(AgentSession agent) {
    if (agent.state() instanceof AgentState.LoggedOut(var since)) {
      return busiest(agent).map(InHand::since).orElse(since);
    }
    return agent.state() instanceof AgentState.Talking(var since, var routed)
        ? busiest(agent)
            .filter(one -> !Stay.routed(one.contact(), one.stay()).equals(routed))
            .map(InHand::since)
            .orElse(since)
        : agent.state().since();
  }

  private static String word(Decision.Pending pending) {
    return switch (pending) {
      case Decision.Pending.NotReady(var reason) -> "not-ready:" + reason;
      case Decision.Pending.LogOut() -> "log-out";
    };
  }

  private QueueView view(QueueSettings queue) {
    var today = figures.of(queue.id());
    return new QueueView(
        queue.id(),
        queue.title(),
        queue.forCalls(),
        state.waiting(queue.id()),
        state.oldest(queue.id()),
        today.offered(),
        today.count(QueueFigure.ANSWERED),
        today.count(QueueFigure.ABANDONED),
        today.count(QueueFigure.OVERFLOWED),
        today.count(QueueFigure.CHOSE),
        today.unserved(),
        today.serviceLevel(queue.serviceLevelRule()),
        today.averageSpeedOfAnswer().map(Duration::toMillis),
        today.satisfaction(),
        queue.targetPercent(),
        queue.targetWithin().toSeconds());
  }

  private WaitersView waiters(QueueId queue) {
    var waiters = new ArrayList<WaitersView.Waiter>();
    for (ContactId id : state.first(queue, WaitersView.MOST)) {
      Contact contact = state.contact(id).orElseThrow();
      Stay stay = contact.stay().orElseThrow();
      waiters.add(
          new WaitersView.Waiter(
              id, contact.name(), contact.tier(), stay.since(), stay.priority(), contact.boost()));
    }
    return new WaitersView(queue, waiters);
  }

  private ShadowView shadow() {
    return plan.settings()
        .routing()
        .shadow()
        .map(policy -> new ShadowView(policy.word(), shadowAsked, shadowOtherwise, lastShadowed))
        .orElse(new ShadowView("", 0, 0, ""));
  }
}
