package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.ledger.HaltRecord;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.runtime.Recorder;
import org.switchroom.cti.testkit.HeldPorts;
import org.switchroom.cti.testkit.LogWatch;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.SettingsLoader;
import org.switchroom.desktop.testkit.CenterFile;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.ivr.yaml.FaultsException;

/// A start that cannot go on, for a reason that is not the ledger's.
class FailedStartTest {
  @TempDir Path folder;
  private CenterFile center;

  @BeforeEach
  void write() throws IOException {
    center = TestCenter.on(HeldPorts.forServer()).onlyQueue("q").in(folder);
    Path file = Files.createFile(folder.resolve("file"));
    Files.writeString(
        center.path(),
        "recordings: {folder: %s, reached-at: /recordings}%n".formatted(file.resolve("in-it")),
        StandardOpenOption.APPEND);
  }

  private Settings settings() throws IOException, FaultsException {
    return SettingsLoader.load(center.path());
  }

  private void serve(StopSignal stop) throws Exception {
    ServeCommand.serve(
        settings(), center.path(), Recorder.NONE, (why, fault) -> fail(why, fault), stop);
  }

  private static void fail(String why, Throwable fault) {
    throw new AssertionError(why, fault);
  }

  /// Who watches over the process starts it again twice a second.
  @Test
  void howeverOftenItFailsTheLedgerIsNotSetAside() throws Exception {
    try (var stop = new StopSignal();
        var log = new LogWatch(HaltRecord.class)) {
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> serve(stop)).isInstanceOf(IOException.class);
      }
      assertThat(log.said(Level.ERROR)).isEmpty();
    }
    try (Ledger free = center.ledger()) {
      assertThat(free.epoch()).isEqualTo(6);
    }
  }

  /// Some libraries cannot begin any more then, and what they throw is nobody's news.
  @Test
  void whatFailsBecauseItWasToldToStopIsNoFault() throws Exception {
    try (var stop = new StopSignal()) {
      stop.ask();
      assertThatCode(() -> serve(stop)).doesNotThrowAnyException();
    }
  }
}
