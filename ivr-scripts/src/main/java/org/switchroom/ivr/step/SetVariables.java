package org.switchroom.ivr.step;

import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;
import org.switchroom.ivr.expression.Expression;
import org.switchroom.ivr.expression.ExpressionFault;

/// Gives variables a value.
///
/// @param failure one of them could not be worked out
record SetVariables(SequencedMap<String, Expression> values, String next, String failure)
    implements Step {
  static final StepKind KIND =
      new StepKind(
          "set",
          "variables from expressions; `failure` is `next`, if it is not said",
          SetVariables::read);

  private static SetVariables read(StepFields fields) {
    String next = fields.required("next");
    return new SetVariables(fields.expressions("set"), next, fields.text("failure", next));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) {
    Map<String, Object> variables = walker.variables();
    try {
      for (var value : values.entrySet()) {
        variables.put(value.getKey(), value.getValue().evaluate(variables));
      }
      return new Onward.Exit("next", next);
    } catch (ExpressionFault e) {
      walker.went("failed");
      return new Onward.Exit("failure", failure);
    }
  }

  @Override
  public SequencedMap<String, String> exits() {
    return next.equals(failure)
        ? Listed.exits("next", next)
        : Listed.exits("next", next, "failure", failure);
  }

  @Override
  public Map<String, Set<String>> reads() {
    return Listed.reads(values);
  }

  @Override
  public Set<String> sets() {
    return values.keySet();
  }

  @Override
  public Family family() {
    return Family.LOOKS;
  }

  @Override
  public String label() {
    return String.join(", ", values.keySet());
  }
}
