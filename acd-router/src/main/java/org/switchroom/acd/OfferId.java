package org.switchroom.acd;

/// One offer of one contact to one agent. Numbers rise and are never used twice in a run.
public record OfferId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
