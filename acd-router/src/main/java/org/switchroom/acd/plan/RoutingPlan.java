package org.switchroom.acd.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the whole center routes.
///
/// @param reserves agents kept free; mostly empty
/// @param shadow a policy that is asked beside the live one and changes nothing; null: none
/// @param staffed whom a queue is staffed by
public record RoutingPlan(
    Policy policy, List<Reserve> reserves, @Nullable Policy shadow, Staffed staffed) {
  public static final RoutingPlan DEFAULT =
      new RoutingPlan(new Policy.LongestIdle(), List.of(), null);

  public RoutingPlan {
    reserves = List.copyOf(reserves);
    // What was written down before there was a choice says nothing.
    if (staffed == null) staffed = Staffed.DEFAULT;
  }

  public RoutingPlan(Policy policy, List<Reserve> reserves, @Nullable Policy shadow) {
    this(policy, reserves, shadow, Staffed.DEFAULT);
  }

  public RoutingPlan withStaffed(Staffed other) {
    return new RoutingPlan(policy, reserves, shadow, other);
  }
}
