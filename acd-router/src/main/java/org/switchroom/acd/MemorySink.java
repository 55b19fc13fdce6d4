package org.switchroom.acd;

/// Where changes of the router's memory go. They are to be taken in the order in which they come.
@FunctionalInterface
public interface MemorySink {
  void accept(MemoryChange change);
}
