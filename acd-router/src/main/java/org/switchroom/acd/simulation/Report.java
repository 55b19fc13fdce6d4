package org.switchroom.acd.simulation;

import java.util.Map;

/// What a simulation has found. Shares are fractions of the contacts offered; times are in seconds.
/// `Error` is half the width of a 99.9 % confidence interval, from batch means.
///
/// @param contactsPerSecond of real time
/// @param blocked share of all contacts
public record Report(
    double contactsPerSecond,
    double blocked,
    Map<String, Figures> classes,
    Map<String, Group> agents) {
  /// @param meanWait over accepted contacts, those who gave up included
  /// @param meanQueue how many waited, over time
  /// @param serviceLevel served within the target, of those accepted
  public record Figures(
      long offered,
      double served,
      double abandoned,
      double blocked,
      double meanWait,
      double meanQueue,
      double serviceLevel,
      double meanWaitError,
      double abandonedError,
      double blockedError,
      double serviceLevelError) {}

  /// @param utilisation share of the time with a contact
  public record Group(double utilisation) {}
}
