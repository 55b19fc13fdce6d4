package org.switchroom.cti.center;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.switchroom.acd.AcdEvent;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Router;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.CustomerChosen;
import org.switchroom.cti.customer.SeatChanged;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PhoneNumber;

/// What desks ask for: each request is done or refused, and answered once. It runs inside the
/// [Center], on its thread.
final class Desks {
  private final Center center;
  private final Router router;
  private final Floor floor;
  private final Consumer<Effect> out;

  /// What agents have said of a wrap-up and is not durable yet.
  private final Map<AgentId, ContactId> saving = new HashMap<>();

  Desks(Center center, Router router, Floor floor, Consumer<Effect> out) {
    this.center = center;
    this.router = router;
    this.floor = floor;
    this.out = out;
  }

  void on(DeskRequest request) {
    AgentId agent = request.agent();
    Instant at = request.at();
    if (request instanceof DeskRequest.Raise raise) {
      Refusal refusal = center.raise(raise);
      if (refusal != null) answer(raise, refusal);
      return;
    }
    if (floor.settings(agent) == null) {
      answer(request, Refusal.NOT_LOGGED_IN);
      return;
    }
    switch (request) {
      case DeskRequest.LogIn _ -> {
        center.tell(new AcdEvent.AgentLoggedIn(at, agent));
        answerWhenDurable(request);
      }
      case DeskRequest.LogOut _ -> {
        center.tell(new AcdEvent.AgentLoggedOut(at, agent));
        answerWhenDurable(request);
      }
      case DeskRequest.DeskOpened _ -> {
        floor.deskOpened(agent);
        center.changed(agent);
        // A session outlives a restart of the server; the agent's log-in here does not.
        center.tell(new AcdEvent.AgentLoggedIn(at, agent));
        out.accept(new Effect.PopChanged(agent, floor.pop(agent)));
        out.accept(new Effect.TasksChanged(agent, center.tasks().of(agent)));
        answer(request, null);
      }
      case DeskRequest.DeskClosed _ -> {
        floor.deskClosed(at, agent);
        center.changed(agent);
        answer(request, null);
      }
      case DeskRequest.GoReady _ -> goReady(request);
      case DeskRequest.GoNotReady(_, _, var reason, _) -> {
        center.tell(new AcdEvent.AgentNotReady(at, agent, reason));
        answerWhenDurable(request);
      }
      case DeskRequest.Answer _ -> {
        LegId leg = center.offeredTo(agent);
        control(request, leg == null ? null : new PbxCommand.Answer(leg));
      }
      case DeskRequest.HangUp _ -> {
        LegId leg = floor.legOf(agent);
        control(request, leg == null ? null : new PbxCommand.HangUpLeg(leg));
      }
      case DeskRequest.Hold _ -> {
        CallState.Talking talk = center.talkOf(agent);
        boolean can = talk != null && !talk.parked();
        control(request, can ? new PbxCommand.Hold(floor.callOn(talk.leg()), talk.leg()) : null);
      }
      case DeskRequest.Retrieve _ -> {
        CallState.Talking talk = center.talkOf(agent);
        boolean can = talk != null && talk.parked();
        control(request, can ? new PbxCommand.Retrieve(talk.leg()) : null);
      }
      case DeskRequest.CompleteWrapUp wrapUp -> completeWrapUp(wrapUp);
      case DeskRequest.ChooseCustomer choice -> choose(choice);
      case DeskRequest.NewCustomer customer -> write(customer);
      case DeskRequest.AcceptTask task -> {
        Refusal refusal = center.tasks().accept(task);
        if (refusal == null) answerWhenDurable(task);
        else answer(task, refusal);
      }
      case DeskRequest.DeclineTask task -> answer(task, center.tasks().decline(task));
      case DeskRequest.CloseTask task -> {
        Refusal refusal = center.tasks().close(task);
        if (refusal != null) answer(task, refusal);
      }
      case DeskRequest.Raise _ -> throw new IllegalStateException("It was answered before.");
    }
  }

  private void goReady(DeskRequest request) {
    AgentState state = router.stateOf(request.agent());
    if (state instanceof AgentState.InWrapUp wrapUp && wrapUp.dispositionNeeded()) {
      answer(
          request,
          new Refusal("disposition-needed", "Choose what the call was about before you go on."));
      return;
    }
    center.tell(new AcdEvent.AgentReady(request.at(), request.agent()));
    answerWhenDurable(request);
  }

  /// What an agent is told of themselves is true after a crash too.
  private void answerWhenDurable(DeskRequest request) {
    SeatChanged seat = center.seat(request.agent());
    if (seat == null) {
      answer(request, null);
      return;
    }
    out.accept(new Effect.RecordFor(seat, null, request.agent(), new CallId("none"), request));
  }

