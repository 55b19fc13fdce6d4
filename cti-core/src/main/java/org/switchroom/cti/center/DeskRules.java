package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.agent.InHand.Stage;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.TypedText;
import org.switchroom.cti.event.AgentEvent.DeskClosed;
import org.switchroom.cti.event.AgentEvent.DeskOpened;
import org.switchroom.cti.event.AgentEvent.Presence;
import org.switchroom.cti.event.AgentEvent.PresenceAsked;
import org.switchroom.cti.event.CallEvent.DigitsGenerated;
import org.switchroom.cti.event.CenterEvent.CommandDone;
import org.switchroom.cti.event.CenterEvent.CommandRefused;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.ContactEvent.CustomerAsked;
import org.switchroom.cti.event.ContactEvent.CustomerChosen;
import org.switchroom.cti.event.ContactEvent.DraftKept;
import org.switchroom.cti.event.ContactEvent.PriorityBoosted;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.event.WrapUpEnd;
import org.switchroom.cti.pbx.KeyedDigits;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;

/// What desks ask for: each command is done or refused, and answered once.
final class DeskRules {
  private static final Optional<Refusal> NOT_THERE = Optional.of(Refusal.NO_CALL);

  private DeskRules() {}

  static void opened(AgentId agent, Deciding d) {
    if (!d.plan().has(agent)) return;
    d.emit(new DeskOpened(agent));
    // A session outlives a restart of the server; the agent's log-in here may not.
    if (loggedOut(agent, d)) d.emit(new PresenceAsked(agent, new Presence.LoggedIn()));
  }

  private static boolean loggedOut(AgentId agent, Deciding d) {
    return d.state().agent(agent).map(AgentSession::loggedOut).orElse(true);
  }

  static void closed(AgentId agent, Deciding d) {
    if (!d.plan().has(agent)) return;
    d.emit(new DeskClosed(agent, d.at().plus(State.DESK_GRACE)));
  }

  static void on(Input.DeskCommand command, Deciding d) {
    switch (d.state().sessions().known(command.id())) {
      case AnsweredCommands.Known.Answered(var refusal) ->
          d.effect(new Effect.Repeat(command.id(), refusal));
      case AnsweredCommands.Known.Past() ->
          d.effect(new Effect.Repeat(command.id(), Optional.of(Refusal.PAST)));
      case AnsweredCommands.Known.New() -> {
        // Its answer follows.
        if (!d.state().asked().containsKey(command.id())) decide(command, d);
      }
    }
  }

  private static void decide(Input.DeskCommand command, Deciding d) {
    Optional<Refusal> refusal =
        command instanceof Input.SupervisorCommand supervisors
            ? decide(supervisors, d)
            : agent(command.agent(), d)
                .map(agent -> decide(command, agent, d))
                .orElse(Optional.of(Refusal.NOT_LOGGED_IN));
    // Who is being written down is answered when they are.
    if (d.state().asked().containsKey(command.id())) return;
    answer(command.id(), refusal, d);
  }

  /// Of who need be no agent.
  private static Optional<Refusal> decide(Input.SupervisorCommand command, Deciding d) {
    return switch (command) {
      case Input.Boost boost -> boost(boost, d);
      case Input.Supervise supervise -> SupervisionRules.supervise(supervise, d);
      case Input.TakeOver take -> TakeOverRules.takeOver(take, d);
      case Input.EndSupervision end -> SupervisionRules.end(end, d);
    };
  }

  private static void answer(CommandId id, Optional<Refusal> refusal, Deciding d) {
    d.emit(refusal.isPresent() ? new CommandRefused(id, refusal.get()) : new CommandDone(id));
  }

  /// Who is configured, or still has something in hand.
  private static Optional<AgentSession> agent(AgentId id, Deciding d) {
    return d.state().agent(id).filter(agent -> d.plan().has(id) || !agent.contacts().isEmpty());
  }

