package org.switchroom.ivr.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  private static final Map<String, Object> VARIABLES =
      Map.of(
          "customer", Map.of("id", 7L, "tier", "gold"), "tries", 2, "digits", "0042", "open", true);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          customer.tier == 'gold' and tries < 3 | true
          customer.tier == 'silver' or tries > 1 | true
          not open | false
          empty(customer.name) | true
          empty(stranger.id) | true
          size(digits) == 4 | true
          digits =^ '00' | true
          digits =$ '42' | true
          digits == '0042' | true
          tries * 10 + 1 == 21 | true
          customer.id == '7' | true
          tries > 1 ? open : false | true
          """)
  void questionsAreAnswered(String text, boolean answer) throws ExpressionFault {
    assertThat(Expression.parse(text).test(VARIABLES)).isEqualTo(answer);
  }

  /// Nothing reaches out, nothing runs long.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "''.class.forName('java.lang.Runtime')",
        "''.getClass()",
        "customer.getClass().getName()",
        "new('java.io.File', '/')",
        "new java.io.File('/')",
        "`${customer.id}`",
        "while (true) {}",
        "for (x : [1,2,3]) { x }",
        "do { 1 } while (true)",
        "var x = 1; x",
        "tries = 3",
        "customer.tier = 'x'",
        "x -> x",
        "function(x) { x }",
        "'aaaaaaaaaaaaaaaaaaaaaaaa' =~ '(a+)+$'",
        "1..2000000000",
        "#pragma jexl.import java.lang",
        "import('x')",
        "[1, 2, 3]",
        "{'a': 1}",
        "@synchronized 1",
        "@lenient { 1 }",
        "1; 2",
        "customer.tier.length()",
        "System:exit(1)"
      })
  void whatReachesOutOrRunsLongIsRefused(String text) {
    assertThatThrownBy(
            () ->
                System.out.println(
                    text + " = " + Expression.parse(text).evaluate(new HashMap<>(VARIABLES))))
        .isInstanceOf(ExpressionFault.class);
  }

  @Test
  void lengthAndDepthHaveALimit() {
    assertThatThrownBy(() -> Expression.parse("1 + ".repeat(200) + "1"))
        .hasMessageContaining("at most 500 characters");
    assertThatThrownBy(() -> Expression.parse("")).hasMessageContaining("empty");
    Map<String, Object> long1 = Map.of("a", "x".repeat(1_500));
    assertThatThrownBy(() -> Expression.parse("a + a").evaluate(long1))
        .isInstanceOf(ExpressionFault.class);
  }

  @Test
  void itKnowsWhatItReads() throws ExpressionFault {
    assertThat(Expression.parse("customer.tier == 'gold' and tries < 3").variables())
        .containsExactlyInAnyOrder("customer.tier", "tries");
  }
}
