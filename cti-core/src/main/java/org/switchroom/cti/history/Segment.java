package org.switchroom.cti.history;

/// The kinds of segments, in which a contact's life is told. Each begins and ends, with an outcome.
///
/// `number` is the stay's for talks and wrap-ups (a stay has one of each at most) and the offer's
/// for offers; for the others it tells the turn in which it began: its number times a million, and
/// the place of the event in it.
public enum Segment {
  /// In a script: `queued`, `hung-up`, `ended`, `transferred`, `runaway`; `broken-off`: it is not
  /// known how. The detail is the script.
  SCRIPT,
  /// In a queue: `ANSWERED`, a `StayEnd`, or `MOVED` to another queue. The detail tells where to.
  QUEUE,
  /// Offered to an agent: `ANSWERED`, or an `OfferEnd`.
  OFFER,
  /// With an agent, holds included: a `TalkEnd`. The detail is the number it was given to.
  TALK,
  /// On hold: `RETRIEVED`, or `ENDED` with the talk.
  HOLD,
  /// With an agent and whom they ask: a `ConsultationEnd`, `HELD` or `RETRIEVED`. The detail is the
  /// contact by which they ask.
  CONFERENCE,
  /// Parked, for whoever picks them up: a `ParkEnd`. The agent is who has parked them.
  PARK,
  /// What the agent said of it: a `WrapUpEnd`, with disposition and note.
  WRAP_UP,
  /// The PBX's own fallback queue had them talk to somebody: `ANSWERED`; the detail is the phone.
  FALLBACK,
  /// A recording, from its beginning to its end: a `RecordingEnd`; the detail is its name.
  RECORDING,
  /// Silence in a recording, because somebody has said so (`ASKED`; the detail is who) or because
  /// something was keyed (`KEYS`), or a script (`SCRIPT`).
  PAUSE,
  /// The caller was told that their talk is recorded: `HEARD` to the end, or `REFUSED`. The detail
  /// is the script with its version, the step and the language.
  NOTICE;

  private static final long PLACES = 1_000_000;

  /// The number of a segment that begins with an event.
  ///
  /// @param place of the event in its turn, from 0
  static long number(long turn, int place) {
    return turn * PLACES + place;
  }
}
