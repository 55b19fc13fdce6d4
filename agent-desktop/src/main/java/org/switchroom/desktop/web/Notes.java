package org.switchroom.desktop.web;

import org.switchroom.cti.center.Input;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.runtime.EngineInbox;

/// What the audit is told of by the web server: in the ledger's order, with everything else.
final class Notes {
  private final EngineInbox engine;

  Notes(EngineInbox engine) {
    this.engine = engine;
  }

  /// @param who a user's name
  /// @param about whom or what, or from where
  void note(String who, Deed what, String about) {
    engine.note(new Input.Note(who, what, about));
  }
}
