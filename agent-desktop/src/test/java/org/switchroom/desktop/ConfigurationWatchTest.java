package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlScriptStore;
import org.switchroom.cti.testkit.HeldPorts;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.SettingsLoader;
import org.switchroom.desktop.settings.SettingsWebBuilder;
import org.switchroom.desktop.testkit.TestServer;
import org.switchroom.ivr.yaml.FaultsException;

/// Files are written under a running server.
class ConfigurationWatchTest {
  private static final String HASH = SecretHash.of("a long password");

  @TempDir Path folder;
  private final BlockingQueue<Settings> taken = new LinkedBlockingQueue<>();

  private Path write(String queue, int agiPort) throws Exception {
    Path file = folder.resolve("switchroom.yaml");
    Files.writeString(
        file,
        """
        web: {port: 0}
        pbx: {host: 127.0.0.1, port: 1, user: u, secret: s, agi-port: %d}
        script: main
        scripts: scripts
        default-queue: %s
        queues: [{name: %s, ask: any}]
        users: [{name: ann, roles: [agent], phone: PJSIP/1001, password-hash: "%s"}]
        """
            .formatted(agiPort, queue, queue, HASH));
    return file;
  }

  private void script(String queue) throws Exception {
    Files.createDirectories(folder.resolve("scripts"));
    Files.writeString(
        folder.resolve("scripts/main.yaml"),
        "name: main # for %s\nstart: q\nsteps: {q: {queue: %s}}\n"
            .formatted(queue, queue.split(" ")[0]));
  }

  @Test
  void whatIsWrittenIsTakenAtOnceAndWhatIsWrongIsNot() throws Exception {
    int agi = HeldPorts.forServer();
    script("orders");
    Path file = write("orders", agi);
    Settings first = SettingsLoader.load(file);
    try (var database =
            Database.open(Database.inMemoryUrl("watch-" + System.nanoTime()), "sa", "");
        var server = TestServer.start(first, database);
        var _ =
            new ConfigurationWatch(
                file, first, settings -> take(server, settings), server::replaceCertificate)) {
      // A script that leads nowhere: refused, and the old one stays.
      script("nowhere");
      // A queue of another name, with a script that fits it.
      script("sales");
      write("sales", agi);
      Settings now = taken.poll(20, TimeUnit.SECONDS);
      assertThat(now).isNotNull();
      assertThat(now.queues().getFirst().id().value()).isEqualTo("sales");
      // Only the script.
      script("sales otherwise");
      assertThat(taken.poll(20, TimeUnit.SECONDS)).isNotNull();
      assertThat(new SqlScriptStore(database).versions("main")).hasSize(3);
      // What is none of ours.
      Files.writeString(folder.resolve("notes.txt"), "");
      Files.writeString(folder.resolve("another.yaml"), "[");
      script("sales otherwise");
      assertThat(taken.poll(1, TimeUnit.SECONDS)).isNull();
      // As it is, to have something tried again.
      write("sales", agi);
      assertThat(taken.poll(20, TimeUnit.SECONDS)).isNotNull();
      assertThat(taken).isEmpty();
    }
  }

  @Test
  void aCertificateThatIsWrittenIsTakenAndASettingIsNot() throws Exception {
    script("orders");
    Path file = write("orders", 1);
    Path certificates = Files.createDirectories(folder.resolve("certificates"));
    var tls = new Settings.Tls(certificates.resolve("a.crt"), certificates.resolve("a.key"));
    Settings first = SettingsLoader.load(file);
    var web = SettingsWebBuilder.builder(first.web()).tls(Optional.of(tls)).build();
    var certified = new LinkedBlockingQueue<String>();
    try (var _ =
        new ConfigurationWatch(
            file, first.withWeb(web), taken::add, () -> certified.add("certificate"))) {
      Files.writeString(tls.key(), "anything");
      assertThat(certified.poll(20, TimeUnit.SECONDS)).isNotNull();
      assertThat(taken).isEmpty();
    }
  }

  /// Such as a log.
  @Test
  void whatIsWrittenBesideItWithoutEndKeepsItFromNobody() throws Exception {
    script("orders");
    Path file = write("orders", HeldPorts.forServer());
    Settings first = SettingsLoader.load(file);
    var chatty =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!Thread.currentThread().isInterrupted())
                    writes(folder.resolve("server.log"));
                });
    try (var _ = new ConfigurationWatch(file, first, taken::add, () -> {})) {
      write("orders", HeldPorts.forServer());
      assertThat(taken.poll(20, TimeUnit.SECONDS)).isNotNull();
    } finally {
      chatty.interrupt();
      chatty.join();
    }
  }

  private static void writes(Path file) {
    try {
      Files.writeString(file, "a line");
    } catch (IOException e) {
      // It is interrupted.
    }
    LockSupport.parkNanos(50_000_000);
  }

  private void take(Switchroom server, Settings settings) throws FaultsException {
    server.reconfigure(settings);
    taken.add(settings);
  }
}
