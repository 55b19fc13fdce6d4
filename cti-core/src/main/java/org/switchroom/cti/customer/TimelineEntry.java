package org.switchroom.cti.customer;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// One line of a customer's history: of a call all of it, however many agents had it.
///
/// @param kind `call`, `outbound` (an agent has called them), `voicemail`, `callback`, `ticket`,
///   `survey`, `order`, or what came from elsewhere: `note`, `complaint`
/// @param subject what it was about: dispositions, a title, a survey's question, or the caller's
///   way through scripts
/// @param queue of the last stay; empty: none
/// @param agent who had it last; empty: nobody
/// @param seconds of all talks, or of a message
/// @param waited seconds in queues in all
/// @param outcome of a call as in `ContactOutcome`; `OPEN` or `DONE` for work; a status; a score as
///   `4/5`
/// @param note what agents have written; empty: nothing
/// @param text all of it in English
/// @param recordings of a call's talks, in their order
/// @param number at which they called, or were called, or are to be; of a ticket or a survey the
///   one of its call; empty: none, or hidden
public record TimelineEntry(
    Instant at,
    String kind,
    String subject,
    String queue,
    String agent,
    int seconds,
    int waited,
    String outcome,
    String note,
    String text,
    List<String> recordings,
    String number) {
  /// Of an older build's ledger one may come without.
  public TimelineEntry {
    number = Objects.requireNonNullElse(number, "");
  }

  /// One that is a text and nothing else.
  public TimelineEntry(Instant at, String kind, String text) {
    this(at, kind, text, "", "", 0, 0, "", "", text, List.of(), "");
  }

  /// With its text put together from the rest.
  public static TimelineEntry of(
      Instant at,
      String kind,
      String subject,
      String queue,
      String agent,
      int seconds,
      int waited,
      String outcome,
      String note) {
    var plain =
        new TimelineEntry(
            at, kind, subject, queue, agent, seconds, waited, outcome, note, "", List.of(), "");
    return new TimelineEntry(
        at,
        kind,
        subject,
        queue,
        agent,
        seconds,
        waited,
        outcome,
        note,
        TimelineText.english(plain),
        List.of(),
        "");
  }

  /// With the recordings of its talks.
  public TimelineEntry with(List<String> others) {
    return new TimelineEntry(
        at, kind, subject, queue, agent, seconds, waited, outcome, note, text, others, number);
  }

  /// With the number that belongs to it.
  public TimelineEntry withNumber(String other) {
    return new TimelineEntry(
        at, kind, subject, queue, agent, seconds, waited, outcome, note, text, recordings, other);
  }
}
