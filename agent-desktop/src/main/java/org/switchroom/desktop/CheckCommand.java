package org.switchroom.desktop;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.switchroom.cti.center.AutoAnswer;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.pbx.asterisk.AmiCheck;
import org.switchroom.cti.pbx.asterisk.AmiCheck.Finding;
import org.switchroom.cti.store.Database;
import org.switchroom.desktop.server.Control;
import org.switchroom.desktop.server.OwnFiles;
import org.switchroom.desktop.server.PlainMessage;
import org.switchroom.desktop.server.StartFault;
import org.switchroom.desktop.settings.IvrSettings;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.SettingsLoader;
import org.switchroom.desktop.settings.User;
import org.switchroom.ivr.DeclaredNames;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.load.ScriptLoader;
import org.switchroom.ivr.prompts.PromptFolder;
import org.switchroom.ivr.prompts.VoiceCheck;
import org.switchroom.ivr.speech.Language;
import org.switchroom.ivr.yaml.Fault;
import org.switchroom.ivr.yaml.FaultsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Tries everything that a configuration names, and says what to do about each fault. Nothing is
/// made or changed, here or on the PBX, so it can be run beside a server that serves.
@Command(
    name = "check",
    description = "Tries everything the configuration names, and says what to do about each fault.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigurationFile config;

  private int faults;

  /// A server runs on this configuration's ledger.
  private boolean serves;

  @Override
  public Integer call() {
    Settings settings;
    try {
      SettingsLoader.Reading reading = SettingsLoader.read(config.path);
      settings = reading.settings();
      reading.faults().forEach(this::report);
      if (reading.faults().isEmpty()) {
        report(new Finding(true, "configuration", config.path + " is in order"));
      }
    } catch (FaultsException e) {
      e.faults().forEach(this::report);
      return end();
    }
    serves = settings.ledger().isPresent() && Control.runs(settings.ledger().get());
    if (serves) {
      report(new Finding(true, "server", "serves; what it has is not tried"));
    } else {
      checkPort(settings.web().address(), settings.web().port(), "web: port:");
      checkPort(settings.agi().address(), settings.agi().port(), "pbx: agi-port:");
    }
    checkWeb(settings.web());
    checkDatabase(settings.database());
    if (settings.recordsTalks()) {
      settings
          .callRecordings()
          .ifPresent(
              talks -> checkFolder("recordings", "call-recordings: folder:", talks.folder()));
    }
    settings.ledger().ifPresent(folder -> checkFolder("ledger", "ledger:", folder));
    checkFiles(settings);
    checkSounds(settings);
    var phones =
        settings.users().stream()
            .filter(user -> user.is(User.Role.AGENT))
            .flatMap(user -> user.phone().stream())
            .collect(Collectors.toCollection(ArrayList::new));
    phones.addAll(settings.hotDesks());
    List<String> browsers =
        settings.users().stream()
            .filter(user -> user.is(User.Role.AGENT))
            .flatMap(user -> user.browserPhone().stream())
            .distinct()
            .toList();
    phones.removeAll(browsers);
    AmiCheck.run(settings.pbx(), phones, browsers).forEach(this::report);
    autoAnswer(settings).ifPresent(this::report);
    withoutTalk(settings).ifPresent(this::report);
    settings
        .browserPhones()
        .ifPresent(there -> BrowserPhonesCheck.run(there, browsers).forEach(this::report));
    return end();
  }

  /// Whether a phone obeys nobody but the phone knows.
  private static Optional<Finding> autoAnswer(Settings settings) {
    String queues =
        settings.queues().stream()
            .filter(QueueSettings::autoAnswer)
            .map(queue -> queue.id().value())
            .collect(joining(", "));
    String agents =
        settings.users().stream()
            .filter(user -> user.autoAnswer() == AutoAnswer.ALWAYS)
            .map(User::name)
            .collect(joining(", "));
    if (queues.isEmpty() && agents.isEmpty()) return Optional.empty();
    String what =
        Stream.of(
                queues.isEmpty() ? "" : "calls of " + queues,
                agents.isEmpty() ? "" : "calls to " + agents)
            .filter(text -> !text.isEmpty())
            .collect(joining(", and "));
    return Optional.of(
        new Finding(
            true,
            "auto answer",
            what
                + " are answered by the phone itself, where it is set to obey that (Call-Info:"
                + " answer-after); any other rings"));
  }

  private static Optional<Finding> withoutTalk(Settings settings) {
    if (settings.withoutTalk().isEmpty()) return Optional.empty();
    return Optional.of(
        new Finding(
            true,
            "without talk",
            "calls to %s are answered at the phone, and not from the desk"
                .formatted(String.join(", ", settings.withoutTalk()))));
  }

  /// Who can be reached from elsewhere wants TLS, and to know what it is called.
  private void checkWeb(Settings.Web web) {
    if (isLoopback(web.address())) return;
    int before = faults;
    if (web.tls().isEmpty() && web.proxies().isEmpty()) {
      report(
          new Finding(
              false,
              "web",
              "%s is served without TLS: passwords and customers' data can be read on the way. Give it web: tls:, or name the proxy that has it in web: proxies:."
                  .formatted(web.address())));
    }
    if (web.hosts().isEmpty()) {
      report(
          new Finding(
              false,
              "web",
              "%s is served under no name: browsers that ask by one are refused. Write the names in web: hosts:, or its address where nobody uses a name."
                  .formatted(web.address())));
    }
    if (faults == before) {
      report(
          new Finding(
              true,
              "web",
              "%s is served %s as %s"
                  .formatted(
                      web.address(),
                      web.tls().isPresent() ? "over TLS" : "by a proxy",
                      String.join(", ", web.hosts()))));
    }
  }

  /// What cannot be looked up is told with the port.
  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private void checkFiles(Settings settings) {
    try {
      List<Path> open = OwnFiles.open(settings);
      for (Path file : open) {
        report(
            new Finding(
                false,
                "files",
                "%s can be read by others than its owner. The next start closes it; until then: chmod go= %s"
                    .formatted(file, file)));
      }
      if (open.isEmpty()) {
        report(new Finding(true, "files", "of customers can be read by their owner alone"));
      }
    } catch (IOException | UncheckedIOException e) {
      report(new Finding(false, "files", "They cannot be looked at: " + PlainMessage.of(e)));
    }
    settings.ivr().recordings().map(IvrSettings.Sound::folder).ifPresent(this::checkMessages);
    settings.callRecordings().map(Settings.CallRecordings::folder).ifPresent(this::checkMessages);
  }

  /// Callers' messages, which the PBX writes: by its group, and not by everybody.
  private void checkMessages(Path folder) {
    try {
      if (Files.isDirectory(folder)
          && Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_READ)) {
        report(
            new Finding(
                false,
                "files",
                "%s, where callers are heard, can be read by everybody: chmod o= %s"
                    .formatted(folder, folder)));
      }
    } catch (IOException | UnsupportedOperationException e) {
      report(new Finding(true, "files", folder + " cannot be looked at: " + PlainMessage.of(e)));
    }
  }

  private void checkSounds(Settings settings) {
    IvrSettings ivr = settings.ivr();
    try {
      var spoken = new TreeSet<Language>();
      for (String yaml : ivr.files().values()) {
        spoken.addAll(ScriptLoader.load("", yaml, DeclaredNames.ANY).languages());
      }
      for (QueueSettings queue : settings.queues()) {
        if (!queue.announcements().sayings().isEmpty()) {
          spoken.addAll(queue.announcements().languages());
        }
      }
      for (Language language : spoken)
        report(voice(language, ivr.voices().getOrDefault(language, List.of())));
    } catch (FaultsException e) {
      report(new Finding(false, "voice", "It could not be tried: " + e.getMessage()));
    }
    checkFolder("prompts", "prompts: folder:", ivr.prompts());
    checkFolder("recordings", "recordings: folder:", ivr.recordings());
  }

  /// A voice says a word, and reads what it should be able to read.
  private static Finding voice(Language language, List<String> command) {
    String program = command.getFirst();
    try {
      Path trial = Files.createTempDirectory("switchroom-voice");
      try {
        String word = language == Language.EN ? "hello" : "你好";
        var faults =
            new PromptFolder(trial, trial.toString(), Map.of(language, command))
                .make(List.of(new Saying.Wanted(language, "hello", word)), (_, _) -> {});
        if (!faults.isEmpty()) {
          return new Finding(false, "voice", language + "/" + faults.getFirst().why());
        }
      } finally {
        forget(trial);
      }
      return switch (VoiceCheck.of(language, command)) {
        case VoiceCheck.Speaks() -> new Finding(true, "voice", program + " speaks " + language);
        case VoiceCheck.OnlyHeard() ->
            new Finding(
                true,
                "voice",
                "%s makes sounds for %s; whether it speaks it only your ear can tell"
                    .formatted(program, language));
        case VoiceCheck.SpeaksAnother(var text, var phonemes, var instead) ->
            new Finding(
                false,
                "voice",
                "\"%s\" does not speak %s: it makes %s of %s. Say \"-v %s\" in prompts: voices: %s:."
                    .formatted(
                        String.join(" ", command),
                        language,
                        phonemes.isEmpty() ? "nothing" : phonemes,
                        text,
                        instead,
                        language));
      };
    } catch (IOException e) {
      return new Finding(false, "voice", language + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Finding(false, "voice", language + ": it was interrupted");
    }
  }

  private static void forget(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  private void checkFolder(String what, String setting, Optional<IvrSettings.Sound> sound) {
    sound.ifPresent(where -> checkFolder(what, setting, where.folder()));
  }

  /// One that is not there is made at the start.
  private void checkFolder(String what, String setting, Path folder) {
    Path there = folder.toAbsolutePath();
    for (Path up = there; up != null; up = up.getParent()) {
      there = up;
      if (Files.exists(up)) break;
    }
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      String why = Files.isDirectory(there) ? "may not be written" : "is no folder";
      report(
          new Finding(
              false,
              what,
              "%s cannot be written: %s %s. Choose another in %s"
                  .formatted(folder, there, why, setting)));
    } else if (there.equals(folder.toAbsolutePath())) {
      report(new Finding(true, what, folder + " can be written"));
    } else {
      report(new Finding(true, what, folder + " can be made"));
    }
  }

  private void checkDatabase(Settings.Sql sql) {
    var file = Database.embeddedFile(sql.url());
    if (serves && file.isPresent()) return;
    try {
      switch (Database.look(sql.url(), sql.user(), sql.password())) {
        case IN_ORDER -> report(database(sql, "is reachable and its tables are in order"));
        case BEHIND ->
            report(
                database(
                    sql,
                    "is reachable; its tables are of an older version, and the next start brings"
                        + " them up to date"));
        case EMPTY -> {
          if (file.isPresent())
            checkFolder("database", "database: file:", file.get().resolveSibling(""));
          report(database(sql, "is empty; the first start makes its tables"));
        }
      }
    } catch (RuntimeException e) {
      report(
          new Finding(
              false,
              "database",
              "%s cannot be opened: %s. Check database: in the configuration, and that the database runs."
                  .formatted(sql.url(), PlainMessage.of(e))));
    }
  }

  private static Finding database(Settings.Sql sql, String how) {
    return new Finding(true, "database", sql.url() + " " + how);
  }

  private void checkPort(String address, int port, String setting) {
    try {
      FreePorts.mustBeFree(
          address, port, "the server", "Choose another in " + setting + ", or stop what has it.");
      report(new Finding(true, "port", address + ":" + port + " is free"));
    } catch (StartFault e) {
      report(new Finding(false, "port", PlainMessage.of(e)));
    }
  }

  private void report(Fault fault) {
    report(new Finding(false, "configuration", fault.toString()));
  }

  private void report(Finding finding) {
    if (!finding.good()) faults++;
    System.out.printf("%s %-13s %s%n", finding.good() ? "✓" : "✗", finding.what(), finding.text());
  }

  private int end() {
    System.out.println(
        faults == 0 ? "Everything is in order." : faults + (faults == 1 ? " fault." : " faults."));
    return faults == 0 ? 0 : 1;
  }
}
