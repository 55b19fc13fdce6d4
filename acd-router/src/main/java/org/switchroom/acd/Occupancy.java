package org.switchroom.acd;

/// The share of time in which an agent had a contact, weighted by `e^(-age / 1 h)`: it rises toward
/// 1 while they have one and falls toward 0 while they have none, as a load average does.
///
/// It falls for all free agents by the same factor, so their order does not change while they are
/// free: `ln share + time / 1 h` is a static key. What is missing to 1 falls alike for all who have
/// a contact and could take another one: `-ln (1 - share) - time / 1 h` is theirs. Free agents and
/// busy ones are never compared, because those with less in hand come first.
final class Occupancy {
  private static final double HOUR = 3.6e12;

  private double share;
  private long asOf;

  void begin(long at) {
    share = 0;
    asOf = at;
  }

  /// They were free until now.
  void busy(long at) {
    share *= decay(at);
  }

  /// They had a contact until now.
  void free(long at) {
    share = 1 - (1 - share) * decay(at);
  }

  private double decay(long at) {
    double decay = StrictMath.exp(-Math.max(at - asOf, 0) / HOUR);
    asOf = at;
    return decay;
  }

  double share() {
    return share;
  }

  long asOf() {
    return asOf;
  }

  void recall(double share, long asOf) {
    this.share = share;
    this.asOf = asOf;
  }

  /// Orders agents who have nothing in hand, or those who have something: smaller is less occupied.
  long key(boolean busy) {
    if (busy) return Sortable.of(-StrictMath.log(1 - share) - asOf / HOUR);
    return Sortable.of(share <= 0 ? Double.NEGATIVE_INFINITY : StrictMath.log(share) + asOf / HOUR);
  }
}
