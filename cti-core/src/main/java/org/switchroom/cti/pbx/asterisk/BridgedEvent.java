package org.switchroom.cti.pbx.asterisk;

import org.asteriskjava.manager.event.ManagerEvent;

/// A channel enters a bridge. Under Asterisk's own name, `BridgeEnter`, Asterisk-Java follows each
/// bridge by itself, and wants to hear of all that happens to it.
public final class BridgedEvent extends ManagerEvent {
  static final String NAME = "Bridged";

  private static final long serialVersionUID = 1L;

  private String uniqueId;
  private String bridgeUniqueid;

  public BridgedEvent(Object source) {
    super(source);
  }

  public String getUniqueId() {
    return uniqueId;
  }

  public void setUniqueId(String uniqueId) {
    this.uniqueId = uniqueId;
  }

  public String getBridgeUniqueid() {
    return bridgeUniqueid;
  }

  public void setBridgeUniqueid(String bridgeUniqueid) {
    this.bridgeUniqueid = bridgeUniqueid;
  }
}
