package org.switchroom.ivr.speech;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Values as words. Each word is one sound, made ahead of need, so [#vocabulary] names every word
/// that a format can ever need.
public final class Speech {
  private static final BigDecimal MOST = BigDecimal.valueOf(Numerals.MOST);
  private static final int MOST_DIGITS = 40;

  /// What is longer is no number, date or time.
  private static final int LONGEST_NUMBER = 100;

  private static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };
  private static final String[] ORDINALS = {
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first"
  };

  /// By ISO 4217: in English one and many, then 繁體 and 简体.
  private static final Map<String, List<String>> CURRENCIES =
      Map.of(
          "TWD", List.of("New Taiwan dollar", "New Taiwan dollars", "元", "元新台币"),
          "CNY", List.of("yuan", "yuan", "元人民幣", "元"),
          "HKD", List.of("Hong Kong dollar", "Hong Kong dollars", "元港幣", "元港币"),
          "USD", List.of("US dollar", "US dollars", "美元", "美元"),
          "EUR", List.of("euro", "euros", "歐元", "欧元"),
          "JPY", List.of("yen", "yen", "日圓", "日元"));

  private Speech() {}

  /// The words of a value, in the order in which they are said. What cannot be read as what it
  /// should be is said digit by digit; where there is nothing, nothing is said.
  ///
  /// @param today the year of a date is left out when it is this one's
  public static List<String> words(
      Language language, Format format, String value, LocalDate today) {
    String text = value.strip();
    if (text.isEmpty()) return List.of();
    if (text.length() > LONGEST_NUMBER && format != Format.PHRASE) return digits(language, text);
    try {
      return switch (format) {
        case NUMBER -> number(language, new BigDecimal(text.replace(",", "")));
        case MONEY -> money(language, text);
        case DATE -> date(language, LocalDate.parse(text.substring(0, 10)), today);
        case TIME -> time(language, LocalTime.parse(text.substring(text.indexOf('T') + 1)));
        case DIGITS -> digits(language, text);
        case PHRASE -> List.of(text);
      };
    } catch (NumberFormatException | DateTimeException | IndexOutOfBoundsException e) {
      return digits(language, text);
    }
  }

  private static List<String> digits(Language language, String text) {
    var words = new ArrayList<String>();
    Numerals numerals = Numerals.of(language);
    for (char one : text.toCharArray()) {
      if (one >= '0' && one <= '9' && words.size() < MOST_DIGITS)
        words.add(numerals.digit(one - '0'));
    }
    return words;
  }

  /// What no order or bill comes to, such as 1e999999999, is not said: its digits would be false,
  /// and nobody can write them down.
  private static List<String> number(Language language, BigDecimal number) {
    if (number.precision() > MOST_DIGITS || Math.abs(number.scale()) > MOST_DIGITS)
      return List.of();
    if (number.abs().compareTo(MOST) > 0) return digits(language, number.toPlainString());
    var words = new ArrayList<String>();
    if (number.signum() < 0) words.add(word(language, "minus", "負", "负"));
    BigDecimal rounded = number.abs().setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
    Numerals numerals = Numerals.of(language);
    numerals.number(rounded.longValue(), words);
    if (rounded.scale() > 0) {
      words.add(word(language, "point", "點", "点"));
      String text = rounded.toPlainString();
      for (char one : text.substring(text.indexOf('.') + 1).toCharArray()) {
        words.add(numerals.digit(one - '0'));
      }
    }
    return words;
  }

  private static List<String> money(Language language, String text) {
    String[] parts = text.split("\\s+");
    var words = new ArrayList<String>();
    var amount = new BigDecimal(parts[0].replace(",", ""));
    words.addAll(number(language, amount));
    if (words.isEmpty()) return words;
    List<String> names = parts.length > 1 ? CURRENCIES.get(parts[1]) : null;
    if (names == null) return words;
    words.add(
        switch (language) {
          case EN -> amount.compareTo(BigDecimal.ONE) == 0 ? names.get(0) : names.get(1);
          case ZH_HANT -> names.get(2);
          case ZH_HANS -> names.get(3);
        });
    return words;
  }

  private static List<String> date(Language language, LocalDate date, LocalDate today) {
    var words = new ArrayList<String>();
    boolean withYear = date.getYear() != today.getYear();
    if (language == Language.EN) {
      words.add(MONTHS[date.getMonthValue() - 1]);
      words.add(ORDINALS[date.getDayOfMonth() - 1]);
      if (withYear) words.addAll(number(language, BigDecimal.valueOf(date.getYear())));
      return words;
    }
    if (withYear) {
      words.addAll(digits(language, Integer.toString(date.getYear())));
      words.add("年");
    }
    words.addAll(number(language, BigDecimal.valueOf(date.getMonthValue())));
    words.add("月");
    words.addAll(number(language, BigDecimal.valueOf(date.getDayOfMonth())));
    words.add(word(language, "", "日", "日"));
    return words;
  }

  private static List<String> time(Language language, LocalTime time) {
    var words = new ArrayList<String>();
    boolean morning = time.getHour() < 12;
    int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    if (language == Language.EN) {
      words.add(Numerals.English.belowHundred(hour));
      if (time.getMinute() > 0) {
        if (time.getMinute() < 10) words.add("oh");
        words.add(Numerals.English.belowHundred(time.getMinute()));
      }
      words.add(morning ? "a.m." : "p.m.");
      return words;
    }
    words.add(morning ? "上午" : "下午");
    if (hour == 2) words.add(word(language, "", "兩", "两"));
    else words.addAll(number(language, BigDecimal.valueOf(hour)));
    words.add(word(language, "", "點", "点"));
    if (time.getMinute() == 0) return words;
    if (time.getMinute() < 10) words.add("零");
    words.addAll(number(language, BigDecimal.valueOf(time.getMinute())));
    words.add("分");
    return words;
  }

  private static String word(Language language, String en, String hant, String hans) {
    return switch (language) {
      case EN -> en;
      case ZH_HANT -> hant;
      case ZH_HANS -> hans;
    };
  }

  /// Every word that values of a format are made of. A script's phrases are its own to name.
  public static Set<String> vocabulary(Language language, Format format) {
    var words = new LinkedHashSet<String>();
    for (int digit = 0; digit < 10; digit++) words.add(Numerals.of(language).digit(digit));
    switch (format) {
      case DIGITS, PHRASE -> {}
      case NUMBER, MONEY -> {
        numbers(language, words);
        if (format == Format.MONEY) {
          for (String currency : CURRENCIES.keySet()) {
            words.add(money(language, "1 " + currency).getLast());
            words.add(money(language, "2 " + currency).getLast());
          }
        }
      }
      case DATE -> {
        numbers(language, words);
        var day = LocalDate.of(2024, 1, 1);
        for (int i = 0; i < 366; i++)
          words.addAll(date(language, day.plusDays(i), day.minusYears(1)));
      }
      case TIME -> {
        for (int minute = 0; minute < 24 * 60; minute++) {
          words.addAll(time(language, LocalTime.ofSecondOfDay(minute * 60L)));
        }
      }
    }
    return words;
  }

  private static void numbers(Language language, Set<String> words) {
    Numerals numerals = Numerals.of(language);
    var found = new ArrayList<String>();
    for (int number = 0; number < 100; number++) numerals.number(number, found);
    numerals.number(222_222_222_222L, found);
    numerals.number(105, found);
    words.addAll(found);
    words.addAll(number(language, new BigDecimal("-0.5")));
  }
}
