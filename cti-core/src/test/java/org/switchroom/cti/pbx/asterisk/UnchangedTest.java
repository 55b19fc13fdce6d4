package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnchangedTest {
  private static final long BOOT = 1_800_000_000;
  private final Unchanged unchanged = new Unchanged();

  @Test
  void itIsFromWhenItIsSeenFirst() {
    assertThat(unchanged.seconds("live", BOOT)).isZero();
    assertThat(unchanged.seconds("live", BOOT + 10)).isEqualTo(10);
    assertThat(unchanged.seconds("live", BOOT + 11)).isEqualTo(11);
  }

  @Test
  void anotherIsSeenAnew() {
    assertThat(unchanged.seconds("live", BOOT)).isZero();
    assertThat(unchanged.seconds("pilot", BOOT + 20)).isZero();
    assertThat(unchanged.seconds("pilot", BOOT + 31)).isEqualTo(11);
  }

  /// A machine whose clock was an hour ahead until it had asked the net.
  @Test
  void aClockThatIsSetBackBeginsAnew() {
    assertThat(unchanged.seconds("live", BOOT + 3_600)).isZero();
    assertThat(unchanged.seconds("live", BOOT + 1)).isZero();
    assertThat(unchanged.seconds("live", BOOT + 12)).isEqualTo(11);
  }
}
