package org.switchroom.acd;

/// Where decisions go, in the order in which they were made.
@FunctionalInterface
public interface DecisionSink {
  void accept(Decision decision);
}