  /// Whom a supervisor takes over in this moment is moved by nobody else: the PBX would have the
  /// caller wait for ever for one of the two. And who is asked in a conference has not the caller:
  /// music or somebody else in their place would be heard by all.
  private static Optional<Refusal> immovable(
      Input.CallMove command, AgentSession agent, Deciding d) {
    Optional<Call> call = inTalk(agent, command.contact(), d);
    if (call.flatMap(Call::takingOver).isPresent()) return Optional.of(Refusal.TAKEN_OVER);
    Optional<Contact> contact = call.map(d::contact).filter(Contact::isUnreached);
    boolean moves = command instanceof Input.MoveTalk;
    if (contact.filter(one -> !moves || one.isPrompting()).isPresent()) {
      return Optional.of(Refusal.NOT_REACHED);
    }
    boolean asked =
        call.filter(own -> !own.isConference() && d.state().inConference(own.contact()))
            .isPresent();
    return asked && !(command instanceof Input.Retrieve)
        ? Optional.of(Refusal.CONFERENCE)
        : Optional.empty();
  }

  private static Optional<Refusal> decide(
      Input.DeskCommand command, AgentSession agent, Deciding d) {
    if (command instanceof Input.CallMove move) {
      Optional<Refusal> not = immovable(move, agent, d);
      if (not.isPresent()) return not;
    }
    return switch (command) {
      case Input.LogIn _ -> asked(agent, new Presence.LoggedIn(), d);
      case Input.LogOut _ -> asked(agent, new Presence.LoggedOut(), d);
      case Input.GoReady _ -> goReady(agent, d);
      case Input.GoNotReady(_, _, var reason) ->
          asked(agent, new Presence.NotReady(reason.isEmpty() ? "break" : reason), d);
      case Input.SitAt(_, _, var phone) -> SeatRules.take(agent, phone, d);
      case Input.Answer(_, _, var contact) -> answer(agent, contact, d);
      case Input.Decline(_, _, var contact) -> decline(agent, contact, d);
      case Input.HangUp(_, _, var contact) -> hangUp(agent, contact, d);
      case Input.EndAbusiveCall end ->
          talk(agent, end.contact(), Stage.TALKING, Stage.HELD)
              .map(leg -> NuisanceRules.end(leg, end, d))
              .orElse(NOT_THERE);
      case Input.Transfer transfer ->
          talk(agent, transfer.contact(), Stage.TALKING, Stage.HELD)
              .map(leg -> TransferRules.transfer(agent, leg, transfer, d))
              .orElse(NOT_THERE);
      case Input.Park park ->
          talk(agent, park.contact(), Stage.TALKING, Stage.HELD)
              .map(leg -> ParkRules.park(agent, leg, park, d))
              .orElse(NOT_THERE);
      case Input.PickUp pickUp -> ParkRules.pickUp(agent, pickUp, d);
      case Input.MakeCall call -> OutboundRules.make(agent, call, d);
      case Input.Consult consult ->
          talk(agent, consult.contact(), Stage.TALKING, Stage.HELD)
              .map(leg -> ConsultRules.begin(agent, leg, consult, d))
              .orElse(NOT_THERE);
      case Input.Alternate(_, _, var contact) ->
          consulted(agent, contact, ConsultRules::alternate, d);
      case Input.Conference(_, _, var contact) ->
          consulted(agent, contact, ConsultRules::conference, d);
      case Input.CompleteConsultation(_, _, var contact) ->
          consulted(agent, contact, ConsultRules::complete, d);
      case Input.CancelConsultation(_, _, var contact) ->
          consulted(agent, contact, ConsultRules::cancel, d);
      case Input.Hold(_, _, var contact) -> hold(agent, contact, d);
      case Input.Retrieve(_, _, var contact) -> retrieve(agent, contact, d);
      case Input.MoveTalk(_, _, var contact) -> move(agent, contact, d);
      case Input.GenerateDigits(_, _, var contact, var digits) ->
          generate(agent, contact, digits, d);
      case Input.StartRecording(_, _, var contact) ->
          inTalk(agent, contact, d)
              .map(call -> RecordingRules.start(call, agent.id(), d))
              .orElse(NOT_THERE);
      case Input.PauseRecording(_, _, var contact) ->
          inTalk(agent, contact, d)
              .map(call -> RecordingRules.pause(call, agent.id(), d))
              .orElse(NOT_THERE);
      case Input.ResumeRecording(_, _, var contact) ->
          inTalk(agent, contact, d)
              .map(call -> RecordingRules.resume(call, agent.id(), d))
              .orElse(NOT_THERE);
      case Input.KeepDraft draft -> keep(agent, draft.contact(), draft.draft(), d);
      case Input.CompleteWrapUp done -> complete(agent, done.contact(), done.draft(), d);
      case Input.ChooseCustomer choice -> choose(agent, choice, d);
      case Input.ChooseFound(_, _, var contact, var customer) ->
          chooseFound(agent, contact, customer, d);
      case Input.NewCustomer customer -> write(agent, customer, d);
      case Input.SupervisorCommand _ ->
          throw new IllegalStateException("It was decided on before.");
    };
  }

