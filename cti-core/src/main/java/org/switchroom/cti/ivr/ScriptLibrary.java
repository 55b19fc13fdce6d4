package org.switchroom.cti.ivr;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.ivr.DeclaredNames;
import org.switchroom.ivr.Saying.Wanted;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.load.ScriptLoader;
import org.switchroom.ivr.prompts.PromptFolder;
import org.switchroom.ivr.prompts.Unspoken;
import org.switchroom.ivr.speech.Language;
import org.switchroom.ivr.yaml.Fault;
import org.switchroom.ivr.yaml.FaultsException;

/// The scripts that callers are led through now, and all their versions. New callers take what is
/// here; those inside finish what they began with.
public final class ScriptLibrary {
  private static final Logger log = LoggerFactory.getLogger(ScriptLibrary.class);

  /// Who takes a version that comes from a file.
  public static final String FILE = "file";

  private static final int MOST_SCRIPTS = 500;

  private static final Duration SAID_EVERY = Duration.ofSeconds(10);

  /// Sounds that one fault names.
  private static final int MOST_NAMED = 5;

  private final ScriptStore store;
  private final Optional<PromptFolder> prompts;
  private final InstantSource clock;

  private volatile DeclaredNames declared = DeclaredNames.ANY;
  private Map<String, String> files = Map.of();
  private List<Wanted> besides = List.of();
  private volatile Map<String, Script> live = Map.of();
  private volatile Map<String, ScriptStore.Version> versions = Map.of();

  /// @param prompts empty: nothing is spoken
  public ScriptLibrary(ScriptStore store, Optional<PromptFolder> prompts, InstantSource clock) {
    this.store = store;
    this.prompts = prompts;
    this.clock = clock;
  }

  public Map<String, Script> scripts() {
    return live;
  }

  public Map<String, ScriptStore.Version> versions() {
    return versions;
  }

  /// A script as it was, also where it is no longer the live one. May read the database.
  ///
  /// @return empty: there is no such version, or it does not fit the center any more; then the live
  ///   one, where there is one
  public Optional<Script> script(String name, int version) {
    Optional<Script> now = Optional.ofNullable(live.get(name));
    if (now.filter(script -> script.version() == version).isPresent()) return now;
    return store.version(name, version).flatMap(this::fitting).or(() -> now);
  }

  private Optional<Script> fitting(ScriptStore.Version old) {
    try {
      Map<String, ScriptStore.Version> chosen = new LinkedHashMap<>(versions);
      chosen.put(old.name(), old);
      return Optional.ofNullable(read(chosen, declared).get(old.name()));
    } catch (FaultsException e) {
      log.warn("Script {} version {} does not fit any more.", old.name(), old.version());
      return Optional.empty();
    }
  }

  /// Takes what the files say, with the center as it is now. A script that was changed by somebody
  /// since its file was last taken stays as they have left it. Scripts are taken also where a voice
  /// is broken: a center without one serves its callers all the same.
  ///
  /// @param files YAML by name, each checked before
  /// @param besides sounds that are wanted beside those of the scripts
  /// @throws FaultsException when a version that somebody took does not fit the center any more;
  ///   then everything stays as it was
  public synchronized void load(
      Map<String, String> files, DeclaredNames declared, List<Wanted> besides)
      throws FaultsException {
    var chosen = new LinkedHashMap<String, ScriptStore.Version>();
    for (var file : files.entrySet()) {
      chosen.put(file.getKey(), current(file.getKey(), file.getValue()));
    }
    Map<String, Script> scripts = read(chosen, declared);
    this.declared = declared;
    this.files = Map.copyOf(files);
    this.besides = List.copyOf(besides);
    speak(scripts.values());
    versions = Map.copyOf(chosen);
    live = scripts;
  }

  /// The latest version, unless the file has changed since it was last taken.
  private ScriptStore.Version current(String name, String yaml) {
    List<ScriptStore.Version> known = store.versions(name);
    var fromFile = known.stream().filter(one -> one.by().equals(FILE)).findFirst();
    boolean same = fromFile.isPresent() && fromFile.get().yaml().equals(yaml);
    if (same) return known.getFirst();
    int version = store.add(name, yaml, clock.instant(), FILE);
    return new ScriptStore.Version(name, version, yaml, clock.instant(), FILE);
  }

  /// A new version of a script, or a new script, from somebody.
  ///
  /// @throws FaultsException with everything that is wrong, also where a voice cannot make a sound
  ///   that the live script does not want; then everything stays as it was
  public synchronized ScriptStore.Version take(String name, String yaml, String by)
      throws FaultsException {
    if (!live.containsKey(name) && live.size() >= MOST_SCRIPTS) {
      throw new FaultsException(
          List.of(new Fault(name, 1, "There are %d scripts already.".formatted(MOST_SCRIPTS))));
    }
    var chosen = new LinkedHashMap<>(versions);
    var tried = new ScriptStore.Version(name, 0, yaml, clock.instant(), by);
    chosen.put(name, tried);
    Map<String, Script> scripts = read(chosen, declared);
    Script script = requireNonNull(scripts.get(name));
    if (!script.name().equals(name)) {
      throw new FaultsException(
          List.of(
              new Fault(
                  name,
                  1,
                  "The script calls itself %s; its \"name\" must be %s."
                      .formatted(script.name(), name))));
    }
    List<Unspoken> unspoken = speak(List.of(script));
    List<Fault> silent = newlySilent(script, Optional.ofNullable(live.get(name)), unspoken);
    if (!silent.isEmpty()) throw new FaultsException(silent);
    int version = store.add(name, yaml, tried.taken(), by);
    var taken = new ScriptStore.Version(name, version, yaml, tried.taken(), by);
    chosen.put(name, taken);
    var all = new LinkedHashMap<>(scripts);
    all.put(name, script.withVersion(version));
    versions = Map.copyOf(chosen);
    live = Map.copyOf(all);
    log.info("Script {} version {} is taken, from {}.", name, version, by);
    return taken;
  }

