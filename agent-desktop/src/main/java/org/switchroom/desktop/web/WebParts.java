package org.switchroom.desktop.web;

import java.nio.file.Path;
import java.util.Optional;
import org.switchroom.cti.customer.BackOffice;
import org.switchroom.cti.customer.LogIns;
import org.switchroom.cti.history.AuditTrail;
import org.switchroom.cti.ivr.ScriptLibrary;
import org.switchroom.cti.ivr.ScriptStore;

/// What the screens look up.
///
/// @param recordings the folder; empty: nothing is recorded
public record WebParts(
    ScriptLibrary library,
    ScriptStore versions,
    BackOffice office,
    LogIns logIns,
    AuditTrail audit,
    Optional<Path> recordings) {}
