package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.switchroom.acd.AgentMemory;
import org.switchroom.acd.AssignmentStage;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.ContactMemory;
import org.switchroom.acd.RouterMemory;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.contact.Stay;

/// What must be so of everything at once, whatever has happened: calls, contacts, agents, lines and
/// the router say the same. Slower and stricter than [StateAudit], which runs in production and
/// looks only at what a turn has touched.
final class WholeState {
  private WholeState() {}

  static void check(Engine engine) {
    State state = engine.state();
    RouterMemory router = engine.routerMemory();
    for (Call call : state.calls()) call(state, call);
    for (Contact contact : state.contacts()) work(contact);
    waiters(state, router);
    for (AgentSession agent : state.agents()) agent(state, engine, router, agent);
  }

  // ── Calls and their contacts ────────────────────────────────────────────────────────────────

  private static void call(State state, Call call) {
    Contact contact = state.contact(call.contact()).orElse(null);
    assertThat(contact).as("%s has a contact", call.id()).isNotNull();
    Class<?>[] fitting =
        switch (call.state()) {
          // Of whom the PBX has lost, and who calls again, it is known what they want.
          case CallState.InScript _ -> of(ContactState.Selecting.class, ContactState.CutOff.class);
          case CallState.Queued _ ->
              of(ContactState.Queued.class, ContactState.Offered.class, ContactState.Parked.class);
          case CallState.Talking _, CallState.Held _ -> of(ContactState.Handling.class);
          case CallState.Away _ -> of(ContactState.Away.class);
          case CallState.Released _ -> of(ContactState.Handled.class, ContactState.Parked.class);
          case CallState.Ended _ -> of();
        };
    assertThat(contact.state())
        .as("the contact of %s, which is %s", call.id(), call.state())
        .isInstanceOfAny(fitting);
  }

  private static Class<?>[] of(Class<?>... types) {
    return types;
  }

  /// Nothing but an agent brings it on: it waits for one, or one has it.
  private static void work(Contact contact) {
    if (contact.task().isEmpty() || contact.closed()) return;
    assertThat(contact.state())
        .as("%s, which no call brings back", contact.id())
        .isInstanceOfAny(
            of(ContactState.Queued.class, ContactState.Offered.class, ContactState.Handling.class));
  }

  // ── Who waits ───────────────────────────────────────────────────────────────────────────────

  private static void waiters(State state, RouterMemory router) {
    Map<ContactId, ContactMemory> routed = new HashMap<>();
    router.contacts().forEach(one -> routed.put(one.contact(), one));
    Set<ContactId> inHand = new HashSet<>();
    router.agents().forEach(agent -> agent.inHand().forEach(one -> inHand.add(one.contact())));

    Map<QueueId, Integer> counts = new HashMap<>();
    Set<ContactId> expected = new HashSet<>(inHand);
    for (Contact contact : state.contacts()) {
      assertThat(contact.closed() && state.agentsWith(contact.id()).isEmpty())
          .as("%s is over, and kept", contact.id())
          .isFalse();
      if (!contact.waits()) continue;
      QueueId queue = contact.queue().orElseThrow();
      counts.merge(queue, 1, Integer::sum);
      expected.add(contact.routed());
      assertThat(routed).as("what the router knows of who waits").containsKey(contact.routed());
      ContactMemory known = routed.get(contact.routed());
      if (known.removed() == 0) assertThat(known.queue()).as("%s", contact.id()).isEqualTo(queue);
      assertThat(state.line(queue).has(contact.id())).as("%s", contact.id()).isTrue();
      assertThat(inHand.contains(contact.routed()))
          .as("the router has somebody asked for %s", contact.id())
          .isEqualTo(!contact.offers().isEmpty());
    }
    assertThat(routed.keySet()).as("contacts of the router").isEqualTo(expected);
    state
        .lines()
        .forEach(
            (queue, line) ->
                assertThat(line.size())
                    .as("how many wait in %s", queue)
                    .isEqualTo(counts.getOrDefault(queue, 0)));
  }

  // ── Agents ──────────────────────────────────────────────────────────────────────────────────

  private static void agent(State state, Engine engine, RouterMemory router, AgentSession agent) {
    Optional<AgentMemory> known =
        router.agents().stream().filter(one -> one.agent().equals(agent.id())).findFirst();
    for (InHand one : agent.contacts()) {
      assertThat(state.contact(one.contact())).as("what %s has", agent.id()).isPresent();
    }
    if (known.isEmpty()) {
      assertThat(agent.contacts())
          .as("what somebody has whom the router does not know: %s", agent.id())
          .allMatch(one -> one.stage() == InHand.Stage.TALKING || one.stage() == InHand.Stage.HELD);
      return;
    }
    assertThat(agent.state())
        .as("the state of %s", agent.id())
        .isEqualTo(engine.routing().router().stateOf(agent.id()));
    assertThat(agent.pending())
        .as("what %s has asked for", agent.id())
        .isEqualTo(known.get().pending());
    Map<ContactId, InHand> inHand = new HashMap<>();
    for (InHand one : agent.contacts()) inHand.put(Stay.routed(one.contact(), one.stay()), one);
    for (AgentMemory.AssignmentMemory one : known.get().inHand()) {
      assertThat(inHand).as("what the router has with %s", agent.id()).containsKey(one.contact());
      InHand ours = inHand.remove(one.contact());
      assertThat(stage(ours.stage()))
          .as("%s of %s", one.contact(), agent.id())
          .isEqualTo(one.stage());
    }
    // Found with more than they may have at a time, they talk, and the router knows nothing of it.
    assertThat(inHand.values())
        .as("what the router does not have with %s", agent.id())
        .allMatch(one -> one.stage() == InHand.Stage.TALKING || one.stage() == InHand.Stage.HELD);
  }

  private static AssignmentStage stage(InHand.Stage stage) {
    return switch (stage) {
      case OFFERED -> AssignmentStage.RESERVED;
      case RINGING -> AssignmentStage.RINGING;
      case TALKING, HELD, WORKING -> AssignmentStage.TALKING;
      case WRAP_UP -> AssignmentStage.WRAP_UP;
    };
  }
}
