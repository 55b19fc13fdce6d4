package org.switchroom.ivr.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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

  /// Numbers and texts only: no patterns, whose work grows without bound, no endless texts, and no
  /// numbers that are longer than anything they could count, whoever sends them. What is to be true
  /// or false is true or false.
  private static final class Bounded extends JexlArithmetic {
    /// In digits, before and behind the point.
    private static final int LONGEST_NUMBER = 100;

    private static final Pattern EXPONENT = Pattern.compile("[eE][+-]?\\d{3,}\\s*$");

    Bounded() {
      super(false);
    }

    @Override
    public Boolean contains(Object container, Object value) {
      throw new UnsupportedOperationException("Patterns (=~) are not had here.");
    }

    @Override
    public Object add(Object left, Object right) {
      Object sum = bounded(super.add(left, right));
      if (sum instanceof String text && text.length() > LONGEST_TEXT) {
        throw new ArithmeticException("A text of over %d characters.".formatted(LONGEST_TEXT));
      }
      return sum;
    }

    @Override
    public Object subtract(Object left, Object right) {
      return bounded(super.subtract(left, right));
    }

    @Override
    public Object multiply(Object left, Object right) {
      return bounded(super.multiply(left, right));
    }

    @Override
    public Object divide(Object left, Object right) {
      return bounded(super.divide(left, right));
    }

    private static Object bounded(Object value) {
      boolean fits =
          switch (value) {
            case BigInteger whole -> whole.bitLength() <= LONGEST_NUMBER * 3;
            case BigDecimal broken ->
                broken.precision() <= LONGEST_NUMBER && Math.abs(broken.scale()) <= LONGEST_NUMBER;
            case null, default -> true;
          };
      if (!fits)
        throw new ArithmeticException("A number of over %d digits.".formatted(LONGEST_NUMBER));
      return value;
    }

    /// A text that is taken for a number.
    private static @Nullable Object numeral(@Nullable Object value) {
      if (value instanceof CharSequence text
          && (text.length() > LONGEST_NUMBER || EXPONENT.matcher(text).find())) {
        throw new ArithmeticException("A number of over %d digits.".formatted(LONGEST_NUMBER));
      }
      return value == null ? null : bounded(value);
    }

    @Override
    public BigDecimal toBigDecimal(Object value) {
      return super.toBigDecimal(numeral(value));
    }

    @Override
    protected BigDecimal toBigDecimal(boolean strict, Object value) {
      return super.toBigDecimal(strict, numeral(value));
    }

    @Override
    public BigInteger toBigInteger(Object value) {
      return super.toBigInteger(numeral(value));
    }

    @Override
    protected BigInteger toBigInteger(boolean strict, Object value) {
      return super.toBigInteger(strict, numeral(value));
    }

    @Override
    public boolean toBoolean(Object value) {
      return truth(value);
    }

    @Override
    protected boolean toBoolean(boolean strict, Object value) {
      return truth(value);
    }

    @Override
    public boolean testPredicate(Object value) {
      return truth(value);
    }
  }

  /// What is missing is false; what is neither true nor false is nothing to go by. A service's text
  /// "false" was as true as any, and so was its opposite.
  private static boolean truth(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Boolean truth -> truth;
      case Object other ->
          throw new ArithmeticException(
              "%s is neither true nor false; compare it, or ask empty(…)."
                  .formatted(other instanceof CharSequence ? "A text" : "What stands there"));
    };
  }

  private static final Pattern PATH = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)*");

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
    if (text.contains("`")) {
      throw new ExpressionFault(
          "Texts stand in single quotes: which variables are read inside backticks is not seen.");
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

  /// A number, a text, true or false; empty where a variable has no value.
  ///
  /// @throws ExpressionFault when it cannot be worked out
  public Optional<Object> evaluate(Map<String, Object> variables) throws ExpressionFault {
    try {
      return Optional.ofNullable(script.execute(new MapContext(variables)));
    } catch (JexlException | ArithmeticException | UnsupportedOperationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ExpressionFault(
          "\"%s\" cannot be worked out: %s".formatted(text, cause.getMessage()));
    }
  }

  /// Whether it is true. What is missing is false.
  ///
  /// @throws ExpressionFault when it cannot be worked out, or is neither true nor false
  public boolean test(Map<String, Object> variables) throws ExpressionFault {
    Optional<Object> value = evaluate(variables);
    try {
      return value.isPresent() && truth(value.get());
    } catch (ArithmeticException e) {
      throw new ExpressionFault("\"%s\" cannot be gone by: %s".formatted(text, e.getMessage()));
    }
  }

  /// What is no truth whatever the variables are, as far as that can be seen.
  ///
  /// @param neverTruths variables that are texts, numbers or records
  public Optional<String> neverATruth(Set<String> neverTruths) {
    String bare = text.strip().replaceFirst("^(not\\s+|!)", "").strip();
    boolean never = PATH.matcher(bare).matches() && neverTruths.contains(bare.split("\\.", 2)[0]);
    if (never) {
      return Optional.of(
          "\"%s\" is never true or false. Compare it, or write empty(%s) or not empty(%s)."
              .formatted(text, bare, bare));
    }
    if (!variables().isEmpty()) return Optional.empty();
    try {
      test(Map.of());
      return Optional.empty();
    } catch (ExpressionFault e) {
      return Optional.of(
          "\"%s\" is neither true nor false. Write what is to be compared, such as tries > 2."
              .formatted(text));
    }
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
