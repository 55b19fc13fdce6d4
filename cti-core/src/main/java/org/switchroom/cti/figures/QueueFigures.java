package org.switchroom.cti.figures;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.plan.ServiceLevelRule;

/// What happened in a queue in a time: each [QueueFigure], and what is worked out of them. Those of
/// a day are those of its intervals together.
public final class QueueFigures {
  public static final QueueFigures NONE = of(_ -> 0);

  private static final QueueFigure[] ALL = QueueFigure.values();
  private static final double MILLION = 1e6;

  /// By [QueueFigure#ordinal].
  private final long[] counts;

  private QueueFigures(long[] counts) {
    this.counts = counts;
  }

  public static QueueFigures of(ToLongFunction<QueueFigure> count) {
    return new QueueFigures(Arrays.stream(QueueFigure.values()).mapToLong(count).toArray());
  }

  public long count(QueueFigure figure) {
    return counts[figure.ordinal()];
  }

  public Duration time(QueueFigure figure) {
    return Duration.ofMillis(count(figure));
  }

  /// Those of which there is something.
  public Map<QueueFigure, Long> counted() {
    var counted = new EnumMap<QueueFigure, Long>(QueueFigure.class);
    for (QueueFigure figure : ALL) if (count(figure) != 0) counted.put(figure, count(figure));
    return counted;
  }

  /// Both times together.
  public QueueFigures plus(QueueFigures other) {
    var both = new long[ALL.length];
    for (QueueFigure figure : ALL) {
      both[figure.ordinal()] =
          figure.isGreatest()
              ? Math.max(count(figure), other.count(figure))
              : count(figure) + other.count(figure);
    }
    return new QueueFigures(both);
  }

  /// Service level: the share of contacts that were served in time, from 0 to 1. Empty while there
  /// is nothing to count.
  ///
  /// @param rule what becomes of those who left without an agent: the queue's own, or another to
  ///   look at the same time by
  public Optional<Double> serviceLevel(ServiceLevelRule rule) {
    long abandonedInTime = count(QueueFigure.ABANDONED_IN_TIME);
    long overflowedInTime = count(QueueFigure.OVERFLOWED_IN_TIME);
    long choseInTime = count(QueueFigure.CHOSE_IN_TIME);
    long served =
        count(QueueFigure.ANSWERED_IN_TIME)
            + rule.abandoned().served(abandonedInTime)
            + rule.overflowed().served(overflowedInTime)
            + rule.chose().served(choseInTime);
    long all =
        count(QueueFigure.ANSWERED)
            + rule.abandoned().counted(count(QueueFigure.ABANDONED), abandonedInTime)
            + rule.overflowed().counted(count(QueueFigure.OVERFLOWED), overflowedInTime)
            + rule.chose().counted(count(QueueFigure.CHOSE), choseInTime);
    return mean(served, all);
  }

  /// Offered: all contacts whose wait in the queue is over, whatever came of it. Each is one of
  /// answered, abandoned, overflowed, chose, fell back and lost; who still waits is none of them
  /// yet.
  public long offered() {
    return count(QueueFigure.ANSWERED)
        + count(QueueFigure.ABANDONED)
        + count(QueueFigure.OVERFLOWED)
        + count(QueueFigure.CHOSE)
        + unserved();
  }

  /// Whom the PBX's fallback queue connected, or who were lost.
  public long unserved() {
    return count(QueueFigure.FELL_BACK) + count(QueueFigure.LOST);
  }

  /// Abandonment: abandoned ÷ (answered + abandoned), from 0 to 1. Empty while there is neither.
  public Optional<Double> abandonment() {
    return mean(
        count(QueueFigure.ABANDONED), count(QueueFigure.ANSWERED) + count(QueueFigure.ABANDONED));
  }

  /// ASA, average speed of answer: the mean wait of the answered. Empty while nobody was answered.
  public Optional<Duration> averageSpeedOfAnswer() {
    return mean(time(QueueFigure.WAIT_OF_ANSWERED), count(QueueFigure.ANSWERED));
  }

  /// AHT, average handling time: (talk, with its holds, + wrap-up) ÷ talks. Empty while no talk has
  /// ended.
  public Optional<Duration> averageHandlingTime() {
    return mean(time(QueueFigure.TALK).plus(time(QueueFigure.WRAP_UP)), count(QueueFigure.TALKS));
  }

  /// Satisfaction: the mean of all answers of surveys, from 0 to 1. Empty while there is none.
  public Optional<Double> satisfaction() {
    return count(QueueFigure.SCORED) == 0
        ? Optional.empty()
        : Optional.of(count(QueueFigure.SCORES) / MILLION / count(QueueFigure.SCORED));
  }

  private static Optional<Double> mean(long some, long all) {
    return all == 0 ? Optional.empty() : Optional.of((double) some / all);
  }

  private static Optional<Duration> mean(Duration sum, long count) {
    return count == 0 ? Optional.empty() : Optional.of(sum.dividedBy(count));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof QueueFigures figures && Arrays.equals(counts, figures.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return counted().toString();
  }

  /// One that is being put together.
  static final class Sum {
    private final long[] counts = new long[ALL.length];

    /// One more.
    Sum one(QueueFigure figure) {
      return is(figure, 1);
    }

    /// One more, if so.
    Sum one(QueueFigure figure, boolean is) {
      return is(figure, is ? 1 : 0);
    }

    Sum is(QueueFigure figure, Duration time) {
      return is(figure, Math.max(time.toMillis(), 0));
    }

    Sum is(QueueFigure figure, long count) {
      counts[figure.ordinal()] = count;
      return this;
    }

    QueueFigures figures() {
      return new QueueFigures(counts);
    }
  }
}
