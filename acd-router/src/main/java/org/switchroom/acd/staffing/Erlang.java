package org.switchroom.acd.staffing;

/// Erlang's formulas, computed so that thousands of agents neither overflow nor lose precision.
///
/// Sources: A. K. Erlang (1917); for impatient callers C. Palm (1946), in the form of S. Zeltyn and
/// A. Mandelbaum, *Call centers with impatient customers* (2005), doi:10.1007/s11134-005-3699-8.
public final class Erlang {
  private static final int MOST_AGENTS = 10_000_000;

  private Erlang() {}

  /// Erlang B: the share of contacts that are lost where nobody can wait.
  ///
  /// @param erlangs the load, more than 0
  public static double b(double erlangs, int agents) {
    check(agents);
    double inverse = 1;
    for (int n = 1; n <= agents; n++) inverse = 1 + inverse * n / erlangs;
    return 1 / inverse;
  }

  /// Erlang C: the share of contacts that wait where nobody gives up; 1 where the agents cannot
  /// keep up.
  public static double c(double erlangs, int agents) {
    if (agents <= erlangs) return 1;
    double b = b(erlangs, agents);
    return b / (1 - erlangs / agents * (1 - b));
  }

  /// Erlang A where callers give up, Erlang C where they do not.
  ///
  /// @param target within which contacts are to be served, in the unit of the load's rates
  public static StaffingFigures figures(Load load, int agents, double target) {
    check(agents);
    if (!(target >= 0)) {
      throw new IllegalArgumentException(
          "The target is %s; it must be zero or more.".formatted(target));
    }
    return load.abandonRate() == 0
        ? patient(load, agents, target)
        : impatient(load, agents, target);
  }

  private static StaffingFigures patient(Load load, int agents, double target) {
    double spare = agents * load.serviceRate() - load.arrivalRate();
    if (spare <= load.arrivalRate() * 1e-12)
      return new StaffingFigures(1, 0, Double.POSITIVE_INFINITY, 0, 1);
    double waits = c(load.erlangs(), agents);
    double late = waits * Math.exp(-spare * target);
    return new StaffingFigures(waits, 0, waits / spare, 1 - late, load.erlangs() / agents);
  }

  /// The density of the virtual wait is `v(t) = n μ pₙ e^g(t)`, with `g(t) = λ (1 - e^(-θt)) / θ -
  /// n μ t` (Zeltyn and Mandelbaum, 2005), so every figure is an integral. All are scaled by the
  /// largest `e^g`.
  private static StaffingFigures impatient(Load load, int agents, double target) {
    double patience = load.abandonRate();
    if (agents == 0) return new StaffingFigures(1, 1, 1 / patience, 0, 0);
    double capacity = agents * load.serviceRate();
    var wait = new VirtualWait(load.arrivalRate(), capacity, patience);
    double below = (1 / b(load.erlangs(), agents) - 1) * Math.exp(-wait.largest());
    // So many agents that the chance to wait is no number any more.
    if (Double.isInfinite(below)) return new StaffingFigures(0, 0, 0, 1, load.erlangs() / agents);
    double above = capacity * wait.integral(_ -> 1, Double.POSITIVE_INFINITY);
    double gone =
        capacity * wait.integral(t -> -Math.expm1(-patience * t), Double.POSITIVE_INFINITY);
    double inTime = capacity * wait.integral(t -> Math.exp(-patience * t), target);
    double all = below + above;
    double abandons = gone / all;
    return new StaffingFigures(
        above / all,
        abandons,
        abandons / patience,
        below / all + inTime / all,
        Math.min(load.arrivalRate() * (1 - abandons) / capacity, 1));
  }

  /// The least number of agents that reaches a service level.
  ///
  /// @param serviceLevel from 0 to 1, 1 not included
  /// @param mostOccupancy not to be exceeded; 1: any
  public static int staff(Load load, double serviceLevel, double target, double mostOccupancy) {
    if (!(serviceLevel >= 0 && serviceLevel < 1)) {
      throw new IllegalArgumentException(
          "The service level is %s; it must be from 0 to 1, 1 not included."
              .formatted(serviceLevel));
    }
    if (!(mostOccupancy > 0 && mostOccupancy <= 1)) {
      throw new IllegalArgumentException(
          "The occupancy is %s; it must be more than 0 and at most 1.".formatted(mostOccupancy));
    }
    int enough = 1;
    while (!reaches(load, enough, serviceLevel, target, mostOccupancy)) {
      if (enough >= MOST_AGENTS / 2) {
        throw new IllegalArgumentException(
            "More than %d agents would be needed.".formatted(MOST_AGENTS / 2));
      }
      enough *= 2;
    }
    int tooFew = enough / 2;
    while (enough - tooFew > 1) {
      int middle = (enough + tooFew) >>> 1;
      if (reaches(load, middle, serviceLevel, target, mostOccupancy)) enough = middle;
      else tooFew = middle;
    }
    return enough;
  }

  private static boolean reaches(
      Load load, int agents, double serviceLevel, double target, double mostOccupancy) {
    StaffingFigures figures = figures(load, agents, target);
    return figures.serviceLevel() >= serviceLevel && figures.occupancy() <= mostOccupancy;
  }

  private static void check(int agents) {
    if (agents < 0 || agents > MOST_AGENTS) {
      throw new IllegalArgumentException(
          "%d agents; it must be from 0 to %d.".formatted(agents, MOST_AGENTS));
    }
  }
}
