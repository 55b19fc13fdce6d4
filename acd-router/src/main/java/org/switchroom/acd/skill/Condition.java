package org.switchroom.acd.skill;

import java.util.function.ToLongFunction;

/// Whether a routing step is taken: `waiting > 10`, `ready >= 2 or longest-wait > 60`.
public sealed interface Condition {
  boolean holds(ToLongFunction<Figure> figures);

  record Compare(Figure figure, Sign sign, int number) implements Condition {
    @Override
    public boolean holds(ToLongFunction<Figure> figures) {
      long value = figures.applyAsLong(figure);
      return switch (sign) {
        case AT_LEAST -> value >= number;
        case AT_MOST -> value <= number;
        case MORE -> value > number;
        case LESS -> value < number;
        case EQUAL -> value == number;
      };
    }

    @Override
    public String toString() {
      return figure.word() + " " + sign.text + " " + number;
    }
  }

  record And(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(ToLongFunction<Figure> figures) {
      return left.holds(figures) && right.holds(figures);
    }

    @Override
    public String toString() {
      return inside(left) + " and " + inside(right);
    }

    private static String inside(Condition part) {
      return part instanceof Or ? "(" + part + ")" : part.toString();
    }
  }

  record Or(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(ToLongFunction<Figure> figures) {
      return left.holds(figures) || right.holds(figures);
    }

    @Override
    public String toString() {
      return left + " or " + right;
    }
  }

  /// In the order in which they are tried: `>=` before `>`.
  enum Sign {
    AT_LEAST(">="),
    AT_MOST("<="),
    MORE(">"),
    LESS("<"),
    EQUAL("=");

    private final String text;

    Sign(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /// @throws ExpressionSyntaxException naming the column (from 1) and what was expected there
  static Condition parse(String text) {
    return new ConditionParser(text).parse();
  }
}
