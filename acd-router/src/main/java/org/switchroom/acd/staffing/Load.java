package org.switchroom.acd.staffing;

/// What comes in and how long it takes. Any unit of time, the same throughout.
///
/// @param arrivalRate contacts per unit of time, more than 0
/// @param serviceRate contacts that one agent ends per unit of time, more than 0
/// @param abandonRate 1 / mean patience; 0: nobody gives up
public record Load(double arrivalRate, double serviceRate, double abandonRate) {
  /// @throws IllegalArgumentException when a rate is out of its range
  public Load {
    if (!(arrivalRate > 0) || !Double.isFinite(arrivalRate)) fail("arrival rate", arrivalRate);
    if (!(serviceRate > 0) || !Double.isFinite(serviceRate)) fail("service rate", serviceRate);
    if (!(abandonRate >= 0) || !Double.isFinite(abandonRate)) fail("abandon rate", abandonRate);
  }

  /// In erlangs: how many agents would be busy if nobody ever waited or gave up.
  public double erlangs() {
    return arrivalRate / serviceRate;
  }

  private static void fail(String name, double value) {
    throw new IllegalArgumentException(
        "The %s is %s; it must be a number above zero.".formatted(name, value));
  }
}
