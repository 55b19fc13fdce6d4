package org.switchroom.acd.skill;

import java.util.Optional;

/// `figure sign number`, joined by `and` and `or`.
final class ConditionParser extends Scanner<Condition> {
  private static final String FIGURES = "one of " + String.join(", ", Figure.words());

  ConditionParser(String text) {
    super(text);
  }

  @Override
  Condition or(Condition left, Condition right) {
    return new Condition.Or(left, right);
  }

  @Override
  Condition and(Condition left, Condition right) {
    return new Condition.And(left, right);
  }

  @Override
  Condition atom() {
    String word = name(FIGURES);
    Optional<Figure> figure = Figure.named(word);
    if (figure.isEmpty()) {
      back(word);
      throw expected(FIGURES);
    }
    Condition.Sign sign = signHere();
    int number = number(0, 999_999_999, "a whole number");
    return new Condition.Compare(figure.get(), sign, number);
  }

  private Condition.Sign signHere() {
    for (Condition.Sign sign : Condition.Sign.values()) {
      if (sign(sign.text())) return sign;
    }
    throw expected(">=, <=, >, < or =");
  }
}
