package org.switchroom.cti.history;

import java.time.Instant;
import java.util.Locale;
import org.switchroom.cti.figures.QueueFigure;
import org.switchroom.cti.history.Column.Type.Flag;
import org.switchroom.cti.history.Column.Type.Text;
import org.switchroom.cti.history.Column.Type.Time;
import org.switchroom.cti.history.Column.Type.Whole;

/// The columns of the history's tables. One name means the same in each of them.
public enum Column {
  // ── What a row is ───────────────────────────────────────────────────────────────────────────
  ID(new Text(150)),
  CONTACT(new Text(150)),
  /// What kind of thing it is.
  KIND(new Text(20)),
  /// Which of its kind: see [Segment] for segments; else from the turn's number.
  NUMBER(new Whole()),

  // ── Who ─────────────────────────────────────────────────────────────────────────────────────
  CALL(new Text(150)),
  CUSTOMER(new Whole(), true),
  AGENT(new Text(80)),
  NAME(new Text(200)),
  FROM_NUMBER(new Text(32)),
  DIALED(new Text(32)),
  /// Who did something that the audit keeps.
  WHO(new Text(100)),

  // ── Where and when ──────────────────────────────────────────────────────────────────────────
  QUEUE(new Text(80)),
  /// Of the contact's stays in queues, from 1; 0: in none.
  STAY(new Whole()),
  OPENED(new Time()),
  FIRST_QUEUED(new Time(), true),
  FIRST_ANSWERED(new Time(), true),
  BEGAN(new Time()),
  ENDED(new Time(), true),
  AT(new Time()),
  CREATED(new Time()),
  CLOSED(new Time(), true),
  /// Milliseconds from the beginning of a wait to its end.
  WAITED(new Whole()),
  /// Whether it was within the queue's target.
  IN_TIME(new Flag()),

  // ── What came of it ─────────────────────────────────────────────────────────────────────────
  OUTCOME(new Text(20)),
  /// Where to, why, or with whom.
  DETAIL(new Text(200)),
  DISPOSITION(new Text(80)),
  NOTE(new Text(4_000)),
  /// What the caller did in scripts.
  PATH(new Text(4_100)),
  STAYS(new Whole()),
  TALKS(new Whole()),
  /// Milliseconds of all talks.
  TALKED(new Whole()),

  // ── Scripts and surveys ─────────────────────────────────────────────────────────────────────
  SCRIPT(new Text(40)),
  VERSION(new Whole()),
  ENDING(new Text(20)),
  LAST(new Text(90)),
  /// One a line.
  EDGES(new Text(8_000)),
  QUESTION(new Text(40)),
  SCORE(new Whole()),
  MOST(new Whole()),

  // ── Tickets, tasks, the audit ───────────────────────────────────────────────────────────────
  SUBJECT(new Text(300)),
  PRIORITY(new Text(20)),
  STATUS(new Text(20)),
  RECORDING(new Text(400)),
  SECONDS(new Whole()),
  WHAT(new Text(100)),
  ABOUT(new Text(1_000)),

  // ── What is counted: each [QueueFigure] has the column of its name
  // ─────────────────────────────────
  ANSWERED(new Whole()),
  ANSWERED_IN_TIME(new Whole()),
  WAIT_OF_ANSWERED(new Whole()),
  ABANDONED(new Whole()),
  ABANDONED_IN_TIME(new Whole()),
  WAIT_OF_ABANDONED(new Whole()),
  OVERFLOWED(new Whole()),
  OVERFLOWED_IN_TIME(new Whole()),
  CHOSE(new Whole()),
  CHOSE_IN_TIME(new Whole()),
  FELL_BACK(new Whole()),
  LOST(new Whole()),
  LONGEST_WAIT(new Whole()),
  TALK(new Whole()),
  HOLD(new Whole()),
  WRAP_UPS(new Whole()),
  WRAP_UP(new Whole()),
  SCORED(new Whole()),
  SCORES(new Whole());

  /// What stands in a column.
  public sealed interface Type {
    /// Text of at most so many UTF-16 units.
    record Text(int most) implements Type {}

    /// A whole number, as `Long`.
    record Whole() implements Type {}

    /// A `Boolean`.
    record Flag() implements Type {}

    /// An `Instant` of whole microseconds.
    record Time() implements Type {}
  }

  /// What stands where there is no value; only in columns that may lack one.
  public enum Missing {
    NOTHING
  }

  private final Type type;
  private final boolean optional;

  Column(Type type) {
    this(type, false);
  }

  Column(Type type, boolean optional) {
    this.type = type;
    this.optional = optional;
  }

  /// Where the history has a figure.
  public static Column of(QueueFigure figure) {
    return valueOf(figure.name());
  }

  public Type type() {
    return type;
  }

  /// Whether a row may have [Missing#NOTHING] there.
  public boolean optional() {
    return optional;
  }

  /// Its name in the database.
  public String lower() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What stands there in a row that does not say.
  Object unsaid() {
    if (optional) return Missing.NOTHING;
    return switch (type) {
      case Text _ -> "";
      case Whole _ -> 0L;
      case Flag _ -> false;
      case Time _ -> throw new IllegalStateException("A row has to say %s.".formatted(lower()));
    };
  }

  /// The value as it can stand there: text without what a database refuses, and no longer than the
  /// column.
  ///
  /// @throws IllegalArgumentException when it is of another type
  Object fit(Object value) {
    if (optional && value == Missing.NOTHING) return value;
    boolean fits =
        switch (type) {
          case Text _ -> value instanceof String;
          case Whole _ -> value instanceof Long;
          case Flag _ -> value instanceof Boolean;
          case Time _ -> value instanceof Instant;
        };
    if (!fits) {
      throw new IllegalArgumentException("%s is no value for %s.".formatted(value, lower()));
    }
    return type instanceof Text(var most) ? PlainText.of((String) value, most) : value;
  }
}
