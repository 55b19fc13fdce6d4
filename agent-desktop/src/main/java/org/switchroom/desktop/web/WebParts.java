package org.switchroom.desktop.web;

import java.nio.file.Path;
import java.util.Optional;
import org.switchroom.cti.customer.BackOffice;
import org.switchroom.cti.customer.BlockList;
import org.switchroom.cti.customer.CustomerStore;
import org.switchroom.cti.customer.LogIns;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.history.AuditTrail;
import org.switchroom.cti.history.RefusedTurns;
import org.switchroom.cti.ivr.ScriptLibrary;
import org.switchroom.cti.ivr.ScriptStore;
import org.switchroom.desktop.settings.Settings;

/// What the screens look up.
///
/// @param blocked what is changed in it is so for the next caller
/// @param numbers as they are kept
/// @param recordings the folder of messages; empty: nothing is recorded
/// @param talks empty: none are recorded
/// @param phones empty: no browser is a telephone
public record WebParts(
    ScriptLibrary library,
    ScriptStore versions,
    BackOffice office,
    CustomerStore customers,
    LogIns logIns,
    AuditTrail audit,
    RefusedTurns refused,
    BlockList blocked,
    Numbers numbers,
    Optional<Path> recordings,
    Optional<RecordedTalks> talks,
    Optional<Settings.BrowserPhones> phones) {
  /// Where no talks are recorded, and no browser is a telephone.
  public WebParts(
      ScriptLibrary library,
      ScriptStore versions,
      BackOffice office,
      CustomerStore customers,
      LogIns logIns,
      AuditTrail audit,
      RefusedTurns refused,
      BlockList blocked,
      Numbers numbers,
      Optional<Path> recordings) {
    this(
        library,
        versions,
        office,
        customers,
        logIns,
        audit,
        refused,
        blocked,
        numbers,
        recordings,
        Optional.empty(),
        Optional.empty());
  }
}
