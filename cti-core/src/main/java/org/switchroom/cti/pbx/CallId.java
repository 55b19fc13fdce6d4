package org.switchroom.cti.pbx;

/// A caller's call: the PBX's own unique id of the caller's channel.
public record CallId(String value) {
  public CallId {
    if (value == null || value.isBlank())
      throw new IllegalArgumentException("A call's id is empty.");
  }

  @Override
  public String toString() {
    return value;
  }
}
