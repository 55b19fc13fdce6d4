package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.switchroom.acd.AgentState;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.PbxId;

/// Nobody is forgotten on a floor: it is looked after each input.
final class WhoWaits {
  private WhoWaits() {}

  /// Whom the dialplan holds, waits.
  static void nobodyIsLost(TestFloor floor) {
    for (CallId call : floor.pbx.calls()) {
      boolean held = floor.pbx.place(call).filter(Place.QUEUED::equals).isPresent();
      boolean ours = floor.engine.state().connected(call.pbx()) && !floor.isAside(call);
      if (!held || !ours) continue;
      Contact contact = floor.contact(call);
      assertThat(contact.waits() || floor.engine.state().isParked(contact.id()))
          .as("%s is held, and waits or is parked", call)
          .isTrue();
    }
  }

  /// What counts as a call to a number outside is a call.
  static void nobodyOutsideIsForgotten(TestFloor floor) {
    assertThat(floor.engine.state().outgoing().live())
        .allMatch(one -> floor.engine.state().call(one.call()).isPresent());
  }

  /// Nobody waits beside somebody who could take them now. (Who wants somebody certain, or more
  /// than the queue does, or was sent away by them, may have to wait all the same.)
  static void whoCanBeServedIs(TestFloor floor) {
    for (Contact contact : floor.engine.state().contacts()) {
      if (!(contact.state() instanceof ContactState.Queued(var stay))) continue;
      if (stay.request().preferred().isPresent() || !stay.request().ask().isEmpty()) continue;
      if (!contact
          .call()
          .map(call -> floor.pbx.place(call).equals(Optional.of(Place.QUEUED)))
          .orElse(true)) {
        continue;
      }
      QueueSettings queue = floor.plan.queues().get(stay.queue().value());
      if (queue == null) continue;
      for (AgentSettings agent : floor.plan.agents().values()) {
        if (stay.request().passedOver().contains(agent.id())) continue;
        assertThat(isFreeFor(floor, agent, queue, contact))
            .as("%s waits in %s beside %s, who is free", contact.id(), stay.queue(), agent.id())
            .isFalse();
      }
    }
  }

  private static boolean isFreeFor(
      TestFloor floor, AgentSettings agent, QueueSettings queue, Contact contact) {
    Optional<AgentSession> session = floor.engine.state().agent(agent.id());
    boolean ready =
        session
            .filter(
                one ->
                    one.state() instanceof AgentState.Ready
                        && one.contacts().isEmpty()
                        && one.pending().isEmpty())
            .isPresent();
    boolean reached =
        !queue.forCalls()
            || new Phones(floor.engine.state(), new CenterPlan(floor.plan.settings()))
                .stateOf(agent.id(), PbxId.MAIN)
                .available();
    return ready && reached && queue.routing().ask().matches(agent.profile().skills());
  }
}
