package org.switchroom.cti.center;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Decision;
import org.switchroom.acd.Router;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.customer.CallSeen;
import org.switchroom.cti.customer.Customer;
import org.switchroom.cti.customer.SeatChanged;
import org.switchroom.cti.customer.SeatChanged.Presence;
import org.switchroom.cti.pbx.CallId;

/// What a later run would make of each agent; every change is written down. It runs inside the
/// [Center], on its thread.
final class Seats {
  private final Center center;
  private final Router router;
  private final Consumer<Effect> out;
  private final Map<AgentId, SeatChanged> seats = new HashMap<>();

  /// What the wrap-ups are of, as the router calls it.
  private final Map<AgentId, ContactId> wrapping = new HashMap<>();

  /// The agents are being put back onto their seats: nothing of it is news.
  private boolean restoring;

  Seats(Center center, Router router, Consumer<Effect> out) {
    this.center = center;
    this.router = router;
    this.out = out;
  }

  /// Null: nothing was ever said of them.
  SeatChanged of(AgentId agent) {
    return seats.get(agent);
  }

  /// As it was in an earlier run.
  void restore(AgentId agent, SeatChanged seat, Runnable sitDown) {
    seats.put(agent, seat);
    if (seat.wrapUp() != null) {
      wrapping.put(agent, Contacts.wrappedUp(new CallId(seat.wrapUp().call().call())));
    }
    restoring = true;
    sitDown.run();
    restoring = false;
  }

  void moved(Decision.AgentMoved moved) {
    if (restoring) return;
    SeatChanged before = seats.get(moved.agent());
    SeatChanged now = seat(moved, before);
    if (!now.same(before)) change(moved.agent(), now);
  }

  /// The agent has said who the caller is whose call they wrap up.
  void chosen(AgentId agent, CallId call, Customer customer) {
    SeatChanged seat = seats.get(agent);
    if (seat == null || seat.wrapUp() == null) return;
    CallSeen seen = seat.wrapUp().call();
    if (!seen.call().equals(call.value())) return;
    var wrapUp = new SeatChanged.WrapUp(seen.of(customer), seat.wrapUp().since());
    change(
        agent,
        new SeatChanged(
            seat.agent(), seat.presence(), seat.reason(), seat.at(), wrapUp, seat.task()));
  }

  private void change(AgentId agent, SeatChanged seat) {
    seats.put(agent, seat);
    out.accept(new Effect.Record(seat, null));
  }

  private SeatChanged seat(Decision.AgentMoved moved, SeatChanged before) {
    Presence presence = Presence.READY;
    String reason = "";
    switch (moved.pending()) {
      case Decision.Pending.LogOut() -> presence = Presence.LOGGED_OUT;
      case Decision.Pending.NotReady(var why) -> {
        presence = Presence.NOT_READY;
        reason = why;
      }
      case null -> {
        switch (moved.state()) {
          case AgentState.LoggedOut _ -> presence = Presence.LOGGED_OUT;
          case AgentState.NotReady(_, var why) -> {
            presence = Presence.NOT_READY;
            reason = why;
          }
          default -> {}
        }
      }
    }
    return new SeatChanged(
        moved.agent().value(),
        presence,
        reason,
        moved.at(),
        wrapUp(moved, before),
        task(moved, before));
  }

  /// What was begun goes on while something more pressing is in the agent's hands.
  private SeatChanged.WrapUp wrapUp(Decision.AgentMoved moved, SeatChanged before) {
    SeatChanged.WrapUp known = before == null ? null : before.wrapUp();
    ContactId begun = wrapping.get(moved.agent());
    if (known != null && begun != null && router.has(moved.agent(), begun)) return known;
    if (!(moved.state() instanceof AgentState.InWrapUp(var since, var contact, _, _))) return null;
    wrapping.put(moved.agent(), contact);
    return center.wrapUp(contact, since);
  }

  private String task(Decision.AgentMoved moved, SeatChanged before) {
    String known = before == null ? "" : before.task();
    if (!known.isEmpty() && router.has(moved.agent(), Tasks.contact(known))) return known;
    return moved.state() instanceof AgentState.Talking(_, var contact)
        ? center.tasks().id(contact)
        : "";
  }
}
