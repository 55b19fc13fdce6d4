package org.switchroom.cti.pbx;

import java.util.regex.Pattern;

/// The name of a recording of a talk, and of its file: never anything that a caller has written.
public record RecordingId(String value) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,149}");

  public RecordingId {
    if (!isOne(value)) {
      throw new IllegalArgumentException(
          "%s is no name of a recording. Maybe a caller has written it.".formatted(value));
    }
  }

  /// Whether it can be a file's name everywhere, and leads nowhere else.
  public static boolean isOne(String value) {
    return PLAIN.matcher(value).matches() && !value.contains("..");
  }

  @Override
  public String toString() {
    return value;
  }
}
