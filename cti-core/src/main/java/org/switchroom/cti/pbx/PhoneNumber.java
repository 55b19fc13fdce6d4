package org.switchroom.cti.pbx;

import org.jspecify.annotations.Nullable;

/// A number as it came from the network: `+` and digits only, at most 32 characters; empty when the
/// caller hides it. What they dialed may be a name, such as `sales`.
public record PhoneNumber(String value) {
  private static final int LONGEST = 32;

  /// Keeps what belongs into a number and drops the rest: what a network sends is hostile until
  /// checked.
  ///
  /// @param raw null: it sends none
  public static PhoneNumber of(@Nullable String raw) {
    if (raw == null) return new PhoneNumber("");
    var digits = new StringBuilder();
    for (int i = 0; i < raw.length() && digits.length() < LONGEST; i++) {
      char c = raw.charAt(i);
      if ((c >= '0' && c <= '9') || (c == '+' && digits.isEmpty())) digits.append(c);
    }
    return new PhoneNumber(digits.toString());
  }

  /// An entry point: a number, or a name of ASCII letters, digits, `.`, `_` and `-`.
  ///
  /// @param raw null: it is not told
  public static PhoneNumber dialed(@Nullable String raw) {
    if (raw == null || raw.length() > LONGEST || !raw.matches("[+0-9A-Za-z._-]*")) return of(raw);
    return new PhoneNumber(raw);
  }

  public boolean hidden() {
    return value.isEmpty();
  }

  @Override
  public String toString() {
    return value;
  }
}
