package org.switchroom.acd.plan;

import java.util.List;
import java.util.Optional;

/// How the whole center routes.
///
/// @param reserves agents kept free; mostly empty
/// @param shadow a policy that is asked beside the live one and changes nothing; empty: none
/// @param staffed whom a queue is staffed by
public record RoutingPlan(
    Policy policy, List<Reserve> reserves, Optional<Policy> shadow, Staffed staffed) {
  public static final RoutingPlan DEFAULT = new RoutingPlan(new Policy.LongestIdle(), List.of());

  public RoutingPlan {
    reserves = List.copyOf(reserves);
    // What was written down before there was a choice says nothing.
    if (staffed == null) staffed = Staffed.DEFAULT;
  }

  /// One without a shadow.
  public RoutingPlan(Policy policy, List<Reserve> reserves) {
    this(policy, reserves, Optional.empty(), Staffed.DEFAULT);
  }

  public RoutingPlan withStaffed(Staffed other) {
    return new RoutingPlan(policy, reserves, shadow, other);
  }
}
