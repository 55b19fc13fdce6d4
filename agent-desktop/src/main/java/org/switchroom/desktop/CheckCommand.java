package org.switchroom.desktop;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.switchroom.cti.pbx.asterisk.AmiCheck;
import org.switchroom.cti.pbx.asterisk.AmiCheck.Finding;
import org.switchroom.cti.store.Database;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.SettingsLoader;
import org.switchroom.desktop.settings.User;
import org.switchroom.ivr.yaml.Fault;
import org.switchroom.ivr.yaml.FaultsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Tries everything that a configuration names, and says what to do about each fault.
@Command(
    name = "check",
    description = "Tries everything the configuration names, and says what to do about each fault.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "the configuration")
  private Path config;

  private int faults;

  @Override
  public Integer call() {
    Settings settings;
    try {
      SettingsLoader.Reading reading = SettingsLoader.read(config);
      settings = reading.settings();
      reading.faults().forEach(this::report);
      if (reading.faults().isEmpty()) {
        report(new Finding(true, "configuration", config + " is in order"));
      }
    } catch (FaultsException e) {
      e.faults().forEach(this::report);
      return end();
    }
    checkDatabase(settings.database());
    checkPort(settings.web().address(), settings.web().port(), "web: port:");
    checkPort(settings.agi().address(), settings.agi().port(), "pbx: agi-port:");
    var phones =
        settings.users().stream()
            .filter(user -> user.is(User.Role.AGENT))
            .map(User::phone)
            .filter(Objects::nonNull)
            .toList();
    AmiCheck.run(settings.pbx(), phones).forEach(this::report);
    return end();
  }

  private void checkDatabase(Settings.Sql sql) {
    try (var _ = Database.open(sql.url(), sql.user(), sql.password())) {
      report(
          new Finding(true, "database", sql.url() + " is reachable and its tables are in order"));
    } catch (RuntimeException e) {
      report(
          new Finding(
              false,
              "database",
              "%s cannot be opened: %s. Check database: in the configuration, and that the database runs."
                  .formatted(sql.url(), Main.rootMessage(e))));
    }
  }

  private void checkPort(String address, int port, String setting) {
    try {
      Ports.mustBeFree(
          address, port, "the server", "Choose another in " + setting + ", or stop what has it.");
      report(new Finding(true, "port", address + ":" + port + " is free"));
    } catch (StartFault e) {
      report(new Finding(false, "port", e.getMessage()));
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
