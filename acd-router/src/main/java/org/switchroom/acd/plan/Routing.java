package org.switchroom.acd.plan;

import java.util.List;

/// How the whole center routes.
///
/// @param reserves agents kept free; mostly empty
/// @param shadow a policy that is asked beside the live one and changes nothing; null: none
public record Routing(Policy policy, List<Reserve> reserves, Policy shadow) {
  public static final Routing DEFAULT = new Routing(new Policy.LongestIdle(), List.of(), null);

  public Routing {
    reserves = List.copyOf(reserves);
  }
}
