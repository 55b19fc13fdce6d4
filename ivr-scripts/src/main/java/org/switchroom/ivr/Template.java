package org.switchroom.ivr;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.switchroom.ivr.expression.Expression;
import org.switchroom.ivr.expression.ExpressionFault;

/// A text with values in it: `https://shop.example/orders/{order.number}`.
public final class Template {
  private sealed interface Part {
    record Text(String text) implements Part {}

    record Value(Expression value) implements Part {}
  }

  private final String source;
  private final List<Part> parts = new ArrayList<>();

  private Template(String source) {
    this.source = source;
  }

  /// @throws ExpressionFault when an expression in braces cannot be read
  public static Template parse(String source) throws ExpressionFault {
    var template = new Template(source);
    int at = 0;
    while (at < source.length()) {
      int open = source.indexOf('{', at);
      if (open < 0) open = source.length();
      if (open > at) template.parts.add(new Part.Text(source.substring(at, open)));
      if (open == source.length()) break;
      int close = source.indexOf('}', open);
      String inside = close < 0 ? "" : source.substring(open + 1, close);
      template.parts.add(new Part.Value(Expression.parse(inside)));
      if (close < 0) break;
      at = close + 1;
    }
    return template;
  }

  /// What stands for a template that cannot be read: it is empty.
  public static Template nothing() {
    return new Template("");
  }

  /// Whether it is the same for everybody.
  public boolean isLiteral() {
    return parts.stream().allMatch(Part.Text.class::isInstance);
  }

  /// The text before the first value.
  public String literalBeginning() {
    return !parts.isEmpty() && parts.getFirst() instanceof Part.Text(var text) ? text : "";
  }

  public Set<String> variables() {
    var variables = new LinkedHashSet<String>();
    for (Part part : parts) {
      if (part instanceof Part.Value(var value)) variables.addAll(value.variables());
    }
    return variables;
  }

  /// @param encode what is done to each value, such as encoding it for a URL
  public String fill(Map<String, Object> variables, UnaryOperator<String> encode)
      throws ExpressionFault {
    var text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Text(var plain) -> text.append(plain);
        case Part.Value(var expression) -> {
          Optional<Object> value = expression.evaluate(variables);
          text.append(value.map(Object::toString).map(encode).orElse(""));
        }
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return source;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Template template && template.source.equals(source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }
}
