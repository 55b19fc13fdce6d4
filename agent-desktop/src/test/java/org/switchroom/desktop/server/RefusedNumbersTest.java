package org.switchroom.desktop.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.Deed;

class RefusedNumbersTest {
  private static final long MINUTE = RefusedNumbers.TOLD_EVERY.toNanos();

  @Test
  void whoTriesAllNightFillsNoLog() {
    var refused = new RefusedNumbers();
    assertThat(refused.tells(0)).isEmpty();
    refused.hears(new Noted("sue", Deed.SHOWN_CUSTOMER, "customer 7"));
    assertThat(refused.tells(0)).isEmpty();
    refused.hears(new Noted("server", Deed.NOT_DIALED, "call-1 costly"));
    assertThat(refused.tells(0)).get().asString().startsWith("call-1 is not").contains("satellite");
    for (int i = 0; i < 500; i++) {
      refused.hears(new Noted("server", Deed.NOT_DIALED, "call-" + i + " too-many-today"));
    }
    assertThat(refused.tells(MINUTE - 1)).isEmpty();
    assertThat(refused.tells(MINUTE))
        .get()
        .asString()
        .startsWith(
            "call-499 is not given a number that it wanted dialed, the last of 500: As many");
    assertThat(refused.tells(9 * MINUTE)).isEmpty();
  }
}
