package org.switchroom.cti.center;

import org.switchroom.cti.customer.CalledNumber;

/// Which numbers are meant: `+8862` all that begin so, as they are written internationally, and
/// `19XX` short ones as a whole. `X` is any digit.
public record DialPattern(String text) {
  private static final String INTERNATIONAL = "\\+[1-9][0-9X]{0,14}";
  private static final String SHORT = "[1-9][0-9X]{1,5}";

  /// What is wrong with a pattern is said where it is read.
  public static boolean isOne(String text) {
    return text.matches(INTERNATIONAL) || text.matches(SHORT);
  }

  boolean matches(CalledNumber number) {
    String digits = number.digits();
    boolean asLong =
        text.startsWith("+") ? digits.length() >= text.length() : digits.length() == text.length();
    return asLong && names(digits, text.length(), true);
  }

  /// Whether it names the beginning of a number digit by digit.
  ///
  /// @param most characters
  boolean names(String digits, int most) {
    return text.length() >= most && digits.length() >= most && names(digits, most, false);
  }

  private boolean names(String digits, int most, boolean any) {
    for (int i = 0; i < most; i++) {
      char one = text.charAt(i);
      boolean same = one == digits.charAt(i) || any && one == 'X' && digits.charAt(i) != '+';
      if (!same) return false;
    }
    return true;
  }

  int length() {
    return text.length();
  }

  @Override
  public String toString() {
    return text;
  }
}
