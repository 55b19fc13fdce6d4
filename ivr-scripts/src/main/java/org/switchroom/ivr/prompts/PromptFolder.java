package org.switchroom.ivr.prompts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.switchroom.ivr.Saying.Wanted;
import org.switchroom.ivr.Sounds;
import org.switchroom.ivr.speech.Language;

/// The folder of sounds. In it:
///
/// - `recorded/LANGUAGE/NAME.wav` (or another ending that Asterisk plays): by people; always first.
/// - `spoken/LANGUAGE/NAME-HASH.wav`: made by a command; the hash is of the text and the command,
///   so that a changed text is made anew.
///
/// Nothing is made while a caller waits: what is not there is said in another language of the
/// script, or not at all.
public final class PromptFolder implements Sounds {
  /// A voice that fails so often one after the other is broken, and is not asked again for a while.
  private static final int BROKEN_AFTER = 3;

  /// And one that fails so often in all: each time may take half a minute.
  private static final int MOST_FAULTS = 20;

  private static final AudioFormat TELEPHONE = new AudioFormat(8_000, 16, 1, true, false);
  private static final Set<String> ENDINGS =
      Set.of("wav", "gsm", "ulaw", "alaw", "sln", "g722", "wav16", "sln16");

  private final Path folder;
  private final String reachedAt;
  private final Map<Language, VoiceCommand> voices;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  /// @param folder where the sounds are
  /// @param reachedAt the same folder as the PBX sees it
  /// @param commands by language: words of a command that reads the text from `{text-file}` and
  ///   writes a WAV to `{file}`
  public PromptFolder(Path folder, String reachedAt, Map<Language, List<String>> commands) {
    this.folder = folder;
    this.reachedAt = reachedAt;
    var voices = new EnumMap<Language, VoiceCommand>(Language.class);
    commands.forEach((language, words) -> voices.put(language, new VoiceCommand(words)));
    this.voices = Collections.unmodifiableMap(voices);
  }

  /// espeak-ng, in a voice that speaks each language.
  public static Map<Language, List<String>> espeak() {
    var commands = new LinkedHashMap<Language, List<String>>();
    for (Language language : Language.values()) {
      String voice = VoiceCheck.espeakVoice(language);
      commands.put(
          language,
          List.of("espeak-ng", "-v", voice, "-s", "150", "-w", "{file}", "-f", "{text-file}"));
    }
    return commands;
  }

  @Override
  public Optional<String> file(Language language, String name, String text) {
    return Optional.ofNullable(known.get(key(language, name, text)));
  }

  private static String key(Language language, String name, String text) {
    return language.tag() + "/" + name + "/" + text;
  }

  /// Makes what is missing and not recorded, and remembers where everything is. A voice that is
  /// broken ends its own language; what was recorded or spoken in it before is found all the same,
  /// and the other languages are made.
  ///
  /// @param progress is told how many are done, and of how many
  /// @return each language with something missing, and why; empty: everything is there
  public List<Unspoken> make(Collection<Wanted> wanted, BiConsumer<Integer, Integer> progress) {
    var all = new LinkedHashMap<String, Wanted>();
    for (Wanted one : wanted) {
      String text = one.text().strip();
      all.put(key(one.language(), one.name(), text), new Wanted(one.language(), one.name(), text));
    }
    var tallies = new EnumMap<Language, LanguageProgress>(Language.class);
    int done = 0;
    for (var one : all.entrySet()) {
      LanguageProgress tally =
          tallies.computeIfAbsent(one.getValue().language(), LanguageProgress::new);
      Optional<String> place = tally.place(one.getValue());
      place.ifPresentOrElse(
          file -> known.put(one.getKey(), file), () -> known.remove(one.getKey()));
      progress.accept(++done, all.size());
    }
    return tallies.values().stream()
        .filter(tally -> tally.missing > 0)
        .map(LanguageProgress::unspoken)
        .toList();
  }

  /// How one language comes along.
  private final class LanguageProgress {
    private final Language language;
    private int of;
    private int missing;
    private int faults;
    private int faultsInARow;
    private String why = "";

    LanguageProgress(Language language) {
      this.language = language;
    }

    /// Empty: it is not there, and cannot be made.
    Optional<String> place(Wanted one) {
      of++;
      Optional<String> place = there(one);
      if (place.isEmpty() && !broken()) place = made(one);
      if (place.isEmpty()) missing++;
      return place;
    }

    private boolean broken() {
      return faultsInARow >= BROKEN_AFTER || faults >= MOST_FAULTS;
    }

    private Optional<String> made(Wanted one) {
      try {
        speak(one);
        faultsInARow = 0;
        return there(one);
      } catch (IOException e) {
        fault(one, String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        fault(one, "it was interrupted");
      }
      return Optional.empty();
    }

    private void fault(Wanted one, String reason) {
      faults++;
      faultsInARow++;
      if (why.isEmpty()) why = one.name() + ": " + reason;
    }

    Unspoken unspoken() {
      return new Unspoken(language, missing, of, why);
    }
  }

  /// Where it is as the PBX names it, without its ending; empty: it is neither recorded nor spoken.
  private Optional<String> there(Wanted one) {
    String language = one.language().tag();
    Path recorded = folder.resolve("recorded").resolve(language);
    for (String ending : ENDINGS) {
      if (Files.isRegularFile(recorded.resolve(one.name() + "." + ending))) {
        return Optional.of(reachedAt + "/recorded/" + language + "/" + one.name());
      }
    }
    return Files.isRegularFile(spoken(one))
        ? Optional.of(reachedAt + "/spoken/" + language + "/" + spokenName(one))
        : Optional.empty();
  }

  private Path spoken(Wanted one) {
    return folder.resolve("spoken").resolve(one.language().tag()).resolve(spokenName(one) + ".wav");
  }

  private String spokenName(Wanted one) {
    return one.name() + "-" + hash(one);
  }

  private String hash(Wanted one) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(one.text().getBytes(StandardCharsets.UTF_8));
      VoiceCommand voice = voices.get(one.language());
      List<String> words = voice == null ? List.of() : voice.words();
      digest.update(words.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 5);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java has no SHA-256.", e);
    }
  }

  private void speak(Wanted one) throws IOException, InterruptedException {
    VoiceCommand voice = voices.get(one.language());
    if (voice == null) throw new IOException("no command speaks " + one.language());
    Path file = spoken(one);
    Files.createDirectories(file.getParent());
    Path raw = Files.createTempFile("prompt", ".wav");
    try {
      voice.speak(one.text(), raw);
      Path part = file.resolveSibling(file.getFileName() + ".part");
      forTelephone(raw, part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(raw);
    }
  }

  /// 8,000 samples a second, 16 bits, one channel: what every Asterisk plays.
  private static void forTelephone(Path from, Path to) throws IOException {
    try (AudioInputStream source =
        AudioSystem.getAudioInputStream(new ByteArrayInputStream(Files.readAllBytes(from)))) {
      try (AudioInputStream converted = AudioSystem.getAudioInputStream(TELEPHONE, source)) {
        byte[] samples = converted.readAllBytes();
        var whole =
            new AudioInputStream(
                new ByteArrayInputStream(samples),
                TELEPHONE,
                samples.length / TELEPHONE.getFrameSize());
        try (var out = Files.newOutputStream(to)) {
          AudioSystem.write(whole, AudioFileFormat.Type.WAVE, out);
        }
      }
    } catch (UnsupportedAudioFileException | IllegalArgumentException e) {
      throw new IOException("the command wrote no WAV that can be read: " + e.getMessage(), e);
    }
  }
}
