package org.switchroom.ivr.yaml;

import java.util.List;
import java.util.stream.Collectors;

/// A file that was refused, with everything that is wrong with it.
public final class FaultsException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<Fault> faults;

  public FaultsException(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }
}
