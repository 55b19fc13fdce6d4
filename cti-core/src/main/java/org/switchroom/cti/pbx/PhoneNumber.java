package org.switchroom.cti.pbx;

/// A number as it came from the network: `+` and digits only, at most 32 characters; empty when the
/// caller hides it.
public record PhoneNumber(String value) {
  private static final int LONGEST = 32;

  /// Keeps what belongs into a number and drops the rest: what a network sends is hostile until
  /// checked.
  public static PhoneNumber of(String raw) {
    if (raw == null) return new PhoneNumber("");
    var digits = new StringBuilder();
    for (int i = 0; i < raw.length() && digits.length() < LONGEST; i++) {
      char c = raw.charAt(i);
      if ((c >= '0' && c <= '9') || (c == '+' && digits.isEmpty())) digits.append(c);
    }
    return new PhoneNumber(digits.toString());
  }

  public boolean hidden() {
    return value.isEmpty();
  }

  @Override
  public String toString() {
    return value;
  }
}
