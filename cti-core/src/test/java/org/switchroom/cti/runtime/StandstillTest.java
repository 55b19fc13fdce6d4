package org.switchroom.cti.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StandstillTest {
  private long now = 5;
  private final Standstill standstill = new Standstill(now);

  private Duration goesRoundAfter(long millis) {
    now += Duration.ofMillis(millis).toNanos();
    return standstill.goesRound(now);
  }

  private boolean quiet() {
    return standstill.left(now).isPositive();
  }

  @Test
  void whoGoesRoundEachSecondHasNotStoodStill() {
    assertThat(quiet()).isFalse();
    for (int i = 0; i < 5; i++) assertThat(goesRoundAfter(1_200)).isZero();
    assertThat(quiet()).isFalse();
  }

  @Test
  void afterAPauseNothingIsDueBeforeThePbxWasHeard() {
    assertThat(goesRoundAfter(7_000)).isEqualTo(Duration.ofSeconds(7));
    assertThat(standstill.left(now)).isEqualTo(Duration.ofSeconds(1));
    assertThat(goesRoundAfter(900)).isZero();
    assertThat(quiet()).isTrue();
    assertThat(goesRoundAfter(100)).isZero();
    assertThat(quiet()).isFalse();
  }
}
