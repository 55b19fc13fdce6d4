package org.switchroom.ivr.speech;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How a value is spoken.
public enum Format {
  /// `1,205` → one thousand two hundred five.
  NUMBER,
  /// `1205` → one two zero five.
  DIGITS,
  /// `1250.50 TWD` → the amount and its currency.
  MONEY,
  /// `2026-11-25` → November twenty-fifth; the year is said where it is not the present one.
  DATE,
  /// `15:05` → three oh five p.m.
  TIME,
  /// One of the script's phrases, by its name.
  PHRASE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Empty: there is none.
  public static Optional<Format> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Format::word).toList();
  }
}
