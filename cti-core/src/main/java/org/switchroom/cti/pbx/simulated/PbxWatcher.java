package org.switchroom.cti.pbx.simulated;

/// What happens on a simulated PBX, for whoever measures or checks. Called on the PBX's own loop.
public interface PbxWatcher {
  default void held(String call, long nanoTime) {}

  default void rung(String call, String device, long nanoTime) {}

  /// A number outside is called.
  ///
  /// @param channel that calls it
  default void dialed(String channel) {}

  default void bridged(String call, String device) {}

  /// The caller has pressed a key, in a script or while held.
  default void keyPressed(String call, long nanoTime) {}

  /// The script has something played.
  default void prompted(String call, String file, long nanoTime) {}

  /// @param files what a held caller hears
  default void said(String call, String files) {}

  /// Whoever is at the end of this channel hears a key.
  default void heardDigit(String call, String digit) {}

  /// Whom this channel has dialed outside hears a key.
  default void heardOutside(String call, String digit) {}

  default void callEnded(String call, boolean wasBridged) {}
}
