package org.switchroom.cti.customer.planted;

import org.switchroom.cti.event.Turn;
import org.switchroom.cti.history.RowChange;
import org.switchroom.cti.ledger.Ledger;

/// What nobody who knows customers may hold, so that the architecture test can be seen to fail.
public final class PlantedInCustomer {
  public Turn turn;
  public RowChange row;
  public Ledger ledger;
}
