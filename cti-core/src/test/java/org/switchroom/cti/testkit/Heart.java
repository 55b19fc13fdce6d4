package org.switchroom.cti.testkit;

import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.switchroom.cti.pbx.Pbx;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;

/// Beats for a PBX whose engine is a test.
public final class Heart implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("heart").daemon().factory());

  /// Starts the PBX too.
  public Heart(Pbx pbx, Set<String> phones, Consumer<PbxEvent> facts) {
    pbx.start(phones, facts);
    this(pbx);
  }

  public Heart(Pbx pbx) {
    timer.scheduleAtFixedRate(() -> pbx.send(new PbxCommand.Heartbeat()), 0, 1, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
