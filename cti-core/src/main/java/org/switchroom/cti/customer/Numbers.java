package org.switchroom.cti.customer;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.switchroom.cti.pbx.PhoneNumber;

/// Numbers in the form in which they are kept.
///
/// @param region where numbers without a country code belong, such as `TW`
public record Numbers(String region) {
  private static final Pattern BETWEEN_DIGITS = Pattern.compile("[\\s().\\-\\u2010-\\u2015/]");
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{1,20}");

  /// A number as people write it: with spaces, dashes and brackets, and as wide as ideographs.
  /// Hidden: what they write is none, such as a sentence with digits in it.
  public static PhoneNumber typed(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
    String number = BETWEEN_DIGITS.matcher(plain).replaceAll("");
    return PhoneNumber.of(NUMBER.matcher(number).matches() ? number : "");
  }

  /// E.164 (`+886223456789`), or the digits as they came when they are no number of any country,
  /// such as an extension.
  public String e164(PhoneNumber number) {
    if (number.hidden()) return "";
    PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    try {
      var parsed = library.parse(number.value(), region);
      return library.isPossibleNumber(parsed)
          ? library.format(parsed, PhoneNumberFormat.E164)
          : number.value();
    } catch (NumberParseException e) {
      return number.value();
    }
  }
}
