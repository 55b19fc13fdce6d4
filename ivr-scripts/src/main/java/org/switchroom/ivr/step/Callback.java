package org.switchroom.ivr.step;

import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Services.Answer;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;
import org.switchroom.ivr.expression.Expression;

/// Asks for a call back.
///
/// @param number to be called
record Callback(String queue, Expression number, String next, String failure) implements Step {
  private static final String CALLER = "caller";

  static final StepKind KIND =
      new StepKind(
          "callback", "asks for a call back to this number", Callback::read, Set.of("queue"));

  private static Callback read(StepFields fields) {
    return new Callback(
        fields.taskQueue("queue"),
        number(fields),
        fields.required("next"),
        fields.required("failure"));
  }

  /// `callback: ` with nothing behind it is the caller, too.
  private static Expression number(StepFields fields) {
    String written = fields.text("callback", CALLER);
    return fields.expressionOf("callback", written.isBlank() ? CALLER : written);
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) {
    String called = walker.evaluated(number);
    if (called.isEmpty() || walker.services().requestCallback(queue, called) != Answer.FOUND) {
      walker.went("failed");
      return new Onward.Exit("failure", failure);
    }
    walker.hasLeftSomething();
    walker.went(called);
    return new Onward.Exit("next", next);
  }

  @Override
  public SequencedMap<String, String> exits() {
    return Listed.exits("next", next, "failure", failure);
  }

  @Override
  public Map<String, Set<String>> reads() {
    return Map.of("number", number.variables());
  }

  @Override
  public String label() {
    return queue;
  }
}
