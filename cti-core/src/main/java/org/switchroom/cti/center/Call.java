package org.switchroom.cti.center;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.switchroom.acd.QueueId;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.ivr.Outcome.TrailEntry;

/// One call with what is known of its caller. Only the center changes it.
final class Call {
  private static final int LONGEST_PATH = 2000;

  final CallId id;
  final PhoneNumber from;
  final PhoneNumber dialed;
  final Instant arrived;
  CallState state = new CallState.InScript();
  List<TrailEntry> path = List.of();
  Map<String, String> answers = Map.of();

  /// Who it may be. An agent's choice leaves one.
  List<CustomerCard> matches = List.of();

  boolean transferred;

  Call(CallId id, PhoneNumber from, PhoneNumber dialed, Instant arrived) {
    this.id = id;
    this.from = from;
    this.dialed = dialed;
    this.arrived = arrived;
  }

  /// Known only when there is one.
  Long customer() {
    return matches.size() == 1 ? matches.getFirst().customer().id() : null;
  }

  String callerName() {
    if (matches.size() == 1) return matches.getFirst().customer().name();
    return from.value();
  }

  String pathText() {
    String text =
        path.stream()
            .map(
                entry ->
                    entry.choice().isEmpty() ? entry.step() : entry.step() + "=" + entry.choice())
            .collect(Collectors.joining(" › "));
    return text.length() <= LONGEST_PATH ? text : text.substring(0, LONGEST_PATH);
  }

  /// The queue it is or was in; null: none.
  QueueId queue() {
    return queueOf(state);
  }

  private static QueueId queueOf(CallState state) {
    return switch (state) {
      case CallState.InScript() -> null;
      case CallState.Placed(var queue, _) -> queue;
      case CallState.Waiting(var queue, _, _) -> queue;
      case CallState.Talking talk -> talk.queue();
      case CallState.Released(var talk, _) -> talk.queue();
      case CallState.Ended(_, var last) -> queueOf(last);
    };
  }
}
