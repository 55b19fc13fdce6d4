package org.switchroom.desktop.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.switchroom.cti.ledger.OwnerOnly;
import org.switchroom.cti.store.Database;
import org.switchroom.desktop.settings.Settings;

/// The files of a center that have what customers said, or what proves who is who: nobody but the
/// user that the server runs as may read them. Prompts and recordings are not among them, which the
/// PBX reads and writes.
public final class OwnFiles {
  private OwnFiles() {}

  /// Those that are there.
  private static List<Path> of(Settings settings) throws IOException {
    var files = new ArrayList<>(Database.files(settings.database().url()));
    settings.serverKey().ifPresent(files::add);
    if (settings.ledger().filter(Files::isDirectory).isPresent()) {
      try (var all = Files.walk(settings.ledger().get())) {
        files.addAll(
            all.filter(file -> Files.isRegularFile(file) || Files.isDirectory(file)).toList());
      }
    }
    files.removeIf(Files::notExists);
    return files;
  }

  /// Closes those that others can read, and says which.
  ///
  /// @throws IOException when what is there cannot be looked at
  public static void close(Settings settings) throws IOException {
    for (Path file : of(settings)) OwnerOnly.close(file);
  }

  /// Those that others can read. What goes meanwhile is none.
  ///
  /// @throws IOException when what is there cannot be looked at
  public static List<Path> open(Settings settings) throws IOException {
    var open = new ArrayList<Path>();
    for (Path file : of(settings)) if (OwnerOnly.isOpen(file)) open.add(file);
    return open;
  }
}
