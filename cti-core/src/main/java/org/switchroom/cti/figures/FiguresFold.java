package org.switchroom.cti.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.event.CallEvent.CallEnded;
import org.switchroom.cti.event.ContactEvent;
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
/// database add up the same. Of agents who ask each other nothing is added: nobody has called.
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
        case ContactEvent e when ContactEvent.isConsultation(e.contact()) -> {}
        case ContactAnswered e when e.handedOver() -> {}
        case TalkEnded e when isOfWhoHasCalled(e.contact(), e.stay()) -> {}
        case WrapUpDone e when isOfWhoHasCalled(e.contact(), e.stay()) -> {}
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

  /// The talk of an agent with whom they have called is no talk of a queue: nobody has waited in
  /// it.
  private static boolean isOfWhoHasCalled(ContactId contact, int stay) {
    return stay == 1 && ContactEvent.isMade(contact);
  }

  private static void add(List<Counted> counted, QueueId queue, Instant at, QueueFigures figures) {
    if (figures.equals(QueueFigures.NONE)) return;
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
    return new QueueFigures.Sum()
        .one(QueueFigure.ANSWERED)
        .one(QueueFigure.ANSWERED_IN_TIME, e.inTime())
        .is(QueueFigure.WAIT_OF_ANSWERED, e.waited())
        .is(QueueFigure.LONGEST_WAIT, e.waited())
        .figures();
  }

  private static QueueFigures left(ContactLeft e) {
    var sum = new QueueFigures.Sum().is(QueueFigure.LONGEST_WAIT, e.waited());
    switch (e.end()) {
      case ABANDONED ->
          sum.one(QueueFigure.ABANDONED)
              .one(QueueFigure.ABANDONED_IN_TIME, e.inTime())
              .is(QueueFigure.WAIT_OF_ABANDONED, e.waited());
      case CHOSE -> sum.one(QueueFigure.CHOSE).one(QueueFigure.CHOSE_IN_TIME, e.inTime());
      case OVERFLOWED ->
          sum.one(QueueFigure.OVERFLOWED).one(QueueFigure.OVERFLOWED_IN_TIME, e.inTime());
      case FELL_BACK -> sum.one(QueueFigure.FELL_BACK);
      case PBX_FAULT, SET_ASIDE -> sum.one(QueueFigure.LOST);
      // Nobody has called, and whom it was about is in the queue; or they have waited in none.
      case PUT_THROUGH, PARKED -> {
        return QueueFigures.NONE;
      }
    }
    return sum.figures();
  }

  private static QueueFigures moved(ContactMoved e) {
    return new QueueFigures.Sum()
        .one(QueueFigure.OVERFLOWED)
        .one(QueueFigure.OVERFLOWED_IN_TIME, e.inTime())
        .is(QueueFigure.LONGEST_WAIT, e.waited())
        .figures();
  }

  private static QueueFigures talked(TalkEnded e) {
    return new QueueFigures.Sum()
        .one(QueueFigure.TALKS)
        .is(QueueFigure.TALK, Duration.between(e.since(), e.ended()))
        .is(QueueFigure.HOLD, e.held())
        .figures();
  }

  private static QueueFigures wrappedUp(WrapUpDone e, Instant at) {
    return new QueueFigures.Sum()
        .one(QueueFigure.WRAP_UPS)
        .is(QueueFigure.WRAP_UP, Duration.between(e.since(), at))
        .figures();
  }

  private static QueueFigures scored(SurveyAnswered e) {
    long score = e.most() < 2 ? 0 : (e.score() - 1) * MILLION / (e.most() - 1);
    return new QueueFigures.Sum().one(QueueFigure.SCORED).is(QueueFigure.SCORES, score).figures();
  }
}
