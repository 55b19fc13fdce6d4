package org.switchroom.cti.center;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.call.Wish;
import org.switchroom.cti.customer.CallSeen;
import org.switchroom.cti.customer.CallSeen.Stage;
import org.switchroom.cti.customer.ContactRecord;
import org.switchroom.cti.customer.ContactRecord.Outcome;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
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

  /// Of an earlier run, until they are looked up again; null: not known.
  private Long knownCustomer;

  private String knownTier = "";

  boolean transferred;

  /// Points that a supervisor has added.
  int raised;

  /// How often the caller came back to the queues after a talk.
  int turn;

  /// How often it was sent out of the queues.
  int diversions;

  /// Whether the PBX's own queue has the caller while a phone rings for them.
  boolean fellBack;

  Language language = Language.EN;

  Call(CallId id, PhoneNumber from, PhoneNumber dialed, Instant arrived) {
    this.id = id;
    this.from = from;
    this.dialed = dialed;
    this.arrived = arrived;
  }

  /// As an earlier run has seen it.
  static Call of(CallSeen seen) {
    var call =
        new Call(
            new CallId(seen.call()),
            new PhoneNumber(seen.fromNumber()),
            new PhoneNumber(seen.dialed()),
            seen.arrived());
    call.path = seen.path();
    call.answers = seen.answers();
    call.knownCustomer = seen.customer();
    call.knownTier = seen.tier();
    call.transferred = seen.transferred();
    call.raised = seen.raised();
    call.diversions = seen.diversions();
    call.speaks(seen.language());
    call.state = state(seen);
    return call;
  }

  private static CallState state(CallSeen seen) {
    return switch (seen.stage()) {
      case IN_SCRIPT -> new CallState.InScript();
      case PLACED -> new CallState.Placed(new QueueId(seen.queue()), Wish.NONE, seen.at());
      case WAITING -> waiting(seen);
      case AWAY -> new CallState.Away(waiting(seen), seen.at(), false);
      case TALKING -> talking(seen);
      case RELEASED -> new CallState.Released(talking(seen), seen.at());
    };
  }

  private static CallState.Waiting waiting(CallSeen seen) {
    return new CallState.Waiting(new QueueId(seen.queue()), Wish.NONE, seen.queued());
  }

  private static CallState.Talking talking(CallSeen seen) {
    return new CallState.Talking(
        new QueueId(seen.queue()),
        seen.queued(),
        seen.answered(),
        new AgentId(seen.agent()),
        new LegId(seen.leg()),
        false);
  }

  /// For a later run.
  CallSeen seen(Instant at) {
    return switch (state) {
      case CallState.InScript _, CallState.Ended _ -> seen(at, Stage.IN_SCRIPT, null, null);
      case CallState.Placed(var queue, _, _) -> seen(at, Stage.PLACED, queue, null);
      case CallState.Waiting w -> seen(at, Stage.WAITING, w.queue(), w.since());
      case CallState.Away(var w, _, _) -> seen(at, Stage.AWAY, w.queue(), w.since());
      case CallState.Talking talk -> seen(at, Stage.TALKING, talk);
      case CallState.Released(var talk, _) -> seen(at, Stage.RELEASED, talk);
    };
  }

  private CallSeen seen(Instant at, Stage stage, QueueId queue, Instant queued) {
    return seen(at, stage, queue, queued, "", null, "");
  }

  private CallSeen seen(Instant at, Stage stage, CallState.Talking talk) {
    return seen(
        at,
        stage,
        talk.queue(),
        talk.waitedSince(),
        talk.agent().value(),
        talk.since(),
        talk.leg().value());
  }

  private CallSeen seen(
      Instant at,
      Stage stage,
      QueueId queue,
      Instant queued,
      String agent,
      Instant answered,
      String leg) {
    return new CallSeen(
        id.value(),
        stage,
        customer(),
        tier(),
        from.value(),
        dialed.value(),
        language.tag(),
        arrived,
        queue == null ? "" : queue.value(),
        queued,
        agent,
        answered,
        leg,
        transferred,
        raised,
        diversions,
        path,
        answers,
        at);
  }

  /// @param tag of a language; one that is not spoken here changes nothing
  void speaks(String tag) {
    Language spoken = Language.of(tag);
    if (spoken != null) language = spoken;
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
    return matches.size() == 1 ? (Long) matches.getFirst().customer().id() : knownCustomer;
  }

  /// The customer's name where known; else the number.
  String name() {
    return matches.size() == 1 ? matches.getFirst().customer().name() : from.value();
  }

  /// The customer's tier; empty where they are not known.
  String tier() {
    return matches.size() == 1 ? matches.getFirst().customer().tier() : knownTier;
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
      case CallState.Placed(var queue, _, _) ->
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
        latest(ended.at(), arrived, queued, answered),
        outcome,
        pathText());
  }

  /// A PBX counts whole seconds.
  private static Instant latest(Instant end, Instant... before) {
    Instant latest = end;
    for (Instant one : before) if (one != null && one.isAfter(latest)) latest = one;
    return latest;
  }
}
