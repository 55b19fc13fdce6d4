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
record SetVariablesStep(SequencedMap<String, Expression> values, String next, String failure)
    implements Step {
  static final StepKind KIND =
      new StepKind(
          "set",
          "variables from expressions; `failure` is `next`, if it is not said",
          SetVariablesStep::read);

  private static SetVariablesStep read(StepFields fields) {
    String next = fields.required("next");
    return new SetVariablesStep(fields.expressions("set"), next, fields.text("failure", next));
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
        String name = value.getKey();
        value
            .getValue()
            .evaluate(variables)
            .ifPresentOrElse(some -> variables.put(name, some), () -> variables.remove(name));
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
        ? StepLists.exits("next", next)
        : StepLists.exits("next", next, "failure", failure);
  }

  @Override
  public Map<String, Set<String>> reads() {
    return StepLists.reads(values);
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
