package org.switchroom.ivr.expression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.jexl3.JexlArithmetic;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.JexlScript;
import org.apache.commons.jexl3.MapContext;
import org.apache.commons.jexl3.introspection.JexlPermissions;
import org.jspecify.annotations.Nullable;

/// A question about a caller's variables, such as `customer.tier == 'gold' and tries < 3`.
///
/// It is a single expression: arithmetic, comparisons, `and`, `or`, `not`, `empty(x)`, `size(x)`,
/// `a =^ b` (begins with), `a =$ b` (ends with), `c ? a : b`. There are no loops, no assignments,
/// no calls of methods, no new objects and no patterns, so its work is bounded by its own length.
public final class Expression {
  public static final int LONGEST = 500;

  /// A text made by an expression is cut here.
  public static final int LONGEST_TEXT = 2_000;

  private static final JexlEngine ENGINE =
      new JexlBuilder()
          .features(
              new JexlFeatures()
                  .script(false)
                  .loops(false)
                  .lambda(false)
                  .thinArrow(false)
                  .sideEffect(false)
                  .sideEffectGlobal(false)
                  .localVar(false)
                  .newInstance(false)
                  .methodCall(false)
                  .structuredLiteral(false)
                  .annotation(false)
                  .pragma(false)
                  .register(false)
                  .importPragma(false)
                  .namespacePragma(false))
          .permissions(JexlPermissions.RESTRICTED)
          .arithmetic(new Bounded())
          .strict(false)
          .silent(false)
          .safe(true)
          .cache(0)
          .collectMode(2)
          .create();

  /// Numbers and texts only: no patterns, whose work grows without bound, and no endless texts.
  private static final class Bounded extends JexlArithmetic {
    Bounded() {
      super(false);
    }

    @Override
    public Boolean contains(Object container, Object value) {
      throw new UnsupportedOperationException("Patterns (=~) are not had here.");
    }

    @Override
    public Object add(Object left, Object right) {
      Object sum = super.add(left, right);
      if (sum instanceof String text && text.length() > LONGEST_TEXT) {
        throw new ArithmeticException("A text of over %d characters.".formatted(LONGEST_TEXT));
      }
      return sum;
    }
  }

  private final String text;
  private final JexlScript script;

  private Expression(String text, JexlScript script) {
    this.text = text;
    this.script = script;
  }

  /// @throws ExpressionFault when it cannot be read
  public static Expression parse(String text) throws ExpressionFault {
    if (text.length() > LONGEST) {
      throw new ExpressionFault(
          "An expression has at most %d characters; this has %d."
              .formatted(LONGEST, text.length()));
    }
    if (text.isBlank()) throw new ExpressionFault("The expression is empty.");
    if (text.contains("=~") || text.contains("!~") || text.contains("..") || text.contains(";")) {
      throw new ExpressionFault(
          "Patterns, ranges and semicolons are not had in expressions. Write ==, =^ (begins with)"
              + " or < and >.");
    }
    try {
      return new Expression(text, ENGINE.createScript(text));
    } catch (JexlException e) {
      throw new ExpressionFault("\"%s\" cannot be read%s".formatted(text, reason(e)).strip() + ".");
    } catch (StackOverflowError e) {
      throw new ExpressionFault("The expression is nested too deeply.");
    }
  }

  /// What stands for an expression that cannot be read: it has no value.
  public static Expression nothing() {
    try {
      return parse("null");
    } catch (ExpressionFault e) {
      throw new IllegalStateException(e);
    }
  }

  private static String reason(JexlException fault) {
    if (fault.getInfo() == null) return "";
    return " near column " + fault.getInfo().getColumn();
  }

  /// The variables it reads, as paths: `customer.tier`.
  public Set<String> variables() {
    var paths = new LinkedHashSet<String>();
    for (List<String> path : script.getVariables())
      paths.add(String.join(".", new ArrayList<>(path)));
    return paths;
  }

  /// A number, a text, true or false; null where a variable has no value.
  ///
  /// @throws ExpressionFault when it cannot be worked out
  public @Nullable Object evaluate(Map<String, Object> variables) throws ExpressionFault {
    try {
      return script.execute(new MapContext(variables));
    } catch (JexlException | ArithmeticException | UnsupportedOperationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ExpressionFault(
          "\"%s\" cannot be worked out: %s".formatted(text, cause.getMessage()));
    }
  }

  /// What is empty, false, zero or missing is false.
  public boolean test(Map<String, Object> variables) throws ExpressionFault {
    return switch (evaluate(variables)) {
      case null -> false;
      case Boolean truth -> truth;
      case Number number -> number.doubleValue() != 0;
      case Object other -> !other.toString().isEmpty();
    };
  }

  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression expression && expression.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
