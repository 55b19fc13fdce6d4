package org.switchroom.cti.runtime;

/// Ends the process at once, because going on could do harm: nothing of the turn that failed has
/// left it, the dialplan holds everybody, and whoever watches over the process starts it again.
public interface Halt {
  /// What the process ends with: software error, in `sysexits.h`.
  int STATUS = 70;

  /// Does not come back.
  ///
  /// @param why for the log
  /// @param fault what was thrown, or where a turn hangs
  void halt(String why, Throwable fault);
}
