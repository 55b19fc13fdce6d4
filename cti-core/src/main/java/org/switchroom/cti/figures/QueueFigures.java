package org.switchroom.cti.figures;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.plan.ServiceLevelRule;

/// What happened in a queue in a time: the one definition of each of its figures, for wallboard,
/// history and reports alike. They are sums (and one longest), so those of a day are those of its
/// intervals together.
///
/// A contact counts in the queue and at the time in which it was answered, or left without an
/// agent; one that does so several times counts each time. `…InTime` are those of them whose wait
/// was within the queue's target. All words are in `docs/figures.md`.
///
/// @param answered contacts that an agent answered
/// @param waitOfAnswered the sum of their waits, from the beginning of the stay to hearing the
///   agent
/// @param abandoned callers who hung up while waiting or ringing
/// @param overflowed contacts that the queue's rules sent on, to another queue or elsewhere
/// @param chose callers who took what the queue offers by key
/// @param fellBack callers whom the PBX's own fallback queue connected
/// @param lost callers whom the PBX lost while they waited, or whom the server has set aside
/// @param longestWait of all who were answered or left
/// @param talks that ended, work on tasks included
/// @param talk the sum of their lengths, holds included
/// @param hold the sum of the holds in them
/// @param wrapUps that ended; a talk with nothing to say of it has none
/// @param wrapUp the sum of their lengths
/// @param scored questions of surveys that were answered
/// @param score the sum of the answers in millionths, each from 0 (the lowest) to 1,000,000
public record QueueFigures(
    long answered,
    long answeredInTime,
    Duration waitOfAnswered,
    long abandoned,
    long abandonedInTime,
    Duration waitOfAbandoned,
    long overflowed,
    long overflowedInTime,
    long chose,
    long choseInTime,
    long fellBack,
    long lost,
    Duration longestWait,
    long talks,
    Duration talk,
    Duration hold,
    long wrapUps,
    Duration wrapUp,
    long scored,
    long score) {
  public static final QueueFigures NONE = new Sum().figures();

  private static final double MILLION = 1e6;

  /// Both times together.
  public QueueFigures plus(QueueFigures other) {
    return new QueueFigures(
        answered + other.answered,
        answeredInTime + other.answeredInTime,
        waitOfAnswered.plus(other.waitOfAnswered),
        abandoned + other.abandoned,
        abandonedInTime + other.abandonedInTime,
        waitOfAbandoned.plus(other.waitOfAbandoned),
        overflowed + other.overflowed,
        overflowedInTime + other.overflowedInTime,
        chose + other.chose,
        choseInTime + other.choseInTime,
        fellBack + other.fellBack,
        lost + other.lost,
        longestWait.compareTo(other.longestWait) >= 0 ? longestWait : other.longestWait,
        talks + other.talks,
        talk.plus(other.talk),
        hold.plus(other.hold),
        wrapUps + other.wrapUps,
        wrapUp.plus(other.wrapUp),
        scored + other.scored,
        score + other.score);
  }

  /// Service level: the share of contacts that were served in time, from 0 to 1. Empty while there
  /// is nothing to count.
  ///
  /// @param rule what becomes of those who left without an agent: the queue's own, or another to
  ///   look at the same time by
  public @Nullable Double serviceLevel(ServiceLevelRule rule) {
    long served =
        answeredInTime
            + rule.abandoned().served(abandonedInTime)
            + rule.overflowed().served(overflowedInTime)
            + rule.chose().served(choseInTime);
    long all =
        answered
            + rule.abandoned().counted(abandoned, abandonedInTime)
            + rule.overflowed().counted(overflowed, overflowedInTime)
            + rule.chose().counted(chose, choseInTime);
    return mean(served, all);
  }

  /// Offered: all contacts whose wait in the queue is over, whatever came of it. Each is one of
  /// answered, abandoned, overflowed, chose, fell back and lost; who still waits is none of them
  /// yet.
  public long offered() {
    return answered + abandoned + overflowed + chose + fellBack + lost;
  }

  /// Abandonment: abandoned ÷ (answered + abandoned), from 0 to 1. Null while there is neither.
  public @Nullable Double abandonment() {
    return mean(abandoned, answered + abandoned);
  }

  /// ASA, average speed of answer: the mean wait of the answered. Null while nobody was answered.
  public @Nullable Duration averageSpeedOfAnswer() {
    return mean(waitOfAnswered, answered);
  }

  /// AHT, average handling time: (talk, with its holds, + wrap-up) ÷ talks. Null while no talk has
  /// ended.
  public @Nullable Duration averageHandlingTime() {
    return mean(talk.plus(wrapUp), talks);
  }

  /// Satisfaction: the mean of all answers of surveys, from 0 to 1. Null while there is none.
  public @Nullable Double satisfaction() {
    return scored == 0 ? null : score / MILLION / scored;
  }

  private static @Nullable Double mean(long some, long all) {
    return all == 0 ? null : (double) some / all;
  }

  private static @Nullable Duration mean(Duration sum, long count) {
    return count == 0 ? null : sum.dividedBy(count);
  }

  /// One that is being put together.
  static final class Sum {
    long answered;
    long answeredInTime;
    Duration waitOfAnswered = Duration.ZERO;
    long abandoned;
    long abandonedInTime;
    Duration waitOfAbandoned = Duration.ZERO;
    long overflowed;
    long overflowedInTime;
    long chose;
    long choseInTime;
    long fellBack;
    long lost;
    Duration longestWait = Duration.ZERO;
    long talks;
    Duration talk = Duration.ZERO;
    Duration hold = Duration.ZERO;
    long wrapUps;
    Duration wrapUp = Duration.ZERO;
    long scored;
    long score;

    QueueFigures figures() {
      return new QueueFigures(
          answered,
          answeredInTime,
          waitOfAnswered,
          abandoned,
          abandonedInTime,
          waitOfAbandoned,
          overflowed,
          overflowedInTime,
          chose,
          choseInTime,
          fellBack,
          lost,
          longestWait,
          talks,
          talk,
          hold,
          wrapUps,
          wrapUp,
          scored,
          score);
    }
  }
}
