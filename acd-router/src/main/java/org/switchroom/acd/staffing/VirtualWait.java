package org.switchroom.acd.staffing;

/// How long a caller of endless patience would wait, where others give up: `e^g(t)`, where it
/// matters.
final class VirtualWait {
  /// Beyond so many powers of e below the largest nothing is added any more.
  private static final double NEGLIGIBLE = 45;

  private final double arrivals;
  private final double capacity;
  private final double patience;
  private final double peak;
  private final double from;
  private final double to;

  VirtualWait(double arrivals, double capacity, double patience) {
    this.arrivals = arrivals;
    this.capacity = capacity;
    this.patience = patience;
    peak = arrivals > capacity ? Math.log(arrivals / capacity) / patience : 0;
    from = peak == 0 || matters(0) ? 0 : edge(peak, 0);
    double beyond = Math.max(peak, 1 / capacity) * 2;
    while (matters(beyond)) beyond *= 2;
    to = edge(peak, beyond);
  }

  /// The largest `g`.
  double largest() {
    return -arrivals * Math.expm1(-patience * peak) / patience - capacity * peak;
  }

  /// Of `weight(t) e^(g(t) - largest)`, from 0.
  double integral(Integral.Function weight, double until) {
    double end = Math.min(until, to);
    Integral.Function weighted = t -> weight.at(t) * Math.exp(below(t));
    if (end <= peak) return Integral.of(weighted, from, end);
    return Integral.of(weighted, from, peak) + Integral.of(weighted, peak, end);
  }

  /// `g(t) - largest`, without taking the difference of two large numbers.
  private double below(double t) {
    double x = patience * (t - peak);
    double rate = peak == 0 ? arrivals : capacity;
    return -(rate * curve(x) + (capacity - rate) * x) / patience;
  }

  /// `e^-x - 1 + x`
  private static double curve(double x) {
    if (Math.abs(x) > 1e-2) return Math.expm1(-x) + x;
    return x * x * (1 / 2.0 - x * (1 / 6.0 - x * (1 / 24.0 - x * (1 / 120.0 - x / 720))));
  }

  private boolean matters(double t) {
    return below(t) > -NEGLIGIBLE;
  }

  /// Between where it matters and where it does not.
  private double edge(double inside, double outside) {
    double in = inside;
    double out = outside;
    for (int i = 0; i < 60; i++) {
      double middle = (in + out) / 2;
      if (matters(middle)) in = middle;
      else out = middle;
    }
    return out;
  }
}