  // ── Presence ────────────────────────────────────────────────────────────────────────────────

  /// What an agent is told of themselves is true after a crash too.
  private static Optional<Refusal> asked(AgentSession agent, Presence presence, Deciding d) {
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    d.emit(new PresenceAsked(agent.id(), presence));
    return Optional.empty();
  }

  private static Optional<Refusal> goReady(AgentSession agent, Deciding d) {
    boolean needed =
        agent.contacts().stream()
            .anyMatch(one -> one.stage() == Stage.WRAP_UP && one.dispositionNeeded());
    if (needed && agent.foremost().filter(one -> one.stage() == Stage.WRAP_UP).isPresent()) {
      return Optional.of(Refusal.DISPOSITION_NEEDED);
    }
    return asked(agent, new Presence.Ready(), d);
  }

  // ── Calls ───────────────────────────────────────────────────────────────────────────────────

  private static Optional<Refusal> answer(AgentSession agent, ContactId id, Deciding d) {
    Optional<InHand> offered = stage(agent, id, Stage.OFFERED, Stage.RINGING);
    boolean prompting = offered.isEmpty() && isPrompting(id, d);
    if (offered.isEmpty() && !prompting) return done(agent, id, Stage.TALKING, Stage.WORKING);
    boolean rings = prompting || offered.get().leg().isPresent();
    if (rings && !d.plan().knowsTalk(d.phones().of(agent.id()))) {
      return Optional.of(Refusal.ANSWER_AT_PHONE);
    }
    if (prompting) return control(talk(agent, id, Stage.TALKING), PbxCommand.Answer::new, d);
    if (rings) return control(offered.get().leg(), PbxCommand.Answer::new, d);
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    Contact contact = d.state().contact(id).orElseThrow();
    ContactState.Offer offer = contact.offer(offered.get().offer().orElseThrow()).orElseThrow();
    ContactRules.answered(contact, offer, Optional.empty(), d);
    return Optional.empty();
  }

  /// What is done already is done: a second click is no fault.
  private static Optional<Refusal> done(AgentSession agent, ContactId id, Stage... stages) {
    return stage(agent, id, stages).isPresent() ? Optional.empty() : Optional.of(Refusal.NO_CALL);
  }

  private static boolean isPrompting(ContactId id, Deciding d) {
    return d.state().contact(id).filter(Contact::isPrompting).isPresent();
  }

  private static Optional<Refusal> hangUp(AgentSession agent, ContactId id, Deciding d) {
    Optional<LegId> leg = talk(agent, id, Stage.TALKING, Stage.HELD);
    Optional<Call> call = leg.flatMap(d.state()::callOn);
    // A phone that may not ring yet cannot be hung up.
    if (call.isPresent() && isPrompting(id, d) && d.state().connected(leg.get().pbx())) {
      OutboundRules.givenUp(call.get(), leg.get(), d);
      return Optional.empty();
    }
    return control(leg, PbxCommand.HangUpLeg::new, d);
  }

  private static Optional<Refusal> decline(AgentSession agent, ContactId id, Deciding d) {
    Optional<InHand> offered = stage(agent, id, Stage.OFFERED, Stage.RINGING);
    if (offered.isEmpty()) return Optional.of(Refusal.NO_CALL);
    if (offered.get().leg().isPresent()) {
      return control(offered.get().leg(), PbxCommand.HangUpLeg::new, d);
    }
    Contact contact = d.state().contact(id).orElseThrow();
    ContactState.Offer offer = contact.offer(offered.get().offer().orElseThrow()).orElseThrow();
    ContactRules.offerEnded(contact, offer, OfferEnd.DECLINED, d);
    return Optional.empty();
  }

