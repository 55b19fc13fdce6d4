package org.switchroom.acd.staffing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErlangTest {
  @ParameterizedTest
  @CsvSource({
    "1.5, 1, 2, 1, .6428571429, 1.285714286, .610087433",
    "4.2, .5, 12, .3333333333333, .1838886304, .1021603502, .8990797799",
    "100, 1, 110, .05, .2370075003, .02370075003, .8562476845"
  })
  void erlangC(
      double arrivals, double service, int n, double t, double waits, double asa, double level) {
    StaffingFigures figures = Erlang.figures(new Load(arrivals, service, 0), n, t);
    assertThat(figures.waits()).isCloseTo(waits, within(1e-9));
    assertThat(figures.meanWait()).isCloseTo(asa, within(1e-9));
    assertThat(figures.serviceLevel()).isCloseTo(level, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 1, .6321205588, .3678794412, .3678794412, .5789675664, .6321205588",
    "48, 1, 50, .5, .3333333333333, .4677740686, .03091224916, .06182449832, .9430189547,"
        + " .9303242408",
    "8.4, .1, 84, .2, .3333333333333, .4314573837, .05092401088, .2546200544, .702440791,"
        + " .9490759891"
  })
  void erlangA(
      double arrivals,
      double service,
      int n,
      double abandon,
      double t,
      double waits,
      double abandons,
      double asa,
      double level,
      double occupancy) {
    StaffingFigures figures = Erlang.figures(new Load(arrivals, service, abandon), n, t);
    assertThat(figures.waits()).isCloseTo(waits, within(1e-9));
    assertThat(figures.abandons()).isCloseTo(abandons, within(1e-9));
    assertThat(figures.meanWait()).isCloseTo(asa, within(1e-9));
    assertThat(figures.serviceLevel()).isCloseTo(level, within(1e-9));
    assertThat(figures.occupancy()).isCloseTo(occupancy, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"100, 180, 14", "1000, 300, 176"})
  void theLeastNumberOfAgents(double calls, double handle, int expected) {
    var load = new Load(calls / 1_800, 1 / handle, 0);
    assertThat(Erlang.staff(load, .8, 20, 1)).isEqualTo(expected);
  }

  /// Tables of Erlang B: 100 lines at a load of 84.06 erlangs lose one of a hundred.
  @Test
  void erlangB() {
    assertThat(Erlang.b(84.06, 100)).isCloseTo(.01, within(1e-5));
    assertThat(Erlang.b(1, 0)).isEqualTo(1);
  }

  @Test
  void thousandsOfAgentsAndExtremeLoadsStayNumbers() {
    for (int n : new int[] {1, 100, 10_000, 100_000}) {
      for (double load : new double[] {.001, .5, .99, 1, 1.5, 50}) {
        for (double abandon : new double[] {1e-6, .01, 1, 1_000}) {
          StaffingFigures figures = Erlang.figures(new Load(n * load, 1, abandon), n, .1);
          assertThat(figures.serviceLevel())
              .as("%d %s %s", n, load, abandon)
              .isBetween(-1e-9, 1 + 1e-9);
          assertThat(figures.abandons()).isBetween(0.0, 1.0);
          assertThat(figures.waits()).isBetween(0.0, 1.0);
          assertThat(figures.occupancy()).isBetween(0.0, 1 + 1e-9);
        }
      }
    }
  }

  /// With endless patience Erlang A is Erlang C.
  @Test
  void veryPatientCallersAreAsPatientOnes() {
    StaffingFigures c = Erlang.figures(new Load(90, 1, 0), 100, .2);
    StaffingFigures a = Erlang.figures(new Load(90, 1, 1e-10), 100, .2);
    assertThat(a.serviceLevel()).isCloseTo(c.serviceLevel(), within(1e-6));
    assertThat(a.meanWait()).isCloseTo(c.meanWait(), within(1e-6));
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new Load(0, 1, 0)).hasMessageContaining("arrival rate");
    assertThatThrownBy(() -> Erlang.staff(new Load(1, 1, 0), 1, 20, 1))
        .hasMessageContaining("service level");
  }
}
