package org.switchroom.acd.plan;

import java.util.List;

/// How the whole center routes.
///
/// @param reserves agents kept free; mostly empty
/// @param shadow a policy that is asked beside the live one and changes nothing; null: none
public record RoutingPlan(Policy policy, List<Reserve> reserves, Policy shadow) {
  public static final RoutingPlan DEFAULT =
      new RoutingPlan(new Policy.LongestIdle(), List.of(), null);

  public RoutingPlan {
    reserves = List.copyOf(reserves);
  }
}
