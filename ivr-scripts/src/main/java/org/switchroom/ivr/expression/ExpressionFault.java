package org.switchroom.ivr.expression;

import static java.util.Objects.requireNonNull;

/// An expression that cannot be read, or not be worked out. The message says which and why.
public final class ExpressionFault extends Exception {
  private static final long serialVersionUID = 1L;

  ExpressionFault(String message) {
    super(message, null, false, false);
  }

  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}
