package org.switchroom.desktop.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who is shown as somebody to whom a caller can be given.
class DirectoryRoutesTest {
  private static boolean takesCalls(String state, String pending) {
    return DirectoryRoutes.colleague(Json.object().put("state", state).put("pending", pending))
        .takesCalls();
  }

  @ParameterizedTest
  @CsvSource({"ready,true", "talking,true", "wrap-up,true", "not-ready,false", "logged-out,false"})
  void whoIsReadyOrBusyTakesCalls(String state, boolean takes) {
    assertThat(takesCalls(state, "")).isEqualTo(takes);
  }

  @Test
  void whoGoesAfterTheirTalkTakesNone() {
    assertThat(takesCalls("talking", "not-ready:lunch")).isFalse();
    assertThat(takesCalls("talking", "log-out")).isFalse();
  }
}
