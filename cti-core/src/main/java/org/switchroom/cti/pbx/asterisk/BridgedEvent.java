package org.switchroom.cti.pbx.asterisk;

import org.asteriskjava.manager.event.ManagerEvent;

/// A channel enters a bridge. Under Asterisk's own name, `BridgeEnter`, Asterisk-Java follows each
/// bridge by itself, and wants to hear of all that happens to it.
public final class BridgedEvent extends ManagerEvent {
  static final String NAME = "Bridged";

  private static final long serialVersionUID = 1L;

  private String uniqueId;
  private String channel;
  private String bridgeUniqueid;
  private String swapUniqueid;

  public BridgedEvent(Object source) {
    super(source);
  }

  public String getUniqueId() {
    return uniqueId;
  }

  public void setUniqueId(String uniqueId) {
    this.uniqueId = uniqueId;
  }

  public String getChannel() {
    return channel;
  }

  public void setChannel(String channel) {
    this.channel = channel;
  }

  /// Whose place it takes; null: nobody's.
  public String getSwapUniqueid() {
    return swapUniqueid;
  }

  public void setSwapUniqueid(String swapUniqueid) {
    this.swapUniqueid = swapUniqueid;
  }

  public String getBridgeUniqueid() {
    return bridgeUniqueid;
  }

  public void setBridgeUniqueid(String bridgeUniqueid) {
    this.bridgeUniqueid = bridgeUniqueid;
  }
}
