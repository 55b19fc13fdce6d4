package org.switchroom.desktop.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.nodes.Node;
import org.switchroom.acd.plan.Hours;
import org.switchroom.ivr.yaml.Fault;
import org.switchroom.ivr.yaml.FaultsException;
import org.switchroom.ivr.yaml.Yaml;

/// Opening hours as they are written.
class HoursLoaderTest {
  private static final ZoneId TAIPEI = ZoneId.of("Asia/Taipei");

  private final List<Fault> faults = new ArrayList<>();

  private Hours read(String text) throws FaultsException {
    Node node = Yaml.compose("hours.yaml", text);
    return Yaml.read(
        "hours.yaml", node, "hours", faults, fields -> HoursLoader.read(fields, TAIPEI));
  }

  private static boolean open(Hours hours, String at) {
    return hours.openAt(LocalDateTime.parse(at).atZone(hours.zone()).toInstant());
  }

  /// 7 January 2026 is a Wednesday.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{wed: '13:00-18:00', mon-fri: '09:00-18:00'}",
        "{mon-fri: '09:00-18:00', wed: '13:00-18:00'}",
        "{mon-sun: closed, wed: '13:00-18:00', mon-fri: '09:00-18:00'}"
      })
  void whatNamesFewerDaysGoesFirst(String text) throws Exception {
    Hours hours = read(text);
    assertThat(open(hours, "2026-01-07T10:00")).isFalse();
    assertThat(open(hours, "2026-01-07T14:00")).isTrue();
    assertThat(open(hours, "2026-01-08T10:00")).isTrue();
    assertThat(faults).isEmpty();
  }

  @Test
  void daysOfEachYearRangesAndAZone() throws Exception {
    Hours hours =
        read(
            """
            {zone: America/New_York, fri-mon: '09:00-18:00', 12-24/01-02: closed, 12-31: '09:00-12:00',
             2026-02-14/2026-02-20: closed, 2026-02-16: '10:00-11:00', 2027-01-01: '00:00-24:00'}
            """);
    assertThat(faults).isEmpty();
    assertThat(hours.zone()).isEqualTo(ZoneId.of("America/New_York"));
    assertThat(open(hours, "2026-01-09T10:00")).as("a Friday").isTrue();
    assertThat(open(hours, "2026-01-08T10:00")).as("a Thursday").isFalse();
    assertThat(open(hours, "2027-12-26T10:00")).isFalse();
    assertThat(open(hours, "2027-12-31T10:00")).isTrue();
    assertThat(open(hours, "2028-01-02T10:00")).isFalse();
    assertThat(open(hours, "2027-01-01T23:59")).isTrue();
    assertThat(open(hours, "2026-02-15T10:30")).isFalse();
    assertThat(open(hours, "2026-02-16T10:30")).isTrue();
  }

  @Test
  void aNight() throws Exception {
    Hours hours = read("{sat: '22:00-06:00'}");
    assertThat(open(hours, "2026-01-11T05:59")).isTrue();
    assertThat(open(hours, "2026-01-11T06:00")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {someday: closed}                                  | someday is no day; write mon, mon-fri, a date
          {2026-02-20/2026-02-14: closed}                    | is no day
          {02-30: closed}                                    | 02-30 is no day
          {+999999999-12-30/+999999999-12-31: closed}        | is no day
          {mon: '9-18'}                                      | 9-18 is no time of opening; write 09:00-18:00, 22:00-06:00
          {mon: '09:00-09:00'}                               | 09:00-09:00 is no time of opening
          {mon: ''}                                          | is no time of opening
          {zone: Taipei, mon: closed}                        | Taipei is no time zone
          {mon-wed: '09:00-18:00', tue-thu: '09:00-12:00'}   | mon-wed and tue-thu say different things of the same day
          """)
  void mistakesAreNamed(String text, String message) throws Exception {
    read(text);
    assertThat(faults).singleElement().asString().contains(message);
  }

  @Test
  void whatSaysTheSameOfADayIsNoMistake() throws Exception {
    read("{mon-wed: '09:00-18:00', tue-thu: '09:00-18:00'}");
    assertThat(faults).isEmpty();
  }
}
