package org.switchroom.desktop.server;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.switchroom.cti.center.Effect;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.ivr.ScriptLibrary;
import org.switchroom.cti.ivr.ScriptStore;
import org.switchroom.cti.runtime.EffectRunner;
import org.switchroom.desktop.settings.IvrSettings;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.ivr.Prompt;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.Sounds;
import org.switchroom.ivr.Speaker;
import org.switchroom.ivr.prompts.PromptFolder;
import org.switchroom.ivr.yaml.FaultsException;

/// What callers hear: the scripts that are in force, and the prompts of scripts and queues.
///
/// @param queues what is announced to those who wait
record Voices(ScriptLibrary library, Sounds sounds, EffectRunner.Voice queues) {
  /// Nothing is in force yet.
  ///
  /// @param zone where dates are said, as it is now
  static Voices of(
      IvrSettings ivr, ScriptStore versions, InstantSource wall, Supplier<ZoneId> zone) {
    Optional<PromptFolder> prompts =
        ivr.prompts()
            .map(where -> new PromptFolder(where.folder(), where.reachedAt(), ivr.voices()));
    // A PBX that plays nothing is told the names.
    Sounds named = (language, name, _) -> Optional.of("named/" + language + "/" + name);
    Sounds sounds = prompts.<Sounds>map(folder -> folder).orElse(named);
    return new Voices(
        new ScriptLibrary(versions, prompts, wall),
        sounds,
        new Announcer(new Speaker(sounds, () -> LocalDate.ofInstant(wall.instant(), zone.get()))));
  }

  /// Scripts, and what is said to those who wait, are as the settings have them.
  ///
  /// @throws FaultsException when a script does not fit the center; then all stays as it was
  void load(Settings settings) throws FaultsException {
    var besides = new ArrayList<Saying.Wanted>();
    for (QueueSettings queue : settings.queues()) {
      var announcements = queue.announcements();
      besides.addAll(Script.wanted(announcements.sayings(), announcements.languages()));
    }
    library.load(settings.ivr().files(), settings.forScripts(), besides);
  }

  /// What is announced, as files.
  private record Announcer(Speaker speaker) implements EffectRunner.Voice {
    /// AMI takes lines of 1,024 bytes; what does not fit is left out from the end.
    private static final int MOST_BYTES = 900;

    @Override
    public List<String> files(Effect.Announce announce) {
      var files = new ArrayList<String>();
      int bytes = 0;
      for (Effect.Said said : announce.said()) {
        var languages = said.saying().parts().keySet().stream().sorted().toList();
        var prompts =
            speaker.prompts(
                said.saying(), Script.speaking(languages), announce.language(), said.variables());
        for (Prompt prompt : prompts) {
          if (prompt.file().isEmpty()) continue;
          String file = prompt.file().get();
          bytes += file.getBytes(StandardCharsets.UTF_8).length + 1;
          if (bytes > MOST_BYTES) return files;
          files.add(file);
        }
      }
      return files;
    }
  }
}
