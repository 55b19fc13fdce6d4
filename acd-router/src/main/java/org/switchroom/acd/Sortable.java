package org.switchroom.acd;

/// Broken numbers as whole ones in the same order.
final class Sortable {
  private Sortable() {}

  /// A whole number that is ordered as the floating one is.
  static long of(double value) {
    long bits = Double.doubleToLongBits(value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }
}
