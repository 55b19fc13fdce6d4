package org.switchroom.desktop.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.switchroom.cti.ivr.ScriptLibrary;
import org.switchroom.ivr.DeclaredNames;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.load.ScriptLoader;
import org.switchroom.ivr.prompts.PromptFolder;
import org.switchroom.ivr.speech.Language;
import org.switchroom.ivr.yaml.Fault;
import org.switchroom.ivr.yaml.FaultsException;
import org.switchroom.ivr.yaml.Yaml;

/// Reads which scripts there are, and what they need. A file's script has the name that stands in
/// it; it replaces a shipped one of the same name.
final class IvrLoader {
  private static final String BUILTIN = "builtin:";
  private static final int MOST_FILES = 500;

  private final Path configuration;
  private final List<Fault> faults;
  private final Yaml all;
  private final Map<String, String> files = new TreeMap<>();
  private final Map<String, String> scriptOf = new LinkedHashMap<>();
  private final Optional<Path> folder;
  private String entry = "";

  IvrLoader(Path configuration, List<Fault> faults, Yaml all) {
    this.configuration = configuration.toAbsolutePath();
    this.faults = faults;
    this.all = all;
    folder = all.text("scripts").map(this.configuration::resolveSibling);
    folder.ifPresent(this::readFolder);
    readEntry();
  }

  /// Those of the folder, and those that are shipped.
  Set<String> names() {
    var names = new TreeSet<>(ScriptLoader.BUILTIN);
    names.addAll(files.keySet());
    return names;
  }

  void entryPoint(String number, String script) {
    scriptOf.put(number, script);
  }

  private void readFolder(Path folder) {
    try (var list = Files.list(folder)) {
      var found = list.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      if (found.size() > MOST_FILES) {
        all.fault("scripts", "There are more than %d files in %s.".formatted(MOST_FILES, folder));
      }
      found.stream().limit(MOST_FILES).forEach(this::readFile);
    } catch (IOException e) {
      all.fault("scripts", "The folder %s cannot be read (%s).".formatted(folder, e));
    }
  }

  /// Returns the script's name; empty: it cannot be read.
  private String readFile(Path file) {
    try {
      String yaml = text(file);
      Script script = ScriptLoader.load(file.toString(), yaml, DeclaredNames.ANY);
      if (files.putIfAbsent(script.name(), yaml) != null) {
        faults.add(
            new Fault(file.toString(), 1, "There are two scripts %s.".formatted(script.name())));
      }
      return script.name();
    } catch (FaultsException e) {
      faults.addAll(e.faults());
      return "";
    }
  }

  private void readEntry() {
    String name = all.required("script");
    if (name.isEmpty()) return;
    if (name.startsWith(BUILTIN)) {
      entry = name.substring(BUILTIN.length());
    } else if (name.endsWith(".yaml")) {
      entry = readFile(configuration.resolveSibling(name));
      if (entry.isEmpty()) return;
    } else {
      entry = name;
    }
    if (!names().contains(entry)) {
      all.fault("script", "There is no script %s. Known are %s.".formatted(entry, names()));
    }
    scriptOf.put("", entry);
  }

  /// In which callers are spoken to; of what cannot be read its faults are told elsewhere.
  private static Set<Language> languages(Collection<String> scripts) {
    var languages = EnumSet.noneOf(Language.class);
    for (String yaml : scripts) {
      try {
        languages.addAll(ScriptLoader.load("", yaml, DeclaredNames.ANY).languages());
      } catch (FaultsException e) {
        // It speaks none.
      }
    }
    return languages.isEmpty() ? EnumSet.of(Language.EN) : languages;
  }

  IvrSettings read(Names names) {
    var used = new LinkedHashSet<String>(files.keySet());
    var open = new ArrayDeque<String>(files.keySet());
    if (!entry.isEmpty()) open.add(entry);
    open.addAll(names.wantedScripts());
    var wanted = new LinkedHashMap<String, String>(files);
    while (!open.isEmpty()) {
      String name = open.poll();
      if (used.add(name)) {
        ScriptLoader.builtin(name).ifPresent(shipped -> wanted.put(name, shipped));
      }
      if (wanted.containsKey(name)) open.addAll(calls(wanted.get(name), used));
    }
    Set<Language> languages = languages(wanted.values());
    for (String name : ScriptLoader.EVERYWHERE) {
      wanted.computeIfAbsent(name, shipped -> ScriptLoader.builtin(shipped, languages));
    }
    return new IvrSettings(
        wanted,
        Map.copyOf(scriptOf),
        names.calendars(),
        Set.copyOf(all.texts("http-hosts")),
        Optional.of(sound("prompts")),
        Optional.of(sound("recordings")),
        voices(),
        folder);
  }

  private static List<String> calls(String yaml, Set<String> but) {
    try {
      return ScriptLoader.load("", yaml, DeclaredNames.ANY).calls().stream()
          .filter(name -> !but.contains(name))
          .toList();
    } catch (FaultsException e) {
      return List.of();
    }
  }

  /// Beside the configuration where nothing else is said; Asterisk sees it at the same place.
  private IvrSettings.Sound sound(String name) {
    Yaml fields = all.mapping(name);
    Path folder = configuration.resolveSibling(fields.text("folder", "data/" + name)).normalize();
    return new IvrSettings.Sound(folder, fields.text("reached-at", folder.toString()));
  }

  /// `voices: {en: "espeak-ng -v en-gb -w {file} -f {text-file}"}`.
  private Map<Language, List<String>> voices() {
    var voices = new LinkedHashMap<>(PromptFolder.espeak());
    Yaml each = all.mapping("prompts").mapping("voices");
    for (String tag : each.names()) {
      Optional<Language> language = Language.of(tag);
      String command = each.text(tag, "");
      if (language.isEmpty()) {
        each.fault(
            tag, "Language %s is not spoken here. Known are %s.".formatted(tag, Language.tags()));
      } else if (!command.contains("{file}") || !(command.contains("{text-file}"))) {
        each.fault(
            tag,
            "A voice is a command with {text-file}, where it finds the text, and {file}, where it"
                + " writes a WAV.");
      } else {
        voices.put(language.get(), List.of(command.strip().split("\\s+")));
      }
    }
    return voices;
  }

  /// Every script, with the center as it is configured.
  static void check(Settings settings, List<Fault> faults) {
    if (!faults.isEmpty()) return;
    try {
      ScriptLibrary.check(settings.ivr().files(), settings.forScripts());
    } catch (FaultsException e) {
      faults.addAll(e.faults());
    }
  }

  static String text(Path path) throws FaultsException {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new FaultsException(
          List.of(new Fault(path.toString(), 1, "The file cannot be read (" + e + ").")));
    }
  }
}
