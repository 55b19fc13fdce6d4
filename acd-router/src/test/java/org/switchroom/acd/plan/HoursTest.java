package org.switchroom.acd.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// When a queue is open, and when it closes: summer time, nights, and what is years ahead.
class HoursTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final ZoneId TAIPEI = ZoneId.of("Asia/Taipei");

  private static Hours.Span span(String from, String to) {
    return new Hours.Span(LocalTime.parse(from), LocalTime.parse(to));
  }

  private static Map<DayOfWeek, List<Hours.Span>> daily(Hours.Span... spans) {
    var week = new EnumMap<DayOfWeek, List<Hours.Span>>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) week.put(day, List.of(spans));
    return week;
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  /// At 2:00 it is 3:00.
  @Test
  void aSpanThatEndsInTheHourThatIsLeftOutEndsWithIt() {
    var hours = Hours.weekly(NEW_YORK, daily(span("00:00", "02:30")));
    assertThat(hours.openAt(at("2026-03-08T06:59:59Z"))).isTrue();
    assertThat(hours.openAt(at("2026-03-08T07:00:00Z"))).isFalse();
    assertThat(hours.nextClosing(at("2026-03-08T05:30:00Z"))).contains(at("2026-03-08T07:00:00Z"));
  }

  /// At 2:00 it is 1:00 again.
  @Test
  void ofTheHourThatComesTwiceBothEnd() {
    var hours = Hours.weekly(NEW_YORK, daily(span("00:00", "01:30")));
    assertThat(hours.nextClosing(at("2026-11-01T04:30:00Z"))).contains(at("2026-11-01T05:30:00Z"));
    assertThat(hours.openAt(at("2026-11-01T06:10:00Z"))).as("1:10, for the second time").isTrue();
    assertThat(hours.nextClosing(at("2026-11-01T06:10:00Z"))).contains(at("2026-11-01T06:30:00Z"));
  }

  @Test
  void aNightIsOfTheDayOnWhichItBegins() {
    var week = new EnumMap<DayOfWeek, List<Hours.Span>>(DayOfWeek.class);
    week.put(DayOfWeek.FRIDAY, List.of(span("22:00", "06:00")));
    var hours = Hours.weekly(ZoneOffset.UTC, week);
    assertThat(hours.openAt(at("2026-01-02T22:00:00Z"))).isTrue();
    assertThat(hours.openAt(at("2026-01-03T05:59:59Z"))).isTrue();
    assertThat(hours.openAt(at("2026-01-03T06:00:00Z"))).isFalse();
    assertThat(hours.openAt(at("2026-01-03T23:00:00Z"))).as("no night begins").isFalse();
    assertThat(hours.nextClosing(at("2026-01-01T00:00:00Z"))).contains(at("2026-01-03T06:00:00Z"));
    assertThat(hours.nextClosing(at("2026-01-03T01:00:00Z"))).contains(at("2026-01-03T06:00:00Z"));
  }

  @Test
  void whatNeverClosesDoesSoOnADateHoweverFarAhead() {
    var closed = new TreeMap<LocalDate, List<Hours.Span>>();
    closed.put(LocalDate.of(2031, 5, 1), List.of());
    var always = daily(span("00:00", "00:00"));
    var hours = new Hours(TAIPEI, always, Map.of(), closed);
    assertThat(hours.nextClosing(at("2026-01-01T00:00:00Z"))).contains(at("2031-04-30T16:00:00Z"));
    assertThat(hours.nextClosing(at("2031-05-01T00:00:00Z"))).isEmpty();
    assertThat(Hours.weekly(TAIPEI, always).nextClosing(at("2026-01-01T00:00:00Z"))).isEmpty();
  }

  @Test
  void aDateGoesBeforeADayOfEachYearBeforeTheWeek() {
    var nine = span("09:00", "18:00");
    var except = new TreeMap<LocalDate, List<Hours.Span>>();
    except.put(LocalDate.of(2027, 12, 25), List.of(nine));
    var hours =
        new Hours(
            ZoneOffset.UTC,
            daily(nine),
            Map.of(MonthDay.of(12, 25), List.of(), MonthDay.of(2, 29), List.of()),
            except);
    assertThat(hours.openAt(at("2026-12-24T10:00:00Z"))).isTrue();
    assertThat(hours.openAt(at("2026-12-25T10:00:00Z"))).isFalse();
    assertThat(hours.openAt(at("2027-12-25T10:00:00Z"))).isTrue();
    assertThat(hours.openAt(at("2028-02-29T10:00:00Z"))).isFalse();
  }

  /// Whatever the hours: each minute that is open and whose next is not is a closing, and nothing
  /// else is.
  @Test
  void theNextClosingIsTheFirstMinuteThatIsClosed() {
    var random = new SplittableRandom(29);
    for (int day = 0; day < 400; day++) {
      ZoneId zone =
          List.of(NEW_YORK, TAIPEI, ZoneId.of("Australia/Lord_Howe")).get(random.nextInt(3));
      var hours = randomHours(random, zone);
      Instant from =
          LocalDate.of(2026, random.nextBoolean() ? 3 : 10, 25)
              .plusDays(random.nextInt(12))
              .atTime(random.nextInt(24), 0)
              .atZone(zone)
              .toInstant();
      assertThat(hours.nextClosing(from))
          .as("%s from %s", hours, from)
          .isEqualTo(plainly(hours, from));
    }
  }

  private static Optional<Instant> plainly(Hours hours, Instant from) {
    Instant end = from.plusSeconds(20L * 86_400);
    for (Instant at = from; at.isBefore(end); at = at.plusSeconds(60)) {
      if (hours.openAt(at) && !hours.openAt(at.plusSeconds(60))) {
        return Optional.of(at.plusSeconds(60));
      }
    }
    return Optional.empty();
  }

  private static Hours randomHours(SplittableRandom random, ZoneId zone) {
    var week = new EnumMap<DayOfWeek, List<Hours.Span>>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (random.nextInt(4) > 0) week.put(day, spans(random));
    }
    var except = new TreeMap<LocalDate, List<Hours.Span>>();
    var yearly = new HashMap<MonthDay, List<Hours.Span>>();
    for (int i = random.nextInt(3); i > 0; i--) {
      except.put(LocalDate.of(2026, 4, 1).plusDays(random.nextInt(10)), spans(random));
      yearly.put(MonthDay.of(11, 1 + random.nextInt(9)), spans(random));
    }
    return new Hours(zone, week, yearly, except);
  }

  private static List<Hours.Span> spans(SplittableRandom random) {
    var spans = new ArrayList<Hours.Span>();
    for (int i = random.nextInt(3); i > 0; i--) {
      LocalTime from = LocalTime.of(random.nextInt(24), 30 * random.nextInt(2));
      spans.add(new Hours.Span(from, from.plusMinutes(30L * random.nextInt(1, 40))));
    }
    return spans;
  }
}
