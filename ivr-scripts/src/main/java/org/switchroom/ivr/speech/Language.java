package org.switchroom.ivr.speech;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A language in which numbers, dates and money can be spoken.
public enum Language {
  EN("en"),
  /// Mandarin, written 繁體.
  ZH_HANT("zh-Hant"),
  /// Mandarin, written 简体.
  ZH_HANS("zh-Hans");

  private final String tag;

  Language(String tag) {
    this.tag = tag;
  }

  /// BCP 47.
  public String tag() {
    return tag;
  }

  /// Whether both are one language to the ear.
  public boolean soundsLike(Language other) {
    return (this == EN) == (other == EN);
  }

  /// Empty: there is none.
  public static Optional<Language> of(String tag) {
    return Arrays.stream(values()).filter(one -> one.tag.equalsIgnoreCase(tag)).findFirst();
  }

  public static List<String> tags() {
    return Arrays.stream(values()).map(Language::tag).toList();
  }

  @Override
  public String toString() {
    return tag;
  }
}
