package org.switchroom.desktop;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.RealAsterisk;

/// [NuisanceCallersTest] on a real Asterisk.
@NeedsAsterisk
class NuisanceOnAsteriskTest {
  @TempDir Path folder;

  @Test
  void onAsterisk() throws Exception {
    try (var rig = new RealAsterisk()) {
      NuisanceCallersTest.whoIsAbusiveIsHungUpAndBlockedAndTheNextCallIsNotTaken(rig, folder);
    }
  }
}
