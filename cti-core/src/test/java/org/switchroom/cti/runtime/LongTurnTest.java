package org.switchroom.cti.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LongTurnTest {
  private final LongTurn watch = new LongTurn();

  private boolean looks(int times, long turn) {
    boolean tooLong = false;
    for (int i = 0; i < times; i++) tooLong = watch.isIn(turn, 1);
    return tooLong;
  }

  @Test
  void aTurnMayTakeThreeSeconds() {
    assertThat(looks(10, 7)).isFalse();
    assertThat(looks(1, 7)).isTrue();
  }

  @Test
  void theStartMayTakeAMinute() {
    for (int i = 0; i < 200; i++) assertThat(watch.isIn(1, 20)).isFalse();
    assertThat(watch.isIn(1, 20)).isTrue();
  }

  /// A PBX's list of ten thousand calls is many turns.
  @Test
  void manyTurnsMayTakeLonger() {
    for (long turn = 1; turn <= 100; turn++) assertThat(looks(5, turn)).isFalse();
  }

  @Test
  void betweenTurnsNothingIsTooLong() {
    assertThat(looks(10, 7)).isFalse();
    assertThat(looks(100, LongTurn.NONE)).isFalse();
    assertThat(looks(10, 7)).as("it is another one").isFalse();
  }
}
