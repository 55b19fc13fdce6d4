package org.switchroom.acd.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchroom.acd.plan.Policy;
import org.switchroom.acd.plan.Reserve;
import org.switchroom.acd.skill.SkillExpression;

/// What is to be simulated.
///
/// @param seed the same seed gives the same run
/// @param contacts counted, after the warm-up
/// @param target seconds within which a contact is to be served, for the service level
/// @param limit the most contacts in the system, beyond it they are blocked; 0: none
/// @param queueLimit the most contacts waiting in all, beyond it they are blocked; -1: none
/// @param policy a policy's or a strategy's name
/// @param weights of the policy `weighted`; empty: it is another
public record Scenario(
    long seed,
    long contacts,
    long warmup,
    double target,
    int limit,
    int queueLimit,
    String policy,
    Optional<Policy.Weighted> weights,
    List<CallerClass> classes,
    List<AgentGroup> agents,
    List<Reserve> reserves) {

  /// Callers who come by a Poisson process.
  ///
  /// @param perHour how many
  /// @param patience mean seconds until they give up, exponential; infinite: they never do
  /// @param tries groups of agents by name, in the order in which they are tried; mostly empty
  /// @param cost for the policy `c-mu`
  /// @param ratio for the policy `queue-ratio`
  public record CallerClass(
      String name,
      double perHour,
      double patience,
      int priority,
      int aging,
      int weight,
      SkillExpression ask,
      List<String> tries,
      int cost,
      int ratio) {}

  /// Agents who are alike.
  ///
  /// @param handle mean seconds for a contact, exponential
  /// @param prefers classes by name, in the order in which they are taken; mostly empty
  public record AgentGroup(
      String name, int count, Map<String, Integer> skills, double handle, List<String> prefers) {}
}
