package org.switchroom.cti.pbx.asterisk;

import org.asteriskjava.manager.event.ManagerEvent;

/// Nothing that Asterisk says: [AmiFlow] reads it among the messages, to see how far the listener
/// is.
public final class FlowMarkEvent extends ManagerEvent {
  static final String NAME = "FlowMark";

  private static final long serialVersionUID = 1L;

  public FlowMarkEvent(Object source) {
    super(source);
  }
}
