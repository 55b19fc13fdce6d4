package org.switchroom.cti.customer;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.switchroom.cti.pbx.PhoneNumber;

/// What somebody looks for among customers: a name or a part of it, an account's beginning, an
/// order, or a telephone number as people write it.
///
/// @param text one line; nothing in it is a wildcard
/// @param plain the same where letters and digits are typed as wide as ideographs (NFKC)
/// @param e164 the number that it is, as numbers are kept; empty: it is none
/// @param digits the part of a number that it may be; with a `+` its beginning; empty: it is none
public record CustomerSearch(String text, String plain, String e164, String digits) {
  /// The most characters (UTF-16 units) that somebody looks for.
  public static final int LONGEST = 100;

  /// One letter finds half of the customers; one ideograph is half of a name.
  private static final int FEWEST = 2;

  /// Less is in every number.
  private static final int FEWEST_DIGITS = 3;

  private static final Pattern LEADING = Pattern.compile("^0+");

  /// Empty: it is too short, or too long, to be looked for.
  public static Optional<CustomerSearch> of(String typed, Numbers numbers) {
    String text = TypedText.line(typed);
    if (text.length() > LONGEST || TypedText.isBlank(text) || isShort(text)) {
      return Optional.empty();
    }
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
    PhoneNumber number = Numbers.typed(text);
    if (number.hidden()) return Optional.of(new CustomerSearch(text, plain, "", ""));
    // 02… is 2… in a number with its country code.
    String digits = LEADING.matcher(number.value()).replaceFirst("");
    return Optional.of(
        new CustomerSearch(
            text, plain, numbers.e164(number), digits.length() < FEWEST_DIGITS ? "" : digits));
  }

  private static boolean isShort(String text) {
    return text.codePointCount(0, text.length()) < FEWEST
        && text.codePoints().noneMatch(Character::isIdeographic);
  }
}
