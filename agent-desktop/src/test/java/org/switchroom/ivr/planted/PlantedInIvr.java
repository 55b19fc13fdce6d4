package org.switchroom.ivr.planted;

import org.switchroom.acd.ContactId;
import org.switchroom.cti.pbx.CallId;

/// What no class of the scripts' library may do, so that the architecture test can be seen to fail.
public final class PlantedInIvr {
  public CallId phone;
  public ContactId contact;
}
