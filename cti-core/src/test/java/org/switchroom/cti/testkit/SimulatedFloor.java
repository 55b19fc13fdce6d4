package org.switchroom.cti.testkit;

import java.time.Duration;
import org.switchroom.cti.pbx.simulated.PbxWatcher;
import org.switchroom.cti.pbx.simulated.PhoneBehavior;
import org.switchroom.cti.pbx.simulated.SimulatedPbx;

/// A simulated PBX that runs, with the user and secret of tests.
public final class SimulatedFloor {
  private SimulatedFloor() {}

  /// @param prompt how long each prompt takes
  /// @param watcher is told what callers and phones come to
  public static SimulatedPbx open(Duration prompt, PbxWatcher watcher) throws InterruptedException {
    var pbx =
        new SimulatedPbx(new SimulatedPbx.Options(0, PbxRig.USER, PbxRig.SECRET, prompt), watcher);
    pbx.start();
    return pbx;
  }

  /// The same, with phones.
  ///
  /// @param phones so many, from 1001 on
  public static SimulatedPbx open(
      Duration prompt, int phones, Duration answerAfter, PbxWatcher watcher)
      throws InterruptedException {
    SimulatedPbx pbx = open(prompt, watcher);
    for (int i = 1; i <= phones; i++) {
      pbx.phone(PbxRig.device(i), PhoneBehavior.answersAfter(answerAfter));
    }
    return pbx;
  }
}
