package org.switchroom.cti.customer;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import org.switchroom.cti.pbx.PhoneNumber;

/// Numbers in the form in which they are kept.
///
/// @param region where numbers without a country code belong, such as `TW`
public record Numbers(String region) {
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
