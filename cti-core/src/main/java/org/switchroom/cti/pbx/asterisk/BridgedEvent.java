package org.switchroom.cti.pbx.asterisk;

import org.asteriskjava.manager.event.ManagerEvent;
import org.jspecify.annotations.Nullable;

/// A channel enters a bridge. Under Asterisk's own name, `BridgeEnter`, Asterisk-Java follows each
/// bridge by itself, and wants to hear of all that happens to it.
///
/// The library makes it of the headers that come; null: that one is missing.
public final class BridgedEvent extends ManagerEvent {
  static final String NAME = "Bridged";

  private static final long serialVersionUID = 1L;

  private @Nullable String uniqueId;
  private @Nullable String channel;
  private @Nullable String bridgeUniqueid;
  private @Nullable String swapUniqueid;

  public BridgedEvent(Object source) {
    super(source);
  }

  public @Nullable String getUniqueId() {
    return uniqueId;
  }

  public void setUniqueId(@Nullable String uniqueId) {
    this.uniqueId = uniqueId;
  }

  public @Nullable String getChannel() {
    return channel;
  }

  public void setChannel(@Nullable String channel) {
    this.channel = channel;
  }

  /// Whose place it takes; null: nobody's.
  public @Nullable String getSwapUniqueid() {
    return swapUniqueid;
  }

  public void setSwapUniqueid(@Nullable String swapUniqueid) {
    this.swapUniqueid = swapUniqueid;
  }

  public @Nullable String getBridgeUniqueid() {
    return bridgeUniqueid;
  }

  public void setBridgeUniqueid(@Nullable String bridgeUniqueid) {
    this.bridgeUniqueid = bridgeUniqueid;
  }
}
