package org.switchroom.cti.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.switchroom.cti.ledger.Ledger;

/// Waiting for a ledger's disk.
public final class Forced {
  private Forced() {}

  /// Waits until all that is appended by now is on the disk.
  public static void await(Ledger ledger) {
    var forced = new CompletableFuture<Void>();
    ledger.whenForced(ledger.lastAppended(), () -> forced.complete(null));
    forced.orTimeout(30, TimeUnit.SECONDS).join();
  }
}
