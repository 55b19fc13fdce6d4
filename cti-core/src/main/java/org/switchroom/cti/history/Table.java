package org.switchroom.cti.history;

import static org.switchroom.cti.history.Column.*;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.switchroom.cti.figures.QueueFigure;

/// The history's tables.
public enum Table {
  /// One row for each contact: how it came, who had it last, and how it ended.
  CONTACT(
      List.of(ID),
      OPENED,
      KIND,
      CALL,
      CUSTOMER,
      FROM_NUMBER,
      DIALED,
      FIRST_QUEUED,
      FIRST_ANSWERED,
      QUEUE,
      AGENT,
      ENDED,
      OUTCOME,
      PATH,
      STAYS,
      TALKS,
      WAITED,
      TALKED),

  /// One row for each call of a contact: whom the PBX has lost may call again.
  CONTACT_CALL(List.of(CALL), OPENED, Column.CONTACT, FROM_NUMBER, DIALED, ENDED, OUTCOME),

  /// What a contact is made of: see [Segment].
  SEGMENT(
      List.of(Column.CONTACT, KIND, NUMBER),
      BEGAN,
      STAY,
      QUEUE,
      AGENT,
      ENDED,
      OUTCOME,
      WAITED,
      IN_TIME,
      DETAIL,
      DISPOSITION,
      NOTE),

  /// One row for each way through a script.
  SCRIPT_RUN(List.of(Column.CONTACT, NUMBER), AT, SCRIPT, VERSION, ENDING, LAST, EDGES),

  SURVEY_ANSWER(List.of(Column.CONTACT, NUMBER), AT, QUEUE, AGENT, QUESTION, SCORE, MOST),

  /// An agent has said who a caller is.
  CUSTOMER_CHOICE(List.of(Column.CONTACT, NUMBER), AT, AGENT, CUSTOMER),

  TASK(
      List.of(Column.CONTACT),
      CREATED,
      ID,
      KIND,
      QUEUE,
      CUSTOMER,
      NAME,
      FROM_NUMBER,
      RECORDING,
      SECONDS,
      CALL,
      CLOSED,
      AGENT,
      NOTE),

  TICKET(List.of(NUMBER), CREATED, CUSTOMER, SUBJECT, PRIORITY, STATUS, RECORDING, CALL),

  /// Who did or saw what; rows are only added.
  AUDIT(List.of(AT, NUMBER), AT, WHO, WHAT, ABOUT),

  /// A queue's figures, a row for each quarter of an hour in which there was something to count.
  QUEUE_INTERVAL(
      List.of(QUEUE, BEGAN),
      BEGAN,
      Stream.of(QueueFigure.values()).map(Column::of).toArray(Column[]::new));

  private final List<Column> key;
  private final Column age;
  private final Set<Column> columns;

  /// @param age tells when a row came to be
  Table(List<Column> key, Column age, Column... others) {
    this.key = key;
    this.age = age;
    columns = EnumSet.copyOf(Stream.concat(key.stream(), Stream.of(others)).toList());
    columns.add(age);
  }

  /// By which a row is found; no two rows have the same.
  public List<Column> key() {
    return key;
  }

  /// The column that tells when a row came to be.
  public Column age() {
    return age;
  }

  /// All of them.
  public Set<Column> columns() {
    return columns;
  }

  /// Which contact a row belongs to; empty where it belongs to none.
  public Optional<Column> ofContact() {
    if (this == CONTACT) return Optional.of(ID);
    return columns.contains(Column.CONTACT) ? Optional.of(Column.CONTACT) : Optional.empty();
  }

  /// Its name in the database.
  public String lower() {
    return name().toLowerCase(Locale.ROOT);
  }
}
