package org.switchroom.cti.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.event.CallEvent.CallEnded;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.ContactMoved;
import org.switchroom.cti.event.ContactEvent.FallbackTalked;
import org.switchroom.cti.event.ContactEvent.SurveyAnswered;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.event.WrapUpEnd;

/// What a turn adds to the figures, given its events and nothing else: the wallboard and the
/// database add up the same.
public final class FiguresFold {
  /// Of an interval. Days are made of whole ones in every zone of today.
  public static final Duration INTERVAL = Duration.ofMinutes(15);

  private static final long MILLION = 1_000_000;

  private FiguresFold() {}

  /// Something to be added.
  ///
  /// @param interval its beginning
  public record Counted(QueueId queue, Instant interval, QueueFigures figures) {}

  /// The interval in which a time lies, by its beginning.
  public static Instant interval(Instant at) {
    long length = INTERVAL.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), length) * length);
  }

  /// All that is to be added, in the order of the events.
  public static List<Counted> counted(Turn turn) {
    var counted = new ArrayList<Counted>();
    RecordTime time = RecordTime.of(turn);
    for (Event event : turn.events()) {
      switch (event) {
        case ContactAnswered e when e.handedOver() -> {}
        case ContactAnswered e -> add(counted, e.queue(), time.of(e.answered()), answered(e));
        case ContactLeft e -> add(counted, e.queue(), time.of(left(turn, e)), left(e));
        case ContactMoved e -> add(counted, e.from(), time.of(turn.at()), moved(e));
        case TalkEnded e -> add(counted, e.queue(), time.of(e.ended()), talked(e));
        case SurveyAnswered e ->
            e.queue().ifPresent(queue -> add(counted, queue, time.of(turn.at()), scored(e)));
        case WrapUpDone e -> {
          if (e.end() != WrapUpEnd.NONE) {
            add(counted, e.queue(), time.of(turn.at()), wrappedUp(e, turn.at()));
          }
        }
        default -> {}
      }
    }
    return counted;
  }

  private static void add(List<Counted> counted, QueueId queue, Instant at, QueueFigures figures) {
    counted.add(new Counted(queue, interval(at), figures));
  }

  /// When a contact left: when somebody of the fallback's answered, or with its call, where that is
  /// what the turn tells of.
  public static Instant left(Turn turn, ContactLeft left) {
    Instant at = turn.at();
    for (Event event : turn.events()) {
      switch (event) {
        case FallbackTalked talk when talk.contact().equals(left.contact()) -> {
          return talk.answered();
        }
        case CallEnded over when over.contact().equals(left.contact()) -> at = over.ended();
        default -> {}
      }
    }
    return at;
  }

  private static QueueFigures answered(ContactAnswered e) {
    var sum = new QueueFigures.Sum();
    sum.answered = 1;
    sum.answeredInTime = e.inTime() ? 1 : 0;
    sum.waitOfAnswered = whole(e.waited());
    sum.longestWait = sum.waitOfAnswered;
    return sum.figures();
  }

  private static QueueFigures left(ContactLeft e) {
    var sum = new QueueFigures.Sum();
    Duration waited = whole(e.waited());
    long inTime = e.inTime() ? 1 : 0;
    switch (e.end()) {
      case ABANDONED -> {
        sum.abandoned = 1;
        sum.abandonedInTime = inTime;
        sum.waitOfAbandoned = waited;
      }
      case CHOSE -> {
        sum.chose = 1;
        sum.choseInTime = inTime;
      }
      case OVERFLOWED -> {
        sum.overflowed = 1;
        sum.overflowedInTime = inTime;
      }
      case FELL_BACK -> sum.fellBack = 1;
      case PBX_FAULT, SET_ASIDE -> sum.lost = 1;
      // Nobody has called: whom it was about is in the queue.
      case PUT_THROUGH -> {
        return QueueFigures.NONE;
      }
    }
    sum.longestWait = waited;
    return sum.figures();
  }

  private static QueueFigures moved(ContactMoved e) {
    var sum = new QueueFigures.Sum();
    sum.overflowed = 1;
    sum.overflowedInTime = e.inTime() ? 1 : 0;
    sum.longestWait = whole(e.waited());
    return sum.figures();
  }

  private static QueueFigures talked(TalkEnded e) {
    var sum = new QueueFigures.Sum();
    sum.talks = 1;
    sum.talk = whole(Duration.between(e.since(), e.ended()));
    sum.hold = whole(e.held());
    return sum.figures();
  }

  private static QueueFigures wrappedUp(WrapUpDone e, Instant at) {
    var sum = new QueueFigures.Sum();
    sum.wrapUps = 1;
    sum.wrapUp = whole(Duration.between(e.since(), at));
    return sum.figures();
  }

  private static QueueFigures scored(SurveyAnswered e) {
    var sum = new QueueFigures.Sum();
    sum.scored = 1;
    sum.score = e.most() < 2 ? 0 : (e.score() - 1) * MILLION / (e.most() - 1);
    return sum.figures();
  }

  /// Whole milliseconds, as sums are kept in.
  private static Duration whole(Duration time) {
    return Duration.ofMillis(Math.max(time.toMillis(), 0));
  }
}
