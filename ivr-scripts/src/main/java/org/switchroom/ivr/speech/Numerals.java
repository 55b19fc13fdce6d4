package org.switchroom.ivr.speech;

import java.util.List;

/// Whole numbers from 0 up to 999,999,999,999 in the words of a language.
interface Numerals {
  long MOST = 999_999_999_999L;

  /// Adds the words of a number.
  void number(long number, List<String> words);

  String digit(int digit);

  static Numerals of(Language language) {
    return switch (language) {
      case EN -> new English();
      case ZH_HANT -> new Chinese("零一二三四五六七八九", "兩", "十百千", "萬億");
      case ZH_HANS -> new Chinese("零一二三四五六七八九", "两", "十百千", "万亿");
    };
  }

  /// `1205` → one thousand · two hundred · five.
  record English() implements Numerals {
    private static final String[] ONES = {
      "zero",
      "one",
      "two",
      "three",
      "four",
      "five",
      "six",
      "seven",
      "eight",
      "nine",
      "ten",
      "eleven",
      "twelve",
      "thirteen",
      "fourteen",
      "fifteen",
      "sixteen",
      "seventeen",
      "eighteen",
      "nineteen"
    };
    private static final String[] TENS = {
      "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
    };
    private static final String[] POWERS = {"", "thousand", "million", "billion"};

    @Override
    public String digit(int digit) {
      return ONES[digit];
    }

    @Override
    public void number(long number, List<String> words) {
      if (number == 0) words.add(ONES[0]);
      for (int power = 3; power >= 0; power--) {
        int group = (int) (number / (long) Math.pow(1000, power) % 1000);
        if (group == 0) continue;
        hundreds(group, words);
        if (power > 0) words.add(POWERS[power]);
      }
    }

    private static void hundreds(int group, List<String> words) {
      if (group >= 100) {
        words.add(ONES[group / 100]);
        words.add("hundred");
      }
      if (group % 100 > 0) words.add(belowHundred(group % 100));
    }

    /// One word, so that it is one sound: twenty-five.
    static String belowHundred(int number) {
      if (number < 20) return ONES[number];
      return number % 10 == 0 ? TENS[number / 10] : TENS[number / 10] + "-" + ONES[number % 10];
    }
  }

  /// `1205` → 一千兩百零五. A zero is said once between places that are not empty; ten at the beginning
  /// is 十; two before 百, 千, 萬 and 億 is 兩.
  record Chinese(String digits, String two, String places, String powers) implements Numerals {
    @Override
    public String digit(int digit) {
      return digits.substring(digit, digit + 1);
    }

    @Override
    public void number(long number, List<String> words) {
      if (number == 0) {
        words.add(digit(0));
        return;
      }
      int first = words.size();
      boolean gap = false;
      for (int power = 2; power >= 0; power--) {
        int group = (int) (number / (long) Math.pow(10_000, power) % 10_000);
        if (group == 0) {
          gap = true;
          continue;
        }
        if (words.size() > first && (gap || group < 1000)) words.add(digit(0));
        gap = false;
        if (group == 2 && power > 0) words.add(two);
        else group(group, words.size() == first, words);
        if (power > 0) words.add(powers.substring(power - 1, power));
      }
    }

    private void group(int group, boolean first, List<String> words) {
      boolean said = false;
      boolean gap = false;
      for (int place = 3; place >= 0; place--) {
        int digit = group / (int) Math.pow(10, place) % 10;
        if (digit == 0) {
          gap = said;
          continue;
        }
        if (gap) words.add(digit(0));
        gap = false;
        boolean bareTen = place == 1 && digit == 1 && first && !said;
        if (!bareTen) words.add(digit == 2 && place >= 2 ? two : digit(digit));
        if (place > 0) words.add(places.substring(place - 1, place));
        said = true;
      }
    }
  }
}