  private interface OfConsultation {
    Optional<Refusal> of(Call call, LegId leg, Deciding d);
  }

  private static Optional<Refusal> consulted(
      AgentSession agent, ContactId id, OfConsultation command, Deciding d) {
    Optional<LegId> leg = talk(agent, id, Stage.TALKING, Stage.HELD);
    Optional<Call> call = leg.flatMap(d.state()::callOn);
    if (call.isEmpty()) return Optional.of(Refusal.NO_CALL);
    if (call.get().consultation().isEmpty()) return Optional.of(Refusal.NO_CONSULTATION);
    if (!d.state().connected(leg.orElseThrow().pbx())) return Optional.of(Refusal.PBX_DOWN);
    return command.of(call.get(), leg.orElseThrow(), d);
  }

  private static Optional<Refusal> hold(AgentSession agent, ContactId id, Deciding d) {
    Optional<LegId> leg = talk(agent, id, Stage.TALKING);
    if (leg.isEmpty()) return done(agent, id, Stage.HELD);
    Contact contact = d.state().contact(id).orElseThrow();
    if (contact.call().isEmpty()) return Optional.of(Refusal.NO_CALL);
    Optional<Call> call = contact.call().flatMap(d.state()::call);
    // Who asks somebody, and is with the caller, goes back to whom they ask.
    if (call.flatMap(Call::consultation).isPresent()) {
      return consulted(agent, id, ConsultRules::alternate, d);
    }
    return control(leg, one -> new PbxCommand.Hold(contact.call().get(), one), d);
  }

  private static Optional<Refusal> move(AgentSession agent, ContactId id, Deciding d) {
    Optional<LegId> leg = talk(agent, id, Stage.TALKING, Stage.HELD);
    Optional<Call> call = leg.flatMap(d.state()::callOn);
    if (call.isEmpty()) return Optional.of(Refusal.NO_CALL);
    if (call.get().isHeldOnPhone()) return Optional.of(Refusal.HELD_ON_PHONE);
    if (call.get().consultation().isPresent()) return Optional.of(Refusal.CONSULTING);
    boolean talks = !call.get().isHeld();
    if (!d.state().connected(leg.get().pbx())) return Optional.of(Refusal.PBX_DOWN);
    d.effect(new Effect.Send(new PbxCommand.Move(call.get().id(), leg.get(), talks)));
    return Optional.empty();
  }

  private static Optional<Refusal> retrieve(AgentSession agent, ContactId id, Deciding d) {
    Optional<LegId> leg = talk(agent, id, Stage.HELD);
    Optional<Call> call = leg.flatMap(d.state()::callOn);
    if (call.filter(Call::isHeldOnPhone).isPresent()) return Optional.of(Refusal.HELD_ON_PHONE);
    Optional<Refusal> refusal = control(leg, PbxCommand.Retrieve::new, d);
    if (refusal.isEmpty()) call.ifPresent(one -> HoldRules.retrieving(one, d));
    return refusal;
  }

  /// Whoever the agent is with hears them: the caller, a number that is asked, both in a
  /// conference. Who is on hold hears music. They are sent once at most: with a run that ends in
  /// this moment they are lost, and the agent hears so of the other side.
  private static Optional<Refusal> generate(
      AgentSession agent, ContactId id, KeyedDigits digits, Deciding d) {
    if (!digits.canBeSent()) return Optional.of(Refusal.NO_KEYS);
    Optional<Call> call = inTalk(agent, id, d);
    if (call.isEmpty()) return Optional.of(Refusal.NO_CALL);
    if (d.contact(call.get()).isUnreached()) return Optional.of(Refusal.NOT_REACHED);
    boolean withCaller = call.get().state() instanceof CallState.Talking;
    Optional<Call> number = ConsultRules.numberWith(call.get(), d);
    if (!withCaller && number.isEmpty()) return Optional.of(Refusal.ON_HOLD);
    if (!d.state().connected(call.get().id().pbx())) return Optional.of(Refusal.PBX_DOWN);
    d.emit(new DigitsGenerated(call.get().id(), id, agent.id(), digits.count()));
    if (withCaller) {
      RecordingRules.keyed(call.get(), digits, d);
      d.effect(new Effect.Send(new PbxCommand.GenerateDigits(call.get().id(), digits, false)));
    }
    number.ifPresent(
        own -> d.effect(new Effect.Send(new PbxCommand.GenerateDigits(own.id(), digits, true))));
    return Optional.empty();
  }

