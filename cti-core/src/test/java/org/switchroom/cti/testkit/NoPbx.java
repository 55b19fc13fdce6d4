package org.switchroom.cti.testkit;

import java.util.Set;
import java.util.function.Consumer;
import org.switchroom.cti.pbx.Pbx;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;

/// No telephone system. A test that wants to know what it is sent overrides that.
public class NoPbx implements Pbx {
  @Override
  public void start(Set<String> phones, Consumer<PbxEvent> facts) {}

  @Override
  public void watch(Set<String> phones) {}

  @Override
  public void send(PbxCommand command) {}

  @Override
  public void close() {}
}
