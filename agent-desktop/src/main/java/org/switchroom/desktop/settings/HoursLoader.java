package org.switchroom.desktop.settings;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.switchroom.acd.plan.Hours;
import org.switchroom.ivr.yaml.Yaml;

/// Reads opening hours: `{mon-fri: "09:00-18:00", wed: "13:00-18:00", 12-25: closed}`. Whatever the
/// order, what names fewer days goes before what names more, and a date before a day of each year
/// before a day of the week.
final class HoursLoader {
  private static final Pattern SPAN = Pattern.compile("(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)");

  /// Of a year with four digits: others can be read too, and have no day after them.
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

  private static final String ZONE = "zone";
  private static final String END_OF_DAY = "24:00";

  /// More are a mistake in the year.
  private static final int LONGEST_RANGE = 366;

  /// 29 February is one of its days.
  private static final int LEAP_YEAR = 2_000;

  private final Yaml fields;

  /// What one line says.
  ///
  /// @param days that it names
  private record Entry<D>(String name, List<D> days, List<Hours.Span> spans) {}

  private final List<Entry<DayOfWeek>> week = new ArrayList<>();
  private final List<Entry<MonthDay>> yearly = new ArrayList<>();
  private final List<Entry<LocalDate>> dates = new ArrayList<>();

  private HoursLoader(Yaml fields) {
    this.fields = fields;
  }

  /// @param zone of hours that name none
  static Hours read(Yaml fields, ZoneId zone) {
    return new HoursLoader(fields).read(zone);
  }

  private Hours read(ZoneId zone) {
    for (String name : fields.names()) {
      if (!name.equals(ZONE)) take(name, spans(name));
    }
    return new Hours(zone(zone), byDay(week), byDay(yearly), byDay(dates));
  }

  private ZoneId zone(ZoneId otherwise) {
    String name = fields.text(ZONE, "");
    if (name.isEmpty()) return otherwise;
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      fields.fault(ZONE, "%s is no time zone; write one such as Asia/Taipei.".formatted(name));
      return otherwise;
    }
  }

  private void take(String name, List<Hours.Span> spans) {
    Optional<List<DayOfWeek>> days = range(name, "-", HoursLoader::day, day -> day.plus(1), 7);
    Optional<List<LocalDate>> each =
        range(name, "/", HoursLoader::date, date -> date.plusDays(1), LONGEST_RANGE);
    Optional<List<LocalDate>> ofYear =
        range(name, "/", HoursLoader::dayOfYear, HoursLoader::nextOfYear, LONGEST_RANGE);
    if (days.isPresent()) {
      week.add(new Entry<>(name, days.get(), spans));
    } else if (each.isPresent()) {
      dates.add(new Entry<>(name, each.get(), spans));
    } else if (ofYear.isPresent()) {
      var all = ofYear.get().stream().map(MonthDay::from).toList();
      yearly.add(new Entry<>(name, all, spans));
    } else {
      fields.fault(
          name,
          "%s is no day; write mon, mon-fri, a date such as 2026-12-25, a day of each year such as 12-25, or several: 2026-02-14/2026-02-20, 12-24/12-26."
              .formatted(name));
    }
  }

  /// One, or from one to another.
  ///
  /// @return empty: it is none
  private static <D> Optional<List<D>> range(
      String name,
      String between,
      Function<String, Optional<D>> one,
      UnaryOperator<D> next,
      int most) {
    Optional<D> single = one.apply(name);
    if (single.isPresent()) return single.map(List::of);
    String[] ends = name.split(between, 2);
    if (ends.length < 2) return Optional.empty();
    Optional<D> last = one.apply(ends[1]);
    if (last.isEmpty()) return Optional.empty();
    return one.apply(ends[0])
        .map(first -> Stream.iterate(first, next).limit(most).toList())
        .filter(all -> all.contains(last.get()))
        .map(all -> all.subList(0, all.indexOf(last.get()) + 1));
  }

  private static Optional<DayOfWeek> day(String name) {
    return Stream.of(DayOfWeek.values())
        .filter(day -> day.name().toLowerCase(Locale.ROOT).substring(0, 3).equals(name))
        .findAny();
  }

  private static Optional<LocalDate> date(String name) {
    if (!DATE.matcher(name).matches()) return Optional.empty();
    try {
      return Optional.of(LocalDate.parse(name));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDate> dayOfYear(String name) {
    try {
      return Optional.of(MonthDay.parse("--" + name).atYear(LEAP_YEAR));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// After 31 December comes 1 January.
  private static LocalDate nextOfYear(LocalDate day) {
    return day.plus(1, ChronoUnit.DAYS).withYear(LEAP_YEAR);
  }

  /// Of those that name a day, the one that names the fewest.
  private <D> Map<D, List<Hours.Span>> byDay(List<Entry<D>> entries) {
    var narrowest = new HashMap<D, Entry<D>>();
    entries.sort(Comparator.comparingInt(entry -> -entry.days().size()));
    for (Entry<D> entry : entries) {
      for (D day : entry.days()) {
        Entry<D> before = narrowest.put(day, entry);
        boolean unclear =
            before != null
                && before.days().size() == entry.days().size()
                && !before.spans().equals(entry.spans());
        if (!unclear) continue;
        fields.fault(
            entry.name(),
            "%s and %s say different things of the same day. Write that day by itself, or fewer days in one of them."
                .formatted(before.name(), entry.name()));
        break;
      }
    }
    var spans = new HashMap<D, List<Hours.Span>>();
    narrowest.forEach((day, entry) -> spans.put(day, entry.spans()));
    return spans;
  }

  /// `09:00-12:00 13:00-18:00`, `22:00-06:00` until the next day, or `closed`.
  private List<Hours.Span> spans(String name) {
    String text = fields.text(name, "").strip();
    var spans = new ArrayList<Hours.Span>();
    if (text.equals("closed")) return spans;
    for (String part : text.split("\\s+")) {
      span(part)
          .ifPresentOrElse(
              spans::add,
              () ->
                  fields.fault(
                      name,
                      "%s is no time of opening; write 09:00-18:00, 22:00-06:00 until the next day, 00:00-24:00, or closed."
                          .formatted(part)));
    }
    return spans;
  }

  private static Optional<Hours.Span> span(String text) {
    var match = SPAN.matcher(text);
    if (!match.matches()) return Optional.empty();
    boolean all = match.group(2).equals(END_OF_DAY);
    try {
      LocalTime from = LocalTime.parse(match.group(1));
      LocalTime to = all ? LocalTime.MIDNIGHT : LocalTime.parse(match.group(2));
      return from.equals(to) && !all ? Optional.empty() : Optional.of(new Hours.Span(from, to));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
