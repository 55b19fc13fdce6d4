package org.switchroom.acd.plan;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// When a queue is open.
///
/// @param week by day; a day that is not named is closed
/// @param except dates with other hours; an empty list: closed all day
public record Hours(
    ZoneId zone, Map<DayOfWeek, List<Span>> week, Map<LocalDate, List<Span>> except) {
  /// How far ahead a change is looked for.
  private static final int DAYS_AHEAD = 400;

  /// @param to not included; midnight means the end of the day
  public record Span(LocalTime from, LocalTime to) {
    public Span {
      if (!to.equals(LocalTime.MIDNIGHT) && !to.isAfter(from)) {
        throw new IllegalArgumentException(
            "Opening hours from %s to %s end before they begin. Maybe they need two spans."
                .formatted(from, to));
      }
    }

    private boolean holds(LocalTime time) {
      return !time.isBefore(from) && (to.equals(LocalTime.MIDNIGHT) || time.isBefore(to));
    }
  }

  public Hours {
    var sorted = new EnumMap<DayOfWeek, List<Span>>(DayOfWeek.class);
    week.forEach((day, spans) -> sorted.put(day, List.copyOf(spans)));
    week = Collections.unmodifiableMap(sorted);
    var dates = new TreeMap<LocalDate, List<Span>>();
    except.forEach((date, spans) -> dates.put(date, List.copyOf(spans)));
    except = Collections.unmodifiableMap(dates);
  }

  public boolean openAt(Instant at) {
    ZonedDateTime local = at.atZone(zone);
    return spans(local.toLocalDate()).stream().anyMatch(span -> span.holds(local.toLocalTime()));
  }

  /// The first time after `from` at which an open queue is closed; null: it does not close within
  /// 400 days.
  public Instant nextClosing(Instant from) {
    LocalDate first = from.atZone(zone).toLocalDate();
    for (int day = 0; day <= DAYS_AHEAD; day++) {
      LocalDate date = first.plusDays(day);
      Instant found = null;
      for (Span span : spans(date)) {
        LocalDate end = span.to().equals(LocalTime.MIDNIGHT) ? date.plusDays(1) : date;
        Instant closing = end.atTime(span.to()).atZone(zone).toInstant();
        boolean closes = closing.isAfter(from) && !openAt(closing);
        if (closes && (found == null || closing.isBefore(found))) found = closing;
      }
      if (found != null) return found;
    }
    return null;
  }

  private List<Span> spans(LocalDate date) {
    List<Span> other = except.get(date);
    return other != null ? other : week.getOrDefault(date.getDayOfWeek(), List.of());
  }
}
