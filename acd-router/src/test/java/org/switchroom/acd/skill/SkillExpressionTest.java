package org.switchroom.acd.skill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkillExpressionTest {
  private static final Skills ANN = new Skills(Map.of("orders", 7, "mandarin", 3));

  @ParameterizedTest
  @CsvSource({
    "orders, true",
    "orders >= 7, true",
    "orders >= 8, false",
    "billing, false",
    "any, true",
    "orders and mandarin >= 3, true",
    "orders and mandarin >= 4, false",
    "billing or mandarin, true",
    "orders and billing or mandarin, true",
    "orders and (billing or french), false"
  })
  void matches(String expression, boolean expected) {
    assertThat(SkillExpression.parse(expression).matches(ANN)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "orders >= 11 | 11 | a proficiency from 1 to 10",
        "orders and   | 11 | the name of a skill",
        "(orders      | 8  | \")\"",
        "orders, x    | 7  | \"and\", \"or\" or the end",
        "and orders   | 1  | the name of a skill"
      })
  void saysWhereAndWhatWasExpected(String expression, int column, String expected) {
    assertThatThrownBy(() -> SkillExpression.parse(expression))
        .isInstanceOfSatisfying(
            ExpressionSyntaxException.class, e -> assertThat(e.column()).isEqualTo(column))
        .hasMessageContaining(expected);
  }

  @Test
  void hostileNestingIsRefused() {
    assertThatThrownBy(() -> SkillExpression.parse("(".repeat(100_000)))
        .isInstanceOf(ExpressionSyntaxException.class);
  }

  @Test
  void whatIsWrittenReadsBack() {
    var expression = SkillExpression.parse("a and (b >= 3 or c)");
    assertThat(SkillExpression.parse(expression.toString())).isEqualTo(expression);
    assertThat(expression.named()).containsExactly("a", "b", "c");
  }
}
