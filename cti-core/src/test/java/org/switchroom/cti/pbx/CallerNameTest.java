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

  /// A tower of marks would stand in the lines above and below it.
  @Test
  void marksStayOnTheirLetter() {
    assertThat(of("A" + "\u0301".repeat(900) + "nn")).isEqualTo("A\u0301\u0301\u0301\u0301nn");
    assertThat(of("\u0301\u20ddAnn \u0301\u20ddB")).isEqualTo("Ann B");
    assertThat(of("Nguy\u1ec5\u0303n बृजेश ที่รัก")).isEqualTo("Nguy\u1ec5\u0303n बृजेश ที่รัก");
  }

  /// Letters that have no shape.
  @Test
  void whatHasNoShapeIsNoName() {
    assertThat(of("\u3164\u115f\uffa0")).isEmpty();
    assertThat(of("A\ufe0fn\u034fn\u2800")).isEqualTo("Ann");
  }

  @Test
  void aTerminalIsNotSteered() {
    assertThat(of("\u001b[31mAnn\u009b2J\u001b]0;x\u0007")).isEqualTo("[31mAnn2J]0;x");
  }

  @Test
  void noLetterIsCutInHalf() {
    for (int before = 0; before < 70; before++) {
      String name = of("a".repeat(before) + "\ud83d\ude00\ud834\udd1e".repeat(600));
      assertThat(name.codePoints()).noneMatch(one -> one >= 0xd800 && one <= 0xdfff);
    }
  }
}
