package org.switchroom.acd;

/// A contact's name: one caller's visit, from arrival to the end.
public record ContactId(String value) {
  public ContactId {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("A contact's id is empty.");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
