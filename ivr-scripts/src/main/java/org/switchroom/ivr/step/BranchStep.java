package org.switchroom.ivr.step;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;
import org.switchroom.ivr.expression.Expression;
import org.switchroom.ivr.expression.ExpressionFault;
import org.switchroom.ivr.yaml.Yaml;

/// Goes by expressions.
///
/// @param when the first that is true says where to go
/// @param failure one of them could not be worked out, or is neither true nor false
record BranchStep(SequencedMap<Expression, String> when, String otherwise, String failure)
    implements Step {
  static final StepKind KIND =
      new StepKind(
          "branch",
          "the first `{when, next}` that is true; `failure`, where a `when` cannot be worked out or"
              + " is neither true nor false, is `otherwise`, if it is not said",
          BranchStep::read);

  /// What every script knows of a call, and the records that lookups find.
  private static final Set<String> NEVER_TRUTHS =
      Set.of(
          "caller",
          "dialed",
          "language",
          "hour",
          "minute",
          "today",
          "weekday",
          "customer",
          "order",
          "ticket");

  private static BranchStep read(StepFields fields) {
    var when = new LinkedHashMap<Expression, String>();
    for (Yaml choice : fields.mappings("branch")) {
      Expression expression = StepFields.expression(choice, "when");
      expression.neverATruth(NEVER_TRUTHS).ifPresent(fault -> choice.fault("when", fault));
      when.put(expression, choice.required("next"));
    }
    if (when.isEmpty()) {
      fields.fault("branch", "\"branch\" needs at least one {when: …, next: …}.");
    }
    String otherwise = fields.required("otherwise");
    return new BranchStep(when, otherwise, fields.text("failure", otherwise));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) {
    walker.setClock();
    try {
      for (var choice : when.entrySet()) {
        if (choice.getKey().test(walker.variables())) {
          return new Onward.Exit(choice.getKey().toString(), choice.getValue());
        }
      }
      return new Onward.Exit("otherwise", otherwise);
    } catch (ExpressionFault e) {
      walker.went("failed");
      return new Onward.Exit("failure", failure);
    }
  }

  @Override
  public SequencedMap<String, String> exits() {
    var exits = new LinkedHashMap<String, String>();
    when.forEach((expression, step) -> exits.put(expression.toString(), step));
    exits.put("otherwise", otherwise);
    if (!failure.equals(otherwise)) exits.put("failure", failure);
    return exits;
  }

  @Override
  public Map<String, Set<String>> reads() {
    var reads = new LinkedHashMap<String, Set<String>>();
    when.keySet().forEach(one -> reads.put(one.toString(), one.variables()));
    return reads;
  }

  @Override
  public Family family() {
    return Family.LOOKS;
  }

  @Override
  public String label() {
    return when.keySet().iterator().next().toString();
  }
}
