package org.switchroom.ivr.prompts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
/// Nothing is made while a caller waits: what is not there is not said.
public final class PromptFolder implements Sounds {
  /// A single prompt takes no longer than this to be spoken.
  private static final int LONGEST_SECONDS = 30;

  private static final AudioFormat TELEPHONE = new AudioFormat(8_000, 16, 1, true, false);
  private static final Set<String> ENDINGS =
      Set.of("wav", "gsm", "ulaw", "alaw", "sln", "g722", "wav16", "sln16");

  private final Path folder;
  private final String reachedAt;
  private final Map<Language, List<String>> commands;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  /// @param folder where the sounds are
  /// @param reachedAt the same folder as the PBX sees it
  /// @param commands by language: words of a command that reads the text from `{text-file}` and
  ///   writes a WAV to `{file}`
  public PromptFolder(Path folder, String reachedAt, Map<Language, List<String>> commands) {
    this.folder = folder;
    this.reachedAt = reachedAt;
    this.commands = Map.copyOf(commands);
  }

  /// espeak-ng, in an American and a Mandarin voice.
  public static Map<Language, List<String>> espeak() {
    var commands = new LinkedHashMap<Language, List<String>>();
    for (Language language : Language.values()) {
      String voice = language == Language.EN ? "en-us" : "cmn";
      commands.put(
          language,
          List.of("espeak-ng", "-v", voice, "-s", "150", "-w", "{file}", "-f", "{text-file}"));
    }
    return commands;
  }

  @Override
  public String file(Language language, String name, String text) {
    return known.get(key(language, name, text));
  }

  private static String key(Language language, String name, String text) {
    return language.tag() + "/" + name + "/" + text;
  }

  /// Makes what is missing and not recorded, and remembers where everything is.
  ///
  /// @param progress is told how many are done, and of how many
  /// @return what could not be made, and why; empty: everything is there
  public List<String> make(Collection<Wanted> wanted, BiConsumer<Integer, Integer> progress) {
    var all = new LinkedHashMap<String, Wanted>();
    for (Wanted one : wanted) {
      String text = one.text().strip();
      all.put(key(one.language(), one.name(), text), new Wanted(one.language(), one.name(), text));
    }
    var faults = new ArrayList<String>();
    int done = 0;
    for (var one : all.entrySet()) {
      try {
        known.put(one.getKey(), place(one.getValue()));
      } catch (IOException e) {
        faults.add(
            "%s/%s: %s"
                .formatted(one.getValue().language(), one.getValue().name(), e.getMessage()));
        if (faults.size() >= 3) return faults;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        faults.add("It was interrupted.");
        return faults;
      }
      progress.accept(++done, all.size());
    }
    return faults;
  }

  /// Where it is as the PBX names it, without its ending.
  private String place(Wanted one) throws IOException, InterruptedException {
    String language = one.language().tag();
    Path recorded = folder.resolve("recorded").resolve(language);
    for (String ending : ENDINGS) {
      if (Files.isRegularFile(recorded.resolve(one.name() + "." + ending))) {
        return reachedAt + "/recorded/" + language + "/" + one.name();
      }
    }
    String name = one.name() + "-" + hash(one);
    Path spoken = folder.resolve("spoken").resolve(language);
    Path file = spoken.resolve(name + ".wav");
    if (!Files.isRegularFile(file)) {
      Files.createDirectories(spoken);
      speak(one, file);
    }
    return reachedAt + "/spoken/" + language + "/" + name;
  }

  private String hash(Wanted one) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(one.text().getBytes(StandardCharsets.UTF_8));
      digest.update(
          commands
              .getOrDefault(one.language(), List.of())
              .toString()
              .getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 5);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java has no SHA-256.", e);
    }
  }

  private void speak(Wanted one, Path file) throws IOException, InterruptedException {
    List<String> command = commands.get(one.language());
    if (command == null) throw new IOException("no command speaks " + one.language());
    Path text = Files.createTempFile("prompt", ".txt");
    Path raw = Files.createTempFile("prompt", ".wav");
    try {
      Files.writeString(text, one.text());
      run(
          command.stream()
              .map(
                  word ->
                      word.replace("{file}", raw.toString())
                          .replace("{text-file}", text.toString()))
              .toList());
      Path part = file.resolveSibling(file.getFileName() + ".part");
      forTelephone(raw, part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(text);
      Files.deleteIfExists(raw);
    }
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Path said = Files.createTempFile("prompt", ".err");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
    } catch (IOException e) {
      Files.deleteIfExists(said);
      throw new IOException(
          "%s is not to be had. Install it, or name another command in \"prompts\"."
              .formatted(command.getFirst()));
    }
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(
            "%s took longer than %d s".formatted(command.getFirst(), LONGEST_SECONDS));
      }
      if (process.exitValue() != 0) {
        String why = Files.readString(said).strip();
        throw new IOException(
            "%s ended with %d: %s"
                .formatted(
                    command.getFirst(),
                    process.exitValue(),
                    why.substring(0, Math.min(why.length(), 200))));
      }
    } finally {
      Files.deleteIfExists(said);
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
