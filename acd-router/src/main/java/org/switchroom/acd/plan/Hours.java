package org.switchroom.acd.plan;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// When a queue is open, by the clock on the wall. Of the hour that comes twice when clocks are set
/// back both are what the spans say; one that is left out when they are set forward is no time.
///
/// @param week by day; a day that is not named is closed
/// @param yearly days with other hours each year
/// @param except dates with other hours, also than that day's each year; an empty list: closed all
///   day
public record Hours(
    ZoneId zone,
    Map<DayOfWeek, List<Span>> week,
    Map<MonthDay, List<Span>> yearly,
    Map<LocalDate, List<Span>> except) {
  /// After so many days everything has come that comes each week.
  private static final int DAYS_AHEAD = 8;

  /// Within so many years comes every day of a year, 29 February too.
  private static final int YEARS_AHEAD = 8;

  /// What closes then or later never does: the router's time ends in 2262.
  private static final LocalDate NEVER = LocalDate.of(2262, 1, 1);

  /// A time of a day, the day on which it begins.
  ///
  /// @param to not included. Midnight means the end of the day; where it is not after `from`, it is
  ///   on the next
  public record Span(LocalTime from, LocalTime to) {
    private boolean endsNextDay() {
      return !to.isAfter(from);
    }

    private boolean holds(LocalTime time) {
      return !time.isBefore(from) && (endsNextDay() || time.isBefore(to));
    }

    private boolean holdsNextDay(LocalTime time) {
      return endsNextDay() && time.isBefore(to);
    }

    private LocalDateTime end(LocalDate date) {
      return (endsNextDay() ? date.plusDays(1) : date).atTime(to);
    }
  }

  public Hours {
    var days = new EnumMap<DayOfWeek, List<Span>>(DayOfWeek.class);
    week.forEach((day, spans) -> days.put(day, List.copyOf(spans)));
    week = Collections.unmodifiableMap(days);
    var years = new TreeMap<MonthDay, List<Span>>();
    yearly.forEach((day, spans) -> years.put(day, List.copyOf(spans)));
    yearly = Collections.unmodifiableMap(years);
    var dates = new TreeMap<LocalDate, List<Span>>();
    except.forEach((date, spans) -> dates.put(date, List.copyOf(spans)));
    except = Collections.unmodifiableMap(dates);
  }

  /// Each week the same.
  public static Hours weekly(ZoneId zone, Map<DayOfWeek, List<Span>> week) {
    return new Hours(zone, week, Map.of(), Map.of());
  }

  public boolean openAt(Instant at) {
    ZonedDateTime local = at.atZone(zone);
    LocalDate date = local.toLocalDate();
    LocalTime time = local.toLocalTime();
    return spans(date).stream().anyMatch(span -> span.holds(time))
        || spans(date.minusDays(1)).stream().anyMatch(span -> span.holdsNextDay(time));
  }

  /// The first time after `from` at which an open queue is closed; empty: it never closes any more,
  /// or not before 2262.
  public Optional<Instant> nextClosing(Instant from) {
    for (LocalDate date : datesFrom(from.atZone(zone).toLocalDate())) {
      Instant found = null;
      for (Instant at : changes(date)) {
        boolean first = found == null || at.isBefore(found);
        if (first && at.isAfter(from) && closesAt(at)) found = at;
      }
      if (found != null) return Optional.of(found);
    }
    return Optional.empty();
  }

  private boolean closesAt(Instant at) {
    return openAt(at.minusNanos(1)) && !openAt(at);
  }

  /// The dates on which it may close for the first time: what comes each week, and around each day
  /// that is another, what is otherwise there.
  private NavigableSet<LocalDate> datesFrom(LocalDate first) {
    var dates = new TreeSet<LocalDate>();
    around(first, dates);
    for (LocalDate date : except.keySet()) {
      if (!date.isBefore(first) && date.isBefore(NEVER)) around(date, dates);
    }
    for (MonthDay day : yearly.keySet()) {
      for (int year = 0; year <= YEARS_AHEAD; year++) {
        int then = first.getYear() + year;
        if (day.isValidYear(then)) around(day.atYear(then), dates);
      }
    }
    return dates.tailSet(first.minusDays(1), true);
  }

  private static void around(LocalDate date, NavigableSet<LocalDate> dates) {
    for (int day = -1; day <= DAYS_AHEAD; day++) dates.add(date.plusDays(day));
  }

  /// When what begins on a date may end: at the end of a span, or when the clocks are set.
  private List<Instant> changes(LocalDate date) {
    var changes = new ArrayList<Instant>();
    ZoneRules rules = zone.getRules();
    for (Span span : spans(date)) {
      LocalDateTime end = span.end(date);
      for (ZoneOffset offset : rules.getValidOffsets(end)) changes.add(end.toInstant(offset));
    }
    Instant begins = date.atStartOfDay(zone).toInstant();
    ZoneOffsetTransition set = rules.nextTransition(begins.minusNanos(1));
    Instant ends = date.plusDays(1).atStartOfDay(zone).toInstant();
    if (set != null && set.getInstant().isBefore(ends)) changes.add(set.getInstant());
    return changes;
  }

  private List<Span> spans(LocalDate date) {
    List<Span> other = except.get(date);
    if (other == null) other = yearly.get(MonthDay.from(date));
    return other != null ? other : week.getOrDefault(date.getDayOfWeek(), List.of());
  }
}
