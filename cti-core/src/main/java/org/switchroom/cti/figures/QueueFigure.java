package org.switchroom.cti.figures;

/// What is counted of a queue: one definition for wallboard, history and reports alike. All words
/// are in `docs/figures.md`. The database has each in a column of its name.
///
/// A contact counts in the queue and at the time in which it was answered, or left without an
/// agent; one that does so several times counts each time. `…_IN_TIME` are those of them whose wait
/// was within the queue's target. Times are in whole milliseconds.
public enum QueueFigure {
  /// Contacts that an agent answered.
  ANSWERED,
  ANSWERED_IN_TIME,
  /// The sum of their waits, from the beginning of the stay to hearing the agent.
  WAIT_OF_ANSWERED,
  /// Callers who hung up while waiting or ringing.
  ABANDONED,
  ABANDONED_IN_TIME,
  WAIT_OF_ABANDONED,
  /// Contacts that the queue's rules sent on, to another queue or elsewhere.
  OVERFLOWED,
  OVERFLOWED_IN_TIME,
  /// Callers who took what the queue offers by key.
  CHOSE,
  CHOSE_IN_TIME,
  /// Callers whom the PBX's own fallback queue connected.
  FELL_BACK,
  /// Callers whom the PBX lost while they waited, or whom the server has set aside.
  LOST,
  /// Of all who were answered or left.
  LONGEST_WAIT,
  /// That ended, work on tasks included.
  TALKS,
  /// The sum of their lengths, holds included.
  TALK,
  /// The sum of the holds in them.
  HOLD,
  /// That ended; a talk with nothing to say of it has none.
  WRAP_UPS,
  /// The sum of their lengths.
  WRAP_UP,
  /// Questions of surveys that were answered.
  SCORED,
  /// The sum of the answers in millionths, each from 0 (the lowest) to 1,000,000.
  SCORES;

  /// Whether of two times together it is the greater one; else it is the sum of both.
  public boolean isGreatest() {
    return this == LONGEST_WAIT;
  }
}
