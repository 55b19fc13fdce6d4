package org.switchroom.cti.customer;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import com.google.i18n.phonenumbers.ShortNumberInfo.ShortNumberCost;
import java.util.List;
import java.util.Set;

/// A number that somebody wants called, as it is rather than as it was written: what may be dialed
/// is decided by this and by nothing else, and this is what is dialed.
///
/// @param digits E.164 with its `+`, or a short number's digits; empty: it is no number
/// @param costs how much of it one has to name, so that it is not dialed by mistake: its first so
///   many characters; 0: it costs what calls do
public record CalledNumber(String digits, Kind kind, int costs) {
  public enum Kind {
    /// Of a country, or of none, such as those of satellites.
    INTERNATIONAL,
    /// Known in one country or one house only: an extension, or a service such as 1999.
    SHORT,
    /// The police, and whoever else saves lives.
    EMERGENCY,
    /// Nobody can be reached by it.
    NONE
  }

  private static final CalledNumber NONE = new CalledNumber("", Kind.NONE, 0);

  /// In all GSM networks, whatever the country.
  private static final String EVERYWHERE = "112";

  private static final int LONGEST = 20;

  /// No country has numbers of its own that are as short and begin otherwise than with 0.
  private static final int LONGEST_SHORT = 6;

  /// What costs more wherever it is called from: satellites (870, 881, and 882 and 883, which such
  /// networks share with others), premium rates of all countries (979) and of North America (900),
  /// and those of Taiwan, of which the library knows the long ones only.
  private static final List<String> COSTLY =
      List.of(
          "+870", "+881", "+882", "+883", "+979", "+1900", "+886203", "+886204", "+886208",
          "+886209");

  private static final Set<PhoneNumberType> COSTLY_TYPES =
      Set.of(PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST);

  /// @param written as somebody has typed or keyed it, or as it came; with blanks, dots, hyphens
  ///   and brackets, as numbers are written
  /// @param region where numbers without a country code belong, such as `TW`
  public static CalledNumber of(String written, String region) {
    String plain = written.replaceAll("[\\s().-]", "");
    if (plain.length() > LONGEST || !plain.matches("\\+?[0-9]+")) return NONE;
    boolean emergency =
        plain.equals(EVERYWHERE) || ShortNumberInfo.getInstance().isEmergencyNumber(plain, region);
    if (emergency) return new CalledNumber(plain, Kind.EMERGENCY, 0);
    PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    try {
      var parsed = library.parse(plain, region);
      if (library.isValidNumber(parsed)) {
        String e164 = library.format(parsed, PhoneNumberFormat.E164);
        boolean costly = COSTLY_TYPES.contains(library.getNumberType(parsed));
        return new CalledNumber(e164, Kind.INTERNATIONAL, costs(e164, costly));
      }
      if (!plain.matches("[1-9][0-9]{1,%d}".formatted(LONGEST_SHORT - 1))) return NONE;
      boolean costly =
          ShortNumberInfo.getInstance().getExpectedCostForRegion(parsed, region)
              == ShortNumberCost.PREMIUM_RATE;
      return new CalledNumber(plain, Kind.SHORT, costs(plain, costly));
    } catch (NumberParseException e) {
      return NONE;
    }
  }

  /// Of which nothing else is known the whole of it has to be named.
  private static int costs(String digits, boolean costly) {
    return COSTLY.stream()
        .filter(digits::startsWith)
        .map(String::length)
        .findFirst()
        .orElse(costly ? digits.length() : 0);
  }

  /// Whether a switch may take it for an emergency number with something behind it.
  public boolean mayBeEmergency(String region) {
    return kind == Kind.EMERGENCY
        || kind == Kind.SHORT
            && ShortNumberInfo.getInstance().connectsToEmergencyNumber(digits, region);
  }
}
