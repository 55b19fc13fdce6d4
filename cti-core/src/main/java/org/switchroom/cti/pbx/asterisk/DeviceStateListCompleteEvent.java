package org.switchroom.cti.pbx.asterisk;

import org.asteriskjava.manager.event.ManagerEvent;

/// All devices that have told a state are told; the library has no class for it.
public final class DeviceStateListCompleteEvent extends ManagerEvent {
  private static final long serialVersionUID = 1L;

  public DeviceStateListCompleteEvent(Object source) {
    super(source);
  }
}
