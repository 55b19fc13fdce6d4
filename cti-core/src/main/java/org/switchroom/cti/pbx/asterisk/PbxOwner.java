package org.switchroom.cti.pbx.asterisk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// A server that serves an Asterisk's callers. Of several that could, one does, and says so in a
/// global variable there ([Kit#GLOBAL_OWNER]).
///
/// @param ledger where its calls are written: a server that is started again is the same owner
/// @param run of the ledger; of two on copies of one, the one that began last is the owner
/// @param where it runs, for people
public record PbxOwner(String ledger, String run, String where) {
  private static final Path NAME = Path.of("/etc/hostname");

  public PbxOwner {
    ledger = plain(ledger);
    run = plain(run);
    where = plain(where);
  }

  /// This process, on this ledger.
  ///
  /// @param ledger a ledger that goes with the process makes a new owner each time
  public static PbxOwner of(String ledger) {
    String where = "process " + ProcessHandle.current().pid() + " on " + machine();
    return new PbxOwner(ledger, UUID.randomUUID().toString(), where);
  }

  /// Without asking the net, which may take long to say that it does not know.
  private static String machine() {
    try {
      return Files.readString(NAME).strip();
    } catch (IOException e) {
      return "a machine without a name";
    }
  }

  private static String plain(String text) {
    return text.replaceAll("[^A-Za-z0-9 ._-]", "");
  }
}
