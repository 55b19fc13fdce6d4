package org.switchroom.desktop.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.InHand.Stage;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.screens.AgentView;
import org.switchroom.cti.screens.AgentView.InHandView;

/// What is sent of a topic: only what has changed, and also what is gone.
class TopicsTest {
  private static final Instant NOON = Instant.ofEpochSecond(1_700_000_000);

  private static AgentView ann(AgentView.Activity state, InHandView... contacts) {
    return new AgentView(
        new AgentId("ann"),
        "Ann",
        state,
        NOON,
        "",
        "",
        PhoneState.AVAILABLE,
        "PJSIP/1001",
        false,
        false,
        true,
        Optional.empty(),
        List.of(contacts));
  }

  private static InHandView call(Optional<Instant> until) {
    var orders = new QueueId("orders");
    return new InHandView(
        new ContactId("17.1"),
        true,
        Stage.WRAP_UP,
        NOON,
        orders,
        "Orders",
        "Alice",
        until,
        true,
        false,
        0,
        false,
        false,
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        false);
  }

  @Test
  void onlyWhatHasChangedIsSent() {
    var before = Json.tree(ann(AgentView.Activity.READY));
    assertThat(Topics.delta(before, Json.tree(ann(AgentView.Activity.READY)))).isEmpty();
    assertThat(
            Topics.delta(
                before, Json.tree(ann(AgentView.Activity.WRAP_UP, call(Optional.empty())))))
        .get()
        .hasToString(
            "{\"state\":\"wrap-up\",\"contacts\":[{\"contact\":\"17.1\",\"call\":true,"
                + "\"state\":\"wrap-up\",\"since\":1700000000000,\"queue\":\"orders\","
                + "\"queueTitle\":\"Orders\",\"customer\":\"Alice\",\"dispositionNeeded\":true,\"heldOnPhone\":false,\"reminded\":0,\"returned\":false,\"consulted\":false,\"conference\":false,\"mayRecord\":false}]}");
    assertThat(Json.tree(call(Optional.of(NOON))).path("until").asLong())
        .isEqualTo(1_700_000_000_000L);
  }

  @Test
  void whatIsGoneIsSaidToBeGone() {
    var before = Json.tree(call(Optional.of(NOON)));
    assertThat(Topics.delta(before, Json.tree(call(Optional.empty()))))
        .get()
        .hasToString("{\"until\":null}");
  }
}
