package org.switchroom.desktop.settings;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.switchroom.acd.plan.Hours;
import org.switchroom.ivr.load.ScriptLoader;
import org.switchroom.ivr.speech.Language;

/// What callers are led through.
///
/// @param files YAML by the script's name
/// @param scriptOf the script of a dialed number; the one of the empty number is for all others
/// @param hosts that scripts may send requests to
/// @param prompts empty: nothing is spoken
/// @param recordings empty: callers cannot leave messages
/// @param folder of script files, to be watched; empty: there is none
@RecordBuilder
public record IvrSettings(
    Map<String, String> files,
    Map<String, String> scriptOf,
    Map<String, Hours> calendars,
    Set<String> hosts,
    Optional<Sound> prompts,
    Optional<Sound> recordings,
    Map<Language, List<String>> voices,
    Optional<Path> folder)
    implements IvrSettingsBuilder.With {
  /// @param folder where we have the files
  /// @param reachedAt the same folder as the PBX sees it
  public record Sound(Path folder, String reachedAt) {}

  /// Shipped scripts, and nothing that is spoken or recorded.
  public static IvrSettings shipped(String entry, Map<String, Hours> calendars) {
    var files = new LinkedHashMap<String, String>();
    for (String name : ScriptLoader.BUILTIN)
      files.put(name, ScriptLoader.builtin(name).orElseThrow());
    return of(files, entry, calendars);
  }

  public static IvrSettings of(
      Map<String, String> files, String entry, Map<String, Hours> calendars) {
    return new IvrSettings(
        files,
        Map.of("", entry),
        calendars,
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }
}
