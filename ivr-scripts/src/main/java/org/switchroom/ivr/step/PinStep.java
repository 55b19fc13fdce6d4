package org.switchroom.ivr.step;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;
import org.switchroom.ivr.expression.Expression;
import org.switchroom.ivr.expression.ExpressionFault;

/// Asks for a PIN and checks it. The digits are neither kept nor shown, right or wrong.
///
/// @param of whose PIN: the customer's number, such as `customer.id`
/// @param failure it could not be checked
record PinStep(
    Saying saying, Expression of, Digits digits, String right, String wrong, String failure)
    implements Step {
  static final StepKind KIND =
      new StepKind(
          "pin", "asks for a PIN and checks it; the digits are kept nowhere", PinStep::read);

  private static PinStep read(StepFields fields) {
    return new PinStep(
        fields.saying("pin"),
        fields.expression("of", "customer.id"),
        Digits.read(fields, "4-8"),
        fields.required("right"),
        fields.required("wrong"),
        fields.required("failure"));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) throws CallerHungUpException {
    String customer = customer(walker);
    if (customer.isEmpty()) {
      walker.went("no customer");
      return new Onward.Exit("failure", failure);
    }
    for (int round = 0; round <= digits.retries(); round++) {
      Optional<String> pressed = digits.once().askSecret(saying, walker);
      if (pressed.isEmpty()) continue;
      switch (walker.services().checkPin(customer, pressed.get())) {
        case FOUND -> {
          walker.went("right");
          return new Onward.Exit("right", right);
        }
        case FAILED -> {
          walker.went("failed");
          return new Onward.Exit("failure", failure);
        }
        case NOT_FOUND -> walker.caller().play(walker.prompts(digits.invalid()));
      }
    }
    walker.went("wrong");
    return new Onward.Exit("wrong", wrong);
  }

  private String customer(Walker walker) {
    try {
      return of.evaluate(walker.variables()).map(Object::toString).orElse("");
    } catch (ExpressionFault e) {
      return "";
    }
  }

  @Override
  public SequencedMap<String, String> exits() {
    return StepLists.exits("right", right, "wrong", wrong, "failure", failure);
  }

  @Override
  public List<String> byCaller() {
    return List.of("right");
  }

  @Override
  public List<Saying> sayings() {
    return StepLists.sayings(saying, digits.invalid());
  }

  @Override
  public Map<String, Set<String>> reads() {
    return Map.of("of", of.variables());
  }

  @Override
  public Family family() {
    return Family.ASKS;
  }
}