  /// The call that they talk in, or have on hold.
  private static Optional<Call> inTalk(AgentSession agent, ContactId id, Deciding d) {
    return talk(agent, id, Stage.TALKING, Stage.HELD).flatMap(d.state()::callOn);
  }

  private interface LegCommand {
    PbxCommand.TalkControl of(LegId leg);
  }

  /// The PBX says what came of it.
  private static Optional<Refusal> control(Optional<LegId> leg, LegCommand control, Deciding d) {
    if (leg.isEmpty()) return Optional.of(Refusal.NO_CALL);
    if (!d.state().connected(leg.get().pbx())) return Optional.of(Refusal.PBX_DOWN);
    Optional<Call> call = d.state().callOn(leg.get());
    if (call.isEmpty()) return Optional.of(Refusal.NO_CALL);
    return ControlRules.wish(call.get(), d, control.of(leg.get()));
  }

  private static Optional<LegId> talk(AgentSession agent, ContactId id, Stage... stages) {
    return stage(agent, id, stages).flatMap(InHand::leg);
  }

  private static Optional<InHand> stage(AgentSession agent, ContactId id, Stage... stages) {
    return agent.contacts().stream()
        .filter(one -> one.contact().equals(id) && List.of(stages).contains(one.stage()))
        .reduce((_, last) -> last);
  }

  // ── What is said of a contact ───────────────────────────────────────────────────────────────

  private static Optional<Refusal> keep(AgentSession agent, ContactId id, Draft draft, Deciding d) {
    Optional<InHand> noted = agent.noted(id);
    if (noted.isEmpty()) return Optional.of(Refusal.NO_CALL);
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    Optional<Refusal> unknown = unknown(noted.get(), draft, d);
    if (unknown.isPresent()) return unknown;
    if (!noted.get().draft().equals(draft)) {
      d.emit(new DraftKept(id, agent.id(), draft));
    }
    return Optional.empty();
  }

  private static Optional<Refusal> complete(
      AgentSession agent, ContactId id, Draft draft, Deciding d) {
    Optional<InHand> working = stage(agent, id, Stage.WORKING);
    if (working.isPresent()) return closeWork(agent, working.get(), draft, d);
    // The one that was begun first; a second may follow it.
    Optional<InHand> wrapUp = agent.noted(id).filter(one -> one.stage() == Stage.WRAP_UP);
    if (wrapUp.isEmpty()) return Optional.of(Refusal.NO_CALL);
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    if (draft.disposition().isEmpty() && wrapUp.get().dispositionNeeded()) {
      return Optional.of(Refusal.DISPOSITION_NEEDED);
    }
    Optional<Refusal> unknown = unknown(wrapUp.get(), draft, d);
    if (unknown.isPresent()) return unknown;
    InHand one = wrapUp.get();
    d.emit(
        new WrapUpDone(
            id, one.stay(), one.queue(), agent.id(), one.since(), WrapUpEnd.SAID, draft));
    return Optional.empty();
  }

  private static Optional<Refusal> unknown(InHand one, Draft draft, Deciding d) {
    List<String> known =
        d.plan().queue(one.queue()).map(QueueSettings::dispositions).orElse(List.of());
    return draft.disposition().isEmpty() || known.contains(draft.disposition())
        ? Optional.empty()
        : Optional.of(Refusal.dispositionUnknown(draft.disposition(), known));
  }

  /// Work is over when the agent says so.
  private static Optional<Refusal> closeWork(
      AgentSession agent, InHand work, Draft draft, Deciding d) {
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    Contact contact = d.state().contact(work.contact()).orElseThrow();
    Instant at = d.at();
    d.together(
        () -> {
          d.emit(
              new TalkEnded(
                  contact.id(),
                  work.stay(),
                  work.queue(),
                  agent.id(),
                  work.since(),
                  at,
                  Duration.ZERO,
                  TalkEnd.DONE));
          d.emit(
              new WrapUpDone(
                  contact.id(), work.stay(), work.queue(), agent.id(), at, WrapUpEnd.SAID, draft));
          ContactRules.close(contact, ContactOutcome.DONE, at, d);
        });
    return Optional.empty();
  }

