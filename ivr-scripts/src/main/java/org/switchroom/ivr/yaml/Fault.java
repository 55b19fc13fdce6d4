package org.switchroom.ivr.yaml;

/// What is wrong with a file, where, and what would be right. `line` counts from 1.
public record Fault(String file, int line, String message) {
  @Override
  public String toString() {
    return file + ":" + line + ": " + message;
  }
}
