package org.switchroom.cti.pbx.asterisk;

import org.asteriskjava.manager.event.ManagerEvent;

/// What the kit's `switchroom-check` writes into a caller's number, as a hostile caller would. Who
/// hears it would hear such a caller too.
public final class SwitchroomCheckEvent extends ManagerEvent {
  private static final long serialVersionUID = 1L;

  public SwitchroomCheckEvent(Object source) {
    super(source);
  }
}
