package org.switchroom.desktop.web;

import java.time.DateTimeException;
import java.time.Instant;

/// Times as browsers write them.
final class Moments {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private Moments() {}

  /// Of years with four digits: no database keeps all others that Java knows.
  ///
  /// @throws DateTimeException when it is none
  static Instant parse(String text) {
    Instant moment = Instant.parse(text);
    if (moment.isBefore(FIRST) || moment.isAfter(LAST)) {
      throw new DateTimeException("%s is of no year with four digits.".formatted(text));
    }
    return moment;
  }
}
