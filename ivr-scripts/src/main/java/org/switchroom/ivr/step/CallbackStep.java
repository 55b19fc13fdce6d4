package org.switchroom.ivr.step;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Services;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;
import org.switchroom.ivr.expression.Expression;

/// Asks for a call back.
///
/// @param number to be called
/// @param stands it was asked for before
/// @param invalid nobody can be called at this number, or it may not be
record CallbackStep(
    String queue, Expression number, String next, String stands, String invalid, String failure)
    implements Step {
  private static final String CALLER = "caller";

  static final StepKind KIND =
      new StepKind(
          "callback",
          "asks for a call back to this number; `stands` where that was done before, which is"
              + " `next`, and `invalid` where it cannot be called, which is `failure`, if they are"
              + " not said",
          CallbackStep::read,
          Set.of("queue"));

  private static CallbackStep read(StepFields fields) {
    String queue = fields.taskQueue("queue");
    Expression number = number(fields);
    String next = fields.required("next");
    String stands = fields.text("stands", next);
    String failure = fields.required("failure");
    return new CallbackStep(queue, number, next, stands, fields.text("invalid", failure), failure);
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
    Services.CallbackAnswer asked =
        called.isEmpty()
            ? Services.CallbackAnswer.NO_NUMBER
            : walker.services().requestCallback(queue, called);
    return switch (asked) {
      case TAKEN -> {
        walker.hasLeftSomething();
        walker.went(called);
        yield new Onward.Exit("next", next);
      }
      case STANDS -> {
        walker.hasLeftSomething();
        walker.went("stands");
        yield new Onward.Exit("stands", stands);
      }
      case NO_NUMBER -> {
        walker.went("no number");
        yield new Onward.Exit("invalid", invalid);
      }
      case FAILED -> {
        walker.went("failed");
        yield new Onward.Exit("failure", failure);
      }
    };
  }

  @Override
  public SequencedMap<String, String> exits() {
    var exits = new LinkedHashMap<String, String>();
    exits.put("next", next);
    if (!stands.equals(next)) exits.put("stands", stands);
    if (!invalid.equals(failure)) exits.put("invalid", invalid);
    exits.put("failure", failure);
    return exits;
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
