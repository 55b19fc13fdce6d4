package org.switchroom.cti.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallerNameTest {
  private static String of(String raw) {
    return CallerName.of(raw).value();
  }

  @Test
  void aNameIsKeptInWhateverScript() {
    assertThat(of("林 雅婷")).isEqualTo("林 雅婷");
    assertThat(of("  Ann \t O'Hara-Ünsal, MD ")).isEqualTo("Ann O'Hara-Ünsal, MD");
    assertThat(of("أمينة")).isEqualTo("أمينة");
  }

  @Test
  void whatIsNotSeenIsTakenOut() {
    assertThat(of("An\u202en\u200b\r\nEvent: Hangup\u0000\ue000\ud800"))
        .isEqualTo("Ann Event: Hangup");
    assertThat(of("\u2066\u200f")).isEmpty();
  }

  @Test
  void itIsShort() {
    assertThat(of("好".repeat(5_000))).hasSize(60);
    assertThat(of("a" + " ".repeat(5_000) + "b")).isEqualTo("a");
    assertThat(
            of("\ud83d\ude00a".repeat(40))
                .codePointCount(0, of("\ud83d\ude00a".repeat(40)).length()))
        .isEqualTo(60);
  }

  @Test
  void aNumberIsNoName() {
    assertThat(of("+886 2 2300-0001")).isEmpty();
    assertThat(of("unknown")).isEmpty();
    assertThat(of(null)).isEmpty();
  }
}
