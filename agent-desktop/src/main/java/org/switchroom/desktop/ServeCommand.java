package org.switchroom.desktop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.recording.RecordingFile;
import org.switchroom.cti.runtime.Halt;
import org.switchroom.cti.runtime.Recorder;
import org.switchroom.cti.store.Database;
import org.switchroom.desktop.server.CallLog;
import org.switchroom.desktop.server.OwnFiles;
import org.switchroom.desktop.server.PlainMessage;
import org.switchroom.desktop.server.Running;
import org.switchroom.desktop.server.StartFault;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.web.Desks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs the server for a real PBX until it is told to stop.
@Command(
    name = "serve",
    description = "Runs the server for a real PBX.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);

  @Mixin private ConfigurationFile config;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "write all that the engine is given, for ./switchroom explain")
  private @Nullable Path record;

  @Override
  public Integer call() throws Exception {
    Settings settings = config.load();
    Settings.Web web = settings.web();
    FreePorts.mustBeFree(
        web.address(), web.port(), "the web server", "Choose another in web: port:.");
    FreePorts.mustBeFree(
        settings.agi().address(),
        settings.agi().port(),
        "FastAGI",
        "Choose another in pbx: agi-port:.");
    try (var stop = new StopSignal();
        RecordingFile recording = record == null ? null : recording(record)) {
      if (recording == null) {
        serve(settings, config.path, Recorder.NONE, Switchroom::haltProcess, stop);
      } else {
        serve(
            settings,
            config.path,
            recording,
            (why, fault) -> {
              recording.halts();
              Switchroom.haltProcess(why, fault);
            },
            stop);
      }
    }
    return 0;
  }

  private static RecordingFile recording(Path record) {
    try {
      return new RecordingFile(record, InstantSource.system());
    } catch (IOException e) {
      throw new StartFault("The recording %s cannot be written: %s".formatted(record, e));
    }
  }

  /// Returns when it is told to stop.
  static void serve(Settings settings, Path config, Recorder recorder, Halt halt, StopSignal stop)
      throws Exception {
    OwnFiles.close(settings);
    // All three take a while, and browsers come again at once.
    try (var lastRun = Switchroom.lastRun(settings);
        var desks = Desks.open(settings.web(), Switchroom.key(settings));
        var database = open(settings.database());
        var calls = new CallLog();
        var server =
            new Switchroom(
                settings,
                database,
                lastRun,
                desks,
                List.of(),
                Running.with(Recorder.both(recorder, calls), halt));
        var _ =
            new ConfigurationWatch(
                config, settings, server::reconfigure, server::replaceCertificate)) {
      System.out.printf(
          "Switchroom serves http://%s:%d%n", settings.web().address(), server.webPort());
      stop.await();
    } catch (Throwable e) {
      if (!stop.isAsked()) throw e;
      // Among others: who wants to be told of the process's end cannot begin any more.
      log.info("It was told to stop before it served: {}", PlainMessage.of(e));
    }
  }

  static Database open(Settings.Sql sql) {
    try {
      return Database.open(sql.url(), sql.user(), sql.password());
    } catch (RuntimeException e) {
      throw new StartFault(
          "The database %s cannot be opened: %s".formatted(sql.url(), PlainMessage.of(e)));
    }
  }
}
