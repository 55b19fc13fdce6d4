package org.switchroom.desktop.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchroom.cti.center.CenterPlan;
import org.switchroom.desktop.testkit.TestCenter;

/// Who is shown as somebody to whom a caller can be given.
class DirectoryRoutesTest {
  private static boolean takesCalls(String state, String pending) {
    return DirectoryRoutes.colleague(Json.object().put("state", state).put("pending", pending))
        .takesCalls();
  }

  @ParameterizedTest
  @CsvSource({"ready,true", "talking,true", "wrap-up,true", "not-ready,false", "logged-out,false"})
  void whoIsReadyOrBusyTakesCalls(String state, boolean takes) {
    assertThat(takesCalls(state, "")).isEqualTo(takes);
  }

  /// Who serves it, and is free.
  @Test
  void ofAQueueItIsSaidWhoCouldTakeACall() {
    var settings = TestCenter.on(1).withAgents(3).settings().forCenter();
    var agents =
        List.of(
            agent("a1", "ready", "AVAILABLE"),
            agent("a2", "ready", "UNREACHABLE"),
            agent("a3", "logged-out", "AVAILABLE"),
            agent("stranger", "ready", "AVAILABLE"));
    var shown =
        DirectoryRoutes.destination(
            Json.object().put("queue", "orders").put("waiting", 2),
            agents,
            Optional.of(new CenterPlan(settings)));
    assertThat(shown.free()).isEqualTo(1);
    assertThat(shown.staffed()).isEqualTo(2);
  }

  /// Who is on a break is there, and takes none.
  @Test
  void ofThoseWhoTakeCallsFourAreNamedAndTheOthersCounted() {
    var settings = TestCenter.on(1).withAgents(7).settings().forCenter();
    var agents = new ArrayList<ObjectNode>();
    for (int i = 1; i <= 6; i++) agents.add(agent("a" + i, "talking", "IN_USE"));
    agents.add(agent("a7", "not-ready", "AVAILABLE"));
    var shown =
        DirectoryRoutes.destination(
            Json.object().put("queue", "orders"), agents, Optional.of(new CenterPlan(settings)));
    assertThat(shown.takers()).hasSize(4);
    assertThat(shown.others()).isEqualTo(2);
    assertThat(shown.staffed()).isEqualTo(7);
  }

  private static ObjectNode agent(String name, String state, String phone) {
    return Json.object().put("agent", name).put("state", state).put("phone", phone);
  }

  @Test
  void whoGoesAfterTheirTalkTakesNone() {
    assertThat(takesCalls("talking", "not-ready:lunch")).isFalse();
    assertThat(takesCalls("talking", "log-out")).isFalse();
  }

  @Test
  void whosePhoneDoesNotRingTakesNone() {
    for (String phone : List.of("UNREACHABLE", "DO_NOT_DISTURB")) {
      var shown = DirectoryRoutes.colleague(agent("a1", "ready", phone));
      assertThat(shown.takesCalls()).isFalse();
      assertThat(shown.away()).contains(phone);
    }
    assertThat(DirectoryRoutes.colleague(agent("a1", "ready", "IN_USE")).takesCalls()).isTrue();
  }
}
