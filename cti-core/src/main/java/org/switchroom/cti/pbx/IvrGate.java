package org.switchroom.cti.pbx;

import org.switchroom.ivr.Caller;

/// Where a PBX brings a caller who is to be led through a script.
@FunctionalInterface
public interface IvrGate {
  /// Leads the caller; returns where the dialplan shall take them. Blocks for as long as the script
  /// runs.
  Placement serve(CallId call, PhoneNumber from, PhoneNumber dialed, Caller caller);

  /// Where the dialplan takes the caller after the script.
  sealed interface Placement {
    /// @param arrivedEpochMilli when the caller began to wait
    record Hold(String queue, int priority, long arrivedEpochMilli) implements Placement {}

    record HangUp() implements Placement {}
  }
}
