package org.switchroom.cti.testkit;

import org.switchroom.cti.center.Effect;
import org.switchroom.cti.runtime.EffectRunner;

/// Knows nobody.
///
/// @param asked runs when it is asked for somebody, or told to write
public record NoCustomers(Runnable asked) implements EffectRunner.Customers {
  public NoCustomers() {
    this(() -> {});
  }

  @Override
  public void lookUp(Effect.LookUp who) {
    asked.run();
  }

  @Override
  public void write(Effect.WriteCustomer customer) {
    asked.run();
  }
}
