package org.switchroom.cti.pbx;

import java.time.Duration;
import org.switchroom.ivr.Caller;

/// Where a PBX brings a caller who is to be led through a script.
@FunctionalInterface
public interface IvrGate {
  /// A caller at the gate.
  ///
  /// @param script the one to run; empty: the one of the dialed number
  record Visit(
      CallId call, PhoneNumber from, PhoneNumber dialed, Why why, String script, CallerName name) {
    /// Of somebody who is not called anything.
    public Visit(CallId call, PhoneNumber from, PhoneNumber dialed, Why why, String script) {
      this(call, from, dialed, why, script, CallerName.NONE);
    }
  }

  /// Why somebody comes to the gate.
  enum Why {
    /// They have called.
    ARRIVED,
    /// A queue has sent them, or an agent has hung up.
    SENT,
    /// They have taken up what a queue offers those who wait, and keep their place.
    OFFERED,
    /// The number that a script wanted was not reached.
    NOT_CONNECTED
  }

  /// Leads the caller; returns where the dialplan shall take them. Blocks for as long as the script
  /// runs.
  Placement serve(Visit visit, Caller caller);

  /// Where the dialplan takes the caller after the script.
  sealed interface Placement {
    /// @param ask skills beside the queue's; empty: none
    /// @param language that the caller chose
    /// @param arrivedEpochMilli when the caller began to wait
    /// @param music the PBX's class of it; empty: its default
    record Hold(
        String queue,
        int priority,
        String ask,
        String language,
        long arrivedEpochMilli,
        String music)
        implements Placement {
      /// With the PBX's default music.
      public Hold(String queue, int priority, String ask, String language, long arrivedEpochMilli) {
        this(queue, priority, ask, language, arrivedEpochMilli, "");
      }
    }

    /// @param dial as the PBX dials it, such as `PJSIP/100@trunk`
    /// @param number for the PBX's own records
    /// @param limit of the talk with whoever answers there
    record Dial(String number, String dial, Duration ring, TalkLimit limit) implements Placement {}

    /// To where they waited before, with everything as it was.
    record Back() implements Placement {}

    record HangUp() implements Placement {}
  }
}