  /// An old version becomes the newest.
  ///
  /// @return empty: there is no such version
  public Optional<ScriptStore.Version> restore(String name, int version, String by)
      throws FaultsException {
    var old = store.version(name, version);
    return old.isEmpty() ? Optional.empty() : Optional.of(take(name, old.get().yaml(), by));
  }

  private static Map<String, Script> read(
      Map<String, ScriptStore.Version> chosen, DeclaredNames declared) throws FaultsException {
    return read(
        chosen.keySet(),
        name -> name + (requireNonNull(chosen.get(name)).by().equals(FILE) ? ".yaml" : ""),
        name -> requireNonNull(chosen.get(name)).yaml(),
        name -> requireNonNull(chosen.get(name)).version(),
        declared.withScripts(chosen.keySet()));
  }

  /// All of them, or every fault of all of them.
  private static Map<String, Script> read(
      Iterable<String> names,
      Function<String, String> label,
      Function<String, String> yaml,
      Function<String, Integer> version,
      DeclaredNames declared)
      throws FaultsException {
    var scripts = new LinkedHashMap<String, Script>();
    var faults = new ArrayList<Fault>();
    for (String name : names) {
      try {
        Script script = ScriptLoader.load(label.apply(name), yaml.apply(name), declared);
        scripts.put(name, script.withVersion(version.apply(name)));
      } catch (FaultsException e) {
        faults.addAll(e.faults());
      }
    }
    List<String> circle = faults.isEmpty() ? ScriptLoader.circle(scripts) : List.of();
    if (!circle.isEmpty()) {
      faults.add(
          new Fault(
              circle.getFirst(),
              1,
              "Scripts call each other in a circle: %s.".formatted(String.join(" → ", circle))));
    }
    if (!faults.isEmpty()) throw new FaultsException(faults);
    return Map.copyOf(scripts);
  }

  /// Checks scripts that are not taken.
  ///
  /// @param files YAML by name
  /// @throws FaultsException with everything that is wrong
  public static Map<String, Script> check(Map<String, String> files, DeclaredNames declared)
      throws FaultsException {
    var named = declared.withScripts(files.keySet());
    return read(files.keySet(), name -> name + ".yaml", files::get, _ -> 0, named);
  }

  /// Who changes a script hears at once that callers would miss something, and the old one, whose
  /// sounds are there, goes on. What is missing already is no reason: that change makes nothing
  /// worse.
  private List<Fault> newlySilent(Script changed, Optional<Script> now, List<Unspoken> unspoken) {
    if (prompts.isEmpty()) return List.of();
    var before = now.map(script -> Set.copyOf(script.wanted())).orElse(Set.of());
    var names = new EnumMap<Language, Set<String>>(Language.class);
    for (Wanted one : changed.wanted()) {
      if (before.contains(one)) continue;
      if (has(prompts.get(), one)) continue;
      names.computeIfAbsent(one.language(), _ -> new TreeSet<>()).add(one.name());
    }
    var faults = new ArrayList<Fault>();
    for (Unspoken language : unspoken) {
      Set<String> silent = names.get(language.language());
      if (silent == null) continue;
      faults.add(
          new Fault(
              changed.name(),
              1,
              "In %s nobody would hear %s. Mend the voice, record these sounds, or leave their texts as they were. What could not be made first is %s"
                  .formatted(language.language(), some(silent), language.why())));
    }
    return faults;
  }

  private static boolean has(PromptFolder prompts, Wanted one) {
    return prompts.file(one.language(), one.name(), one.text().strip()).isPresent();
  }

  private static String some(Set<String> names) {
    String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    return names.size() <= MOST_NAMED
        ? first
        : "%s and %d more".formatted(first, names.size() - MOST_NAMED);
  }

  private static int missing(List<Unspoken> unspoken) {
    return unspoken.stream().mapToInt(Unspoken::missing).sum();
  }

  /// Says how far it is where that takes long: making a thousand sounds takes minutes.
  private static final class PromptProgress implements BiConsumer<Integer, Integer> {
    private long said = System.nanoTime();
    private int of;

    @Override
    public void accept(Integer done, Integer of) {
      this.of = of;
      if (System.nanoTime() - said < SAID_EVERY.toNanos()) return;
      said = System.nanoTime();
      log.info("Prompts: {} of {} so far.", done, of);
    }
  }

  /// Returns what is missing, having said so once for each language.
  private List<Unspoken> speak(Iterable<Script> scripts) {
    if (prompts.isEmpty()) return List.of();
    var wanted = new ArrayList<>(besides);
    scripts.forEach(script -> wanted.addAll(script.wanted()));
    var progress = new PromptProgress();
    List<Unspoken> unspoken = prompts.get().make(wanted, progress);
    if (progress.of > 0)
      log.info("Prompts: {} of {}.", progress.of - missing(unspoken), progress.of);
    for (Unspoken language : unspoken) {
      log.error(
          "{}: {} of {} sounds could not be made, and callers hear another language of the script"
              + " there, or nothing. Mend the voice, and write the configuration again. The first"
              + " is {}",
          language.language(),
          language.missing(),
          language.of(),
          language.why());
    }
    return unspoken;
  }
}
