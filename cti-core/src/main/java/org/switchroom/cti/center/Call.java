package org.switchroom.cti.center;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.switchroom.ivr.speech.Language;

/// One call with what is known of its caller. Only the center changes it.
final class Call {
  private static final int LONGEST_PATH = 2000;
  private static final int MOST_STEPS = 200;

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

  /// Points that a supervisor has added.
  int raised;

  /// How often it was sent out of the queues.
  int diversions;

  Language language = Language.EN;

  Call(CallId id, PhoneNumber from, PhoneNumber dialed, Instant arrived) {
    this.id = id;
    this.from = from;
    this.dialed = dialed;
    this.arrived = arrived;
  }

  /// Goes on in another script: what was done before stays.
  void walked(List<TrailEntry> more, Map<String, String> keyedIn, Language spoken) {
    var all = new ArrayList<>(path);
    all.addAll(more);
    path = List.copyOf(all.size() <= MOST_STEPS ? all : all.subList(0, MOST_STEPS));
    var both = new LinkedHashMap<>(answers);
    both.putAll(keyedIn);
    answers = Map.copyOf(both);
    language = spoken;
  }

  /// Known only when there is one.
  Long customer() {
    return matches.size() == 1 ? matches.getFirst().customer().id() : null;
  }

  /// The customer's name where known; else the number.
  String name() {
    return matches.size() == 1 ? matches.getFirst().customer().name() : from.value();
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
      case CallState.Away(var from, _, _) ->
          record(ended, from.queue(), from.since(), null, "", Outcome.DIVERTED);
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
