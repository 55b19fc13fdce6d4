package org.switchroom.ivr.prompts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A command that speaks one language.
///
/// @param words of it, with `{text-file}` where it finds the text, and `{file}` where it writes a
///   WAV
record VoiceCommand(List<String> words) {
  /// A single prompt takes no longer than this to be spoken.
  private static final int LONGEST_SECONDS = 30;

  private static final int LONGEST_REASON = 200;

  VoiceCommand {
    words = List.copyOf(words);
  }

  String program() {
    return words.getFirst();
  }

  /// Speaks a text.
  ///
  /// @param into the WAV
  /// @param also more words at the end of the command
  /// @return what it has printed
  /// @throws IOException with the reason, for people
  String speak(String text, Path into, String... also) throws IOException, InterruptedException {
    Path from = Files.createTempFile("prompt", ".txt");
    Path said = Files.createTempFile("prompt", ".out");
    Path complaint = Files.createTempFile("prompt", ".err");
    try {
      Files.writeString(from, text);
      run(with(from, into, also), said, complaint);
      return Files.readString(said);
    } finally {
      Files.deleteIfExists(from);
      Files.deleteIfExists(said);
      Files.deleteIfExists(complaint);
    }
  }

  private List<String> with(Path from, Path into, String... also) {
    var command = new ArrayList<String>();
    for (String word : words) {
      command.add(word.replace("{file}", into.toString()).replace("{text-file}", from.toString()));
    }
    command.addAll(List.of(also));
    return command;
  }

  private void run(List<String> command, Path said, Path complaint)
      throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectOutput(said.toFile())
              .redirectError(complaint.toFile())
              .start();
    } catch (IOException e) {
      throw new IOException(
          "%s is not to be had. Install it, or name another command in \"prompts\"."
              .formatted(program()));
    }
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("%s took longer than %d s".formatted(program(), LONGEST_SECONDS));
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      String why = (Files.readString(complaint) + Files.readString(said)).strip();
      throw new IOException(
          "%s ended with %d: %s"
              .formatted(
                  program(),
                  process.exitValue(),
                  why.substring(0, Math.min(why.length(), LONGEST_REASON))));
    }
  }
}
