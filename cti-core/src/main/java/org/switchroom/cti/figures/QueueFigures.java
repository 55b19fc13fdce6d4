package org.switchroom.cti.figures;

import java.time.Duration;

/// A queue's figures for one day, in the center's time zone. A contact counts on the day on which
/// it was answered or abandoned.
///
/// @param answered contacts that an agent answered
/// @param answeredInTime those of them that waited no longer than the queue's target
/// @param abandoned contacts that left while waiting or ringing
/// @param waitOfAnswered the sum of the waits of the answered
public record QueueFigures(
    long answered, long answeredInTime, long abandoned, Duration waitOfAnswered) {
  public static final QueueFigures NONE = new QueueFigures(0, 0, 0, Duration.ZERO);

  public QueueFigures plusAnswered(Duration wait, Duration target) {
    long inTime = wait.compareTo(target) <= 0 ? 1 : 0;
    return new QueueFigures(
        answered + 1, answeredInTime + inTime, abandoned, waitOfAnswered.plus(wait));
  }

  public QueueFigures plusAbandoned() {
    return new QueueFigures(answered, answeredInTime, abandoned + 1, waitOfAnswered);
  }

  /// Service level: answered in time ÷ (answered + abandoned), from 0 to 1. Abandoned contacts
  /// count against it, however short their wait. Null while there is nothing to count.
  public Double serviceLevel() {
    long all = answered + abandoned;
    return all == 0 ? null : (double) answeredInTime / all;
  }

  /// ASA, average speed of answer: the mean wait of the answered, from entering the queue to
  /// hearing the agent. Null while nobody was answered.
  public Duration averageSpeedOfAnswer() {
    return answered == 0 ? null : waitOfAnswered.dividedBy(answered);
  }
}
