package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// For eleven seconds.
class KeptPlaceTest {
  private static final long BOOT = 1_800_000_000;
  private final KeptPlace place = new KeptPlace(Duration.ofSeconds(11));

  @Test
  void itIsKeptFromWhenItIsSeenFirst() {
    assertThat(place.isKept("live", BOOT)).isTrue();
    assertThat(place.isKept("live", BOOT + 10)).isTrue();
    assertThat(place.isKept("live", BOOT + 11)).isFalse();
  }

  @Test
  void anothersIsKeptAnew() {
    assertThat(place.isKept("live", BOOT)).isTrue();
    assertThat(place.isKept("pilot", BOOT + 20)).isTrue();
    assertThat(place.isKept("pilot", BOOT + 31)).isFalse();
  }

  /// A machine whose clock was an hour ahead until it had asked the net.
  @Test
  void aClockThatIsSetBackDoesNotKeepItForTheHour() {
    assertThat(place.isKept("live", BOOT + 3_600)).isTrue();
    assertThat(place.isKept("live", BOOT + 1)).isTrue();
    assertThat(place.isKept("live", BOOT + 12)).isFalse();
  }
}
