package org.switchroom.cti.center;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.task.Task;
import org.switchroom.ivr.Outcome;

/// What comes in, stamped with its time at the edge.
public sealed interface CenterEvent {
  Instant at();

  record FromPbx(PbxEvent event) implements CenterEvent {
    @Override
    public Instant at() {
      return event.at();
    }
  }

  /// A script has begun; the PBX's own word of the call may come later.
  record ScriptStarted(Instant at, CallId call, PhoneNumber from, PhoneNumber dialed)
      implements CenterEvent {}

  /// Who the caller may be: none, one, or several to choose from.
  record CallerIdentified(Instant at, CallId call, List<CustomerCard> matches)
      implements CenterEvent {}

  record ScriptFinished(Instant at, CallId call, Outcome outcome) implements CenterEvent {}

  /// A caller in a script is not heard any more, and hears nothing.
  record ScriptFroze(Instant at, CallId call) implements CenterEvent {}

  /// A record that a desk waits for is durable, or will never be.
  ///
  /// @param fault null when durable
  record Stored(Instant at, AgentId agent, CallId call, DeskRequest request, String fault)
      implements CenterEvent {}

  /// A new customer is in the database, or cannot be written. It was decided before, so it is not
  /// refused any more, whatever has become of the call meanwhile.
  ///
  /// @param from the number that calls
  /// @param customer empty: it cannot be written
  record CustomerWritten(
      Instant at,
      DeskRequest.NewCustomer request,
      PhoneNumber from,
      Optional<CustomerCard> customer)
      implements CenterEvent {}

  /// There is work for a queue.
  record TaskArrived(Instant at, Task task) implements CenterEvent {}

  /// A caller has answered a question of a survey.
  record Scored(Instant at, CallId call, String question, int score, int most)
      implements CenterEvent {}

  record FromDesk(DeskRequest request) implements CenterEvent {
    @Override
    public Instant at() {
      return request.at();
    }
  }

  /// Everything as it is to be from now on, while calls wait.
  record Reconfigured(Instant at, CenterSettings settings) implements CenterEvent {}

  record TimePassed(Instant at) implements CenterEvent {}
}
