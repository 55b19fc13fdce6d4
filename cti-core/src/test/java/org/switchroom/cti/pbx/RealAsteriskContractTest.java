package org.switchroom.cti.pbx;

import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.RealAsterisk;

@NeedsAsterisk
class RealAsteriskContractTest extends PbxContract {
  @Override
  PbxRig openRig() {
    return new RealAsterisk();
  }
}
