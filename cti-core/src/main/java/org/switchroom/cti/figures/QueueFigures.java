package org.switchroom.cti.figures;

import java.time.Duration;

/// A queue's figures for one day, in the center's time zone. A contact counts on the day on which
/// it was answered or abandoned.
///
/// @param answered contacts that an agent answered
/// @param answeredInTime those of them that waited no longer than the queue's target
/// @param abandoned contacts that left while waiting or ringing
/// @param waitOfAnswered the sum of the waits of the answered
/// @param scored questions of surveys that were answered
/// @param score the sum of the answers, each from 0 (the lowest) to 1 (the highest)
public record QueueFigures(
    long answered,
    long answeredInTime,
    long abandoned,
    Duration waitOfAnswered,
    long scored,
    double score) {
  public static final QueueFigures NONE = new QueueFigures(0, 0, 0, Duration.ZERO, 0, 0);

  public QueueFigures plusAnswered(Duration wait, Duration target) {
    long inTime = wait.compareTo(target) <= 0 ? 1 : 0;
    return new QueueFigures(
        answered + 1, answeredInTime + inTime, abandoned, waitOfAnswered.plus(wait), scored, score);
  }

  public QueueFigures plusAbandoned() {
    return new QueueFigures(answered, answeredInTime, abandoned + 1, waitOfAnswered, scored, score);
  }

  /// @param answer from 1 to `most`
  public QueueFigures plusScore(int answer, int most) {
    double share = (answer - 1.0) / (most - 1);
    return new QueueFigures(
        answered, answeredInTime, abandoned, waitOfAnswered, scored + 1, score + share);
  }

  /// Satisfaction: the mean of all answers, from 0 to 1. Null while there is none.
  public Double satisfaction() {
    return scored == 0 ? null : score / scored;
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
