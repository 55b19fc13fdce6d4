package org.switchroom.cti.pbx;

import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.SimulatedRig;

class SimulatedPbxContractTest extends PbxContract {
  @Override
  PbxRig openRig() {
    return new SimulatedRig();
  }
}
