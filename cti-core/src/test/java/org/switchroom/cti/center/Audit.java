package org.switchroom.cti.center;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;

/// What must be so of a [Center] after every event, whatever has happened.
final class Audit {
  private Audit() {}

  static List<String> check(Center center, Instant now) {
    var faults = new ArrayList<String>();
    for (CallId id : center.liveCallIds()) call(center, center.call(id), faults);
    offers(center, faults);
    agents(center, faults);
    Instant due = center.nextDeadline();
    if (due != null && due.isBefore(now.minusSeconds(60))) faults.add("Since " + due + " is due.");
    return faults;
  }

  private static void call(Center center, Call call, List<String> faults) {
    switch (call.state) {
      case CallState.Waiting waiting -> {
        if (center.board.position(waiting.queue(), call.id.value()) == 0) {
          faults.add("%s waits in %s, and not on the board.".formatted(call.id, waiting.queue()));
        }
        if (!center.router.waitingIn(waiting.queue()).contains(Contacts.of(call))
            && !center.offers.offered(call.id)) {
          faults.add("%s waits, and the router does not know.".formatted(call.id));
        }
      }
      case CallState.Talking talk -> {
        if (!call.id.equals(center.floor.callOn(talk.leg()))) {
          faults.add("%s talks on %s, which nobody has.".formatted(call.id, talk.leg()));
        }
      }
      case CallState.Ended _ -> faults.add("%s is over, and live.".formatted(call.id));
      case CallState.InScript _, CallState.Placed _, CallState.Away _, CallState.Released _ -> {
        if (center.offers.offered(call.id)) {
          faults.add("%s is %s, and offered.".formatted(call.id, call.state));
        }
      }
    }
  }

  private static void offers(Center center, List<String> faults) {
    var agents = new HashSet<AgentId>();
    for (LegId leg : center.offers.legs()) {
      var offered = center.offers.get(leg);
      if (!agents.add(offered.agent())) faults.add(offered.agent() + " has two offers.");
      Call call = center.call(offered.call());
      if (call == null || !(call.state instanceof CallState.Waiting)) {
        faults.add(
            "%s is offered to %s, and does not wait.".formatted(offered.call(), offered.agent()));
      }
      if (call != null && !center.router.has(offered.agent(), Contacts.of(call))) {
        faults.add(
            "%s is offered to %s, and the router does not know."
                .formatted(offered.call(), offered.agent()));
      }
    }
  }

  private static void agents(Center center, List<String> faults) {
    for (AgentId agent : center.floor.agents()) {
      ScreenPop pop = center.floor.pop(agent);
      if (pop != null && !center.router.has(agent, center.floor.shown(agent))) {
        faults.add("%s looks at %s, and does not have it.".formatted(agent, pop.call()));
      }
    }
  }
}
