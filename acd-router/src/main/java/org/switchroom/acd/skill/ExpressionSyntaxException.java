package org.switchroom.acd.skill;

/// An expression that cannot be read. `column` counts from 1.
public final class ExpressionSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private final int column;

  ExpressionSyntaxException(String text, int column, String expected) {
    super("In \"%s\", column %d: expected %s.".formatted(text, column, expected));
    this.column = column;
  }

  public int column() {
    return column;
  }
}
