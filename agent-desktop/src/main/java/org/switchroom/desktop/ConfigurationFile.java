package org.switchroom.desktop;

import java.nio.file.Path;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.SettingsLoader;
import org.switchroom.ivr.yaml.FaultsException;
import picocli.CommandLine.Option;

/// `--config FILE`, for commands that need one.
final class ConfigurationFile {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "the configuration")
  Path path;

  /// @throws FaultsException when it has mistakes
  Settings load() throws FaultsException {
    return SettingsLoader.load(path);
  }
}
