package org.switchroom.cti.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypedTextTest {
  @Test
  void aLineIsOneLine() {
    assertThat(TypedText.line("  Chen\tMei\u0000\u001b[2J\u009d ")).isEqualTo("Chen Mei[2J");
    assertThat(TypedText.line("a\nb\u2028c\u0085d")).isEqualTo("a b c d");
    assertThat(TypedText.line("\u00a0\u3000林雅婷\u3000")).isEqualTo("林雅婷");
  }

  @Test
  void linesKeepTheirBreaksAndTabs() {
    assertThat(TypedText.lines("one\r\n\ttwo\rthree\u0000\u007f\n"))
        .isEqualTo("one\n\ttwo\nthree\n");
    assertThat(TypedText.lines("")).isEmpty();
  }

  @Test
  void charactersAreWhole() {
    assertThat(TypedText.line("\uD83D\uDCDE")).isEqualTo("\uD83D\uDCDE");
    assertThat(TypedText.line("a\uD83Db")).isEqualTo("ab");
    assertThat(TypedText.lines("\uDCDE\uD83D")).isEmpty();
    assertThat(TypedText.line("نم\u200cی")).as("joins what is written so").hasSize(4);
  }

  @Test
  void nothingTurnsWhatStandsBesideIt() {
    for (String turns : List.of("\u202a", "\u202b", "\u202c", "\u202d", "\u202e")) {
      assertThat(TypedText.line("a" + turns + "b")).isEqualTo("ab");
    }
    for (String turns : List.of("\u2066", "\u2067", "\u2068", "\u2069")) {
      assertThat(TypedText.lines("a" + turns + "\nb")).isEqualTo("a\nb");
    }
    assertThat(TypedText.line("\u202e 林 \u202c")).isEqualTo("林");
    assertThat(TypedText.line("שלום\u200f!")).as("of its own place alone").hasSize(6);
    assertThat(TypedText.line("\u2065\u206a")).as("their neighbours").hasSize(2);
  }

  @Test
  void whatCannotBeSeenIsBlank() {
    assertThat(TypedText.isBlank("")).isTrue();
    assertThat(TypedText.isBlank(" \u00a0\u3000\u200b\ufeff\u202e\u0000")).isTrue();
    assertThat(TypedText.isBlank("\u200b林")).isFalse();
  }
}
