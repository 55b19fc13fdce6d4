package org.switchroom.ivr.step;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;
import org.switchroom.ivr.expression.Expression;
import org.switchroom.ivr.expression.ExpressionFault;

/// Another script, until it returns.
///
/// @param with what the script's arguments are
record SubScriptStep(String script, SequencedMap<String, Expression> with, String next)
    implements Step {
  static final StepKind KIND =
      new StepKind(
          "script",
          "another script, until it `return`s; `with` its `arguments`",
          SubScriptStep::read);

  private static SubScriptStep read(StepFields fields) {
    String name = fields.required("script");
    if (name.equals(fields.script())) {
      fields.fault("script", "A script cannot call itself.");
    } else {
      fields.known("script", name, fields.declared().scripts(), "script");
    }
    return new SubScriptStep(name, fields.expressions("with"), fields.required("next"));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) {
    var arguments = new HashMap<String, Object>();
    with.forEach((name, value) -> arguments.put(name, argument(value, walker)));
    return new Onward.SubScript(script, arguments, next);
  }

  /// What is true or false stays so; what has no value is an empty text.
  private static Object argument(Expression expression, Walker walker) {
    try {
      Optional<Object> value = expression.evaluate(walker.variables());
      return value
          .filter(one -> one instanceof Boolean || one instanceof Number)
          .orElseGet(() -> Walker.text(value));
    } catch (ExpressionFault e) {
      return "";
    }
  }

  @Override
  public SequencedMap<String, String> exits() {
    return StepLists.exits("next", next);
  }

  @Override
  public Map<String, Set<String>> reads() {
    return StepLists.reads(with);
  }

  @Override
  public Set<String> calls() {
    return Set.of(script);
  }

  @Override
  public String label() {
    return script;
  }
}
