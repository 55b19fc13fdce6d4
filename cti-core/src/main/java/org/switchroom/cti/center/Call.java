package org.switchroom.cti.center;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.customer.ContactRecord;
import org.switchroom.cti.customer.ContactRecord.Outcome;
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
  private Long customer() {
    return matches.size() == 1 ? matches.getFirst().customer().id() : null;
  }

  /// The customer's tier; empty where they are not known.
  String tier() {
    return matches.size() == 1 ? matches.getFirst().customer().tier() : "";
  }

  private String pathText() {
    String text =
        path.stream()
            .map(
                entry ->
                    entry.choice().isEmpty() ? entry.step() : entry.step() + "=" + entry.choice())
            .collect(Collectors.joining(" › "));
    return text.length() <= LONGEST_PATH ? text : text.substring(0, LONGEST_PATH);
  }

  /// What the history keeps of it.
  ContactRecord record(CallState.Ended ended) {
    return switch (ended.last()) {
      case CallState.Waiting waiting ->
          record(ended, waiting.queue(), waiting.since(), null, "", Outcome.ABANDONED);
      case CallState.Talking talk -> record(ended, talk, Outcome.ANSWERED);
      case CallState.Released(var talk, _) ->
          record(ended, talk, transferred ? Outcome.TRANSFERRED : Outcome.ANSWERED);
      case CallState.Placed(var queue, _) ->
          record(ended, queue, null, null, "", Outcome.SELF_SERVED);
      case CallState.InScript _, CallState.Ended _ ->
          record(ended, null, null, null, "", Outcome.SELF_SERVED);
    };
  }

  private ContactRecord record(CallState.Ended ended, CallState.Talking talk, Outcome outcome) {
    return record(
        ended, talk.queue(), talk.waitedSince(), talk.since(), talk.agent().value(), outcome);
  }

  private ContactRecord record(
      CallState.Ended ended,
      QueueId queue,
      Instant queued,
      Instant answered,
      String agent,
      Outcome outcome) {
    return new ContactRecord(
        id.value(),
        customer(),
        from.value(),
        dialed.value(),
        queue == null ? "" : queue.value(),
        agent,
        arrived,
        queued,
        answered,
        ended.at(),
        outcome,
        pathText());
  }
}