  /// The choice stays with the contact, so the next agent does not have to choose again; also where
  /// the call is over and its wrap-up is not.
  private static Optional<Refusal> choose(
      AgentSession agent, Input.ChooseCustomer choice, Deciding d) {
    if (agent.has(choice.contact()).isEmpty()) return Optional.of(Refusal.NO_CALL);
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    Contact contact = d.state().contact(choice.contact()).orElseThrow();
    Optional<CustomerCard> card =
        contact.identity().matches().stream()
            .filter(one -> one.customer().id() == choice.customer())
            .findFirst();
    if (card.isEmpty()) return Optional.of(Refusal.NO_MATCH);
    chosen(contact, agent.id(), card.get(), d);
    return Optional.empty();
  }

  /// Their record is put before the agent by it.
  private static Optional<Refusal> chooseFound(
      AgentSession agent, ContactId id, CustomerCard customer, Deciding d) {
    if (agent.has(id).isEmpty()) return Optional.of(Refusal.NO_CALL);
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    chosen(d.state().contact(id).orElseThrow(), agent.id(), customer, d);
    ContactRules.noteWhoIsShown(List.of(customer), id, agent.id(), d);
    return Optional.empty();
  }

  private static void chosen(Contact contact, AgentId agent, CustomerCard card, Deciding d) {
    d.emit(new CustomerChosen(contact.id(), agent, card));
    ContactRules.prioritize(d.state().contact(contact.id()).orElseThrow(), d);
  }

  private static Optional<Refusal> write(
      AgentSession agent, Input.NewCustomer customer, Deciding d) {
    if (TypedText.isBlank(customer.name())) return Optional.of(Refusal.NAME_MISSING);
    if (agent.has(customer.contact()).isEmpty()) return Optional.of(Refusal.NO_CALL);
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    Contact contact = d.state().contact(customer.contact()).orElseThrow();
    var asked =
        new CustomerAsked(
            contact.id(), agent.id(), customer.id(), customer.name(), contact.arrival().from());
    d.emit(asked);
    write(asked, d);
    return Optional.empty();
  }

  private static void write(CustomerAsked asked, Deciding d) {
    var command =
        new Input.NewCustomer(asked.command(), asked.agent(), asked.contact(), asked.name());
    d.effect(new Effect.WriteCustomer(command, asked.from()));
  }

  /// Whom the last run may have written down or not: the database does it once.
  static void writeAgain(Deciding d) {
    for (CustomerAsked asked : List.copyOf(d.state().asked().values())) {
      // Of whom nothing may be known any more there is nothing to write.
      if (asked.name().isEmpty()) answer(asked.command(), Optional.of(Refusal.NOT_SAVED), d);
      else write(asked, d);
    }
  }

  static void written(Input.CustomerWritten written, Deciding d) {
    Input.NewCustomer command = written.command();
    if (!(d.state().sessions().known(command.id()) instanceof AnsweredCommands.Known.New)) return;
    written
        .customer()
        .ifPresent(
            card -> {
              // Whatever became of the contact meanwhile, they are its customer.
              d.emit(new CustomerChosen(command.contact(), command.agent(), card));
              d.state()
                  .contact(command.contact())
                  .ifPresent(known -> ContactRules.prioritize(known, d));
            });
    answer(
        command.id(),
        written.customer().isPresent() ? Optional.empty() : Optional.of(Refusal.NOT_SAVED),
        d);
  }

  private static Optional<Refusal> boost(Input.Boost boost, Deciding d) {
    if (Math.abs((long) boost.points()) > Urgency.MOST_PRIORITY) {
      return Optional.of(Refusal.POINTS);
    }
    Optional<Contact> contact = d.state().contact(boost.contact()).filter(Contact::waits);
    if (contact.isEmpty()) return Optional.of(Refusal.NO_CALL);
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    d.emit(new PriorityBoosted(boost.contact(), boost.agent(), boost.points()));
    ContactRules.prioritize(d.state().contact(boost.contact()).orElseThrow(), d);
    return Optional.empty();
  }
}
