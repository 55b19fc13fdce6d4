package org.switchroom.ivr.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SpeechTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

  private static String said(Language language, Format format, String value) {
    return String.join(
        language == Language.EN ? " " : "", Speech.words(language, format, value, TODAY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NUMBER | 0               | zero | 零 | 零
          NUMBER | 2               | two | 二 | 二
          NUMBER | 10              | ten | 十 | 十
          NUMBER | 15              | fifteen | 十五 | 十五
          NUMBER | 20              | twenty | 二十 | 二十
          NUMBER | 101             | one hundred one | 一百零一 | 一百零一
          NUMBER | 110             | one hundred ten | 一百一十 | 一百一十
          NUMBER | 222             | two hundred twenty-two | 兩百二十二 | 两百二十二
          NUMBER | 1205            | one thousand two hundred five | 一千兩百零五 | 一千两百零五
          NUMBER | 2002            | two thousand two | 兩千零二 | 两千零二
          NUMBER | 10010           | ten thousand ten | 一萬零一十 | 一万零一十
          NUMBER | 20000           | twenty thousand | 兩萬 | 两万
          NUMBER | 100000          | one hundred thousand | 十萬 | 十万
          NUMBER | 1000001         | one million one | 一百萬零一 | 一百万零一
          NUMBER | 100000000       | one hundred million | 一億 | 一亿
          NUMBER | 102030405       | one hundred two million thirty thousand four hundred five | 一億零兩百零三萬零四百零五 | 一亿零两百零三万零四百零五
          NUMBER | -3.5            | minus three point five | 負三點五 | 负三点五
          NUMBER | 3.14159         | three point one four | 三點一四 | 三点一四
          DIGITS | A-1205          | one two zero five | 一二零五 | 一二零五
          MONEY  | 1250 TWD        | one thousand two hundred fifty New Taiwan dollars | 一千兩百五十元 | 一千两百五十元新台币
          MONEY  | 1 USD           | one US dollar | 一美元 | 一美元
          MONEY  | 99.5 CNY        | ninety-nine point five yuan | 九十九點五元人民幣 | 九十九点五元
          DATE   | 2026-11-25      | November twenty-fifth | 十一月二十五日 | 十一月二十五日
          DATE   | 2027-01-02T10:00| January second two thousand twenty-seven | 二零二七年一月二日 | 二零二七年一月二日
          TIME   | 15:05           | three oh five p.m. | 下午三點零五分 | 下午三点零五分
          TIME   | 02:00           | two a.m. | 上午兩點 | 上午两点
          TIME   | 12:30           | twelve thirty p.m. | 下午十二點三十分 | 下午十二点三十分
          DATE   | 31-31-2026      | three one three one two zero two six | 三一三一二零二六 | 三一三一二零二六
          """)
  void valuesAreSpokenAsPeopleDo(Format format, String value, String en, String hant, String hans) {
    assertThat(said(Language.EN, format, value)).isEqualTo(en);
    assertThat(said(Language.ZH_HANT, format, value)).isEqualTo(hant);
    assertThat(said(Language.ZH_HANS, format, value)).isEqualTo(hans);
  }

  /// What is made ahead of need is all that is ever needed.
  @ParameterizedTest
  @EnumSource(Language.class)
  void everyWordOfEveryValueIsInTheVocabulary(Language language) {
    var random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      long number = random.nextLong(1L << random.nextInt(1, 40)) - 100;
      within(language, Format.NUMBER, Long.toString(number));
      within(language, Format.MONEY, number + "." + random.nextInt(100) + " HKD");
      within(language, Format.DIGITS, Long.toString(number));
      LocalDate day = TODAY.plusDays(random.nextInt(10_000) - 5_000);
      within(language, Format.DATE, day.toString());
      within(language, Format.TIME, "%02d:%02d".formatted(random.nextInt(24), random.nextInt(60)));
    }
  }

  private static void within(Language language, Format format, String value) {
    assertThat(
            VOCABULARY.computeIfAbsent(
                language + "/" + format, _ -> Speech.vocabulary(language, format)))
        .as(value)
        .containsAll(Speech.words(language, format, value, TODAY));
  }

  private static final Map<String, Set<String>> VOCABULARY = new HashMap<>();
}
