package org.switchroom.cti.center;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.event.About;
import org.switchroom.cti.event.AgentEvent;
import org.switchroom.cti.event.CallEvent;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.ContactEvent;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;

/// What must be so of everything that a turn has touched. It runs after each turn, in production: a
/// turn after which it is not so does not leave the process.
final class StateAudit {
  private StateAudit() {}

  /// @throws IllegalStateException naming what is not as it must be
  ///
  /// @param about becomes who is looked at
  static void check(State state, Routing routing, Turn turn, About about) {
    var contacts = new LinkedHashSet<ContactId>();
    var agents = new LinkedHashSet<AgentId>();
    for (Event event : turn.events()) {
      switch (event) {
        case CallEvent e -> contacts.add(e.contact());
        case ContactEvent e -> contacts.add(e.contact());
        case AgentEvent e -> agents.add(e.agent());
        case CenterEvent _ -> {}
      }
    }
    for (ContactId id : contacts) {
      state
          .contact(id)
          .ifPresent(
              contact -> {
                looksAt(contact, about);
                contact(state, routing, contact);
              });
      agents.addAll(state.agentsWith(id));
    }
    for (AgentId id : agents) {
      state.agent(id).ifPresent(agent -> agent(state, routing, agent, about));
    }
  }

  /// Whether or not it is set aside.
  private static void looksAt(Contact contact, About about) {
    if (!about.contact(contact.call(), contact.task())) about.again();
  }

  private static void contact(State state, Routing routing, Contact contact) {
    contact
        .call()
        .flatMap(state::call)
        .ifPresent(call -> require(!call.over(), "%s is over, and live.", call.id()));
    switch (contact.state()) {
      case ContactState.Queued(var stay) -> {
        waits(state, contact);
        require(
            routing.router().waits(contact.routed()),
            "%s waits, and the router does not know.",
            contact.id());
        require(
            state.line(stay.queue()).has(contact.id()),
            "%s waits and is in no line.",
            contact.id());
      }
      case ContactState.Offered(_, var offers) -> {
        waits(state, contact);
        for (ContactState.Offer offer : offers) {
          require(
              routing.has(offer.agent(), contact, contact.stay().orElseThrow().number()),
              "%s is offered, and the router does not know.",
              contact.id() + " to " + offer.agent());
        }
      }
      case ContactState.Handling talk ->
          require(
              state.agentsWith(contact.id()).contains(talk.agent()),
              "%s is with an agent who does not have it.",
              contact.id());
      case ContactState.Parked(var stay) -> {
        require(
            contact.call().flatMap(state::call).isPresent() && contact.parking().isPresent(),
            "%s is parked, and nobody could pick it up.",
            contact.id());
        require(
            !routing.router().waits(contact.routed())
                && !state.line(stay.queue()).has(contact.id()),
            "%s is parked, and waits.",
            contact.id());
      }
      case ContactState.Selecting _, ContactState.Away _, ContactState.Handled _ ->
          require(
              contact.call().flatMap(state::call).isPresent(),
              "%s is between queues, and has no call that could bring it back.",
              contact.id());
      case ContactState.CutOff _, ContactState.Closed _ -> {}
    }
  }

  private static void waits(State state, Contact contact) {
    contact
        .call()
        .map(id -> state.call(id).orElse(null))
        .ifPresent(
            call ->
                require(
                    call.state() instanceof CallState.Queued,
                    "%s waits, and its call is elsewhere.",
                    contact.id() + " " + call.state()));
  }

  private static void agent(State state, Routing routing, AgentSession agent, About about) {
    Set<Object> offers = new HashSet<>();
    for (InHand one : agent.contacts()) {
      Contact contact = state.contact(one.contact()).orElse(null);
      if (contact == null) {
        about.agent(agent.id());
        throw new IllegalStateException(
            "%s %s has what is no contact.".formatted(agent.id(), one.contact()));
      }
      looksAt(contact, about);
      boolean offered = one.stage() == InHand.Stage.OFFERED || one.stage() == InHand.Stage.RINGING;
      if (offered) {
        require(
            contact.offer(one.offer().orElseThrow()).isPresent(),
            "%s is offered what is not offered.",
            agent.id() + " " + one.contact());
        require(offers.add(one.offer()), "%s has one offer twice.", agent.id());
      }
      if (one.stage() == InHand.Stage.WRAP_UP) {
        require(
            routing.has(agent.id(), contact, one.stay()),
            "%s wraps up what the router has ended.",
            agent.id() + " " + one.contact());
      }
      if (one.stage() == InHand.Stage.TALKING || one.stage() == InHand.Stage.HELD)
        talks(state, one);
    }
  }

  private static void talks(State state, InHand one) {
    Call call =
        state.contact(one.contact()).flatMap(Contact::call).flatMap(state::call).orElse(null);
    boolean fits =
        call != null
            && (call.state() instanceof CallState.Talking
                || call.state() instanceof CallState.Held);
    require(fits, "%s is talked in, and its call is not.", one.contact());
  }

  private static void require(boolean so, String otherwise, Object what) {
    if (!so) throw new IllegalStateException(otherwise.formatted(what));
  }
}