  private void control(DeskRequest request, PbxCommand command) {
    if (command == null) {
      answer(request, Refusal.NO_CALL);
    } else if (!center.pbxConnected()) {
      answer(request, Refusal.PBX_DOWN);
    } else {
      out.accept(new Effect.Command(command));
      answer(request, null);
    }
  }

  /// The agent is told "saved", and goes on, only when it is.
  private void completeWrapUp(DeskRequest.CompleteWrapUp request) {
    AgentId agent = request.agent();
    if (!(router.stateOf(agent) instanceof AgentState.InWrapUp wrapUp)) {
      answer(request, Refusal.NO_CALL);
      return;
    }
    CallId call = Contacts.call(wrapUp.contact());
    if (wrapUp.contact().equals(saving.get(agent))) {
      answer(request, Refusal.BEING_SAVED);
      return;
    }
    if (request.disposition().isEmpty()) {
      if (wrapUp.dispositionNeeded()) {
        answer(
            request,
            new Refusal("disposition-needed", "Choose what the call was about before you go on."));
      } else {
        center.tell(new AcdEvent.WrapUpCompleted(request.at(), wrapUp.contact()));
        answer(request, null);
      }
      return;
    }
    List<String> known = floor.pop(agent) == null ? List.of() : floor.pop(agent).dispositions();
    if (!known.contains(request.disposition())) {
      answer(
          request,
          new Refusal(
              "disposition-unknown",
              "This queue has no disposition %s. It has %s."
                  .formatted(request.disposition(), known)));
      return;
    }
    saving.put(agent, wrapUp.contact());
    out.accept(floor.recordFor(request, call));
  }

  /// A disposition is durable, or will never be.
  void on(CenterEvent.Stored stored) {
    if (stored.request() instanceof DeskRequest.CompleteWrapUp) saving.remove(stored.agent());
    if (stored.fault() != null) {
      answer(stored.request(), new Refusal("not-saved", "It was not saved. " + stored.fault()));
      return;
    }
    switch (stored.request()) {
      case DeskRequest.CloseTask task -> center.tasks().closed(stored.at(), task);
      case DeskRequest.CompleteWrapUp _ -> {
        if (router.stateOf(stored.agent()) instanceof AgentState.InWrapUp(_, var contact, _, _)
            && Contacts.call(contact).equals(stored.call())) {
          center.tell(new AcdEvent.WrapUpCompleted(stored.at(), contact));
        }
      }
      default -> {}
    }
    answer(stored.request(), null);
  }

  /// Only whom the screen names: a request is no way to read other customers.
  private void choose(DeskRequest.ChooseCustomer choice) {
    ScreenPop pop = popOf(choice.agent(), choice.call());
    if (pop == null) {
      answer(choice, Refusal.NO_CALL);
      return;
    }
    pop.matches().stream()
        .filter(card -> card.customer().id() == choice.customer())
        .findFirst()
        .ifPresentOrElse(
            card -> chosen(choice.at(), choice, choice.call(), new PhoneNumber(pop.from()), card),
            () -> answer(choice, Refusal.NO_MATCH));
  }

  /// Decided before anything is written; what is written is not refused afterwards.
  private void write(DeskRequest.NewCustomer request) {
    ScreenPop pop = popOf(request.agent(), request.call());
    if (pop == null) answer(request, Refusal.NO_CALL);
    else request.write().accept(request, new PhoneNumber(pop.from()));
  }

  void on(CenterEvent.CustomerWritten written) {
    DeskRequest.NewCustomer request = written.request();
    written
        .customer()
        .ifPresentOrElse(
            card -> chosen(written.at(), request, request.call(), written.from(), card),
            () -> answer(request, Refusal.NOT_SAVED));
  }

  /// The agent's pop, if it is of this call; else null.
  private ScreenPop popOf(AgentId agent, CallId call) {
    ScreenPop pop = floor.pop(agent);
    return pop != null && pop.call().equals(call) ? pop : null;
  }

  /// The choice stays with the call, so the next agent does not have to choose again; also where
  /// the call is over and its wrap-up is not.
  private void chosen(
      Instant at, DeskRequest request, CallId id, PhoneNumber from, CustomerCard customer) {
    AgentId agent = request.agent();
    var chosen = List.of(customer);
    Call call = center.call(id);
    if (call != null) {
      call.matches = chosen;
      center.note(at, call);
    }
    center.seats().chosen(agent, id, customer.customer());
    AgentId looking = floor.looksAt(id);
    if (looking != null) {
      center.changed(looking);
      out.accept(new Effect.PopChanged(looking, floor.chosen(looking, chosen)));
    }
    var record = new CustomerChosen(id.value(), customer.customer().id(), agent.value(), at);
    out.accept(new Effect.RecordFor(record, from, agent, id, request));
  }

  private void answer(DeskRequest request, Refusal refusal) {
    out.accept(new Effect.Answered(request, refusal));
  }
}
