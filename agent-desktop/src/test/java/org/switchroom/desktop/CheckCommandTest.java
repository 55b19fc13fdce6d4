package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.testkit.HeldPorts;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.CenterFile;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.ServerProcess;
import org.switchroom.desktop.testkit.TestCenter;

/// `check` tries everything and changes nothing, with no server there, beside one, and after one.
class CheckCommandTest {
  private static final String PHONE = "PJSIP/1001";

  @TempDir Path folder;
  private SimulatedRig rig;
  private CenterFile center;

  @BeforeEach
  void open() throws Exception {
    rig = new SimulatedRig();
    rig.phone(PHONE, Manner.ANSWERS);
    center = TestCenter.on(rig).onlyQueue("orders").in(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static String check(Path config) {
    return CommandLines.run("check", "--config", config.toString());
  }

  /// What is there, and of files what is in them.
  private Map<String, String> everything() throws IOException {
    var found = new TreeMap<String, String>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        found.put(
            file.toString(),
            Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "");
      }
    }
    return found;
  }

  @Test
  void nothingIsMadeBeforeTheFirstStart() throws Exception {
    var before = everything();
    assertThat(check(center.path()))
        .contains("✓ database", "is empty; the first start makes its tables")
        .contains("✓ ledger", "can be made")
        .contains("✓ rights", "✓ event filter", "✓ dialplan kit", "✓ phone");
    assertThat(everything()).isEqualTo(before);
  }

  private String checkServedAt(String web) throws IOException {
    Path other = folder.resolve("web.yaml");
    String port = "web: {port: " + center.web();
    assertThat(Files.readString(center.path())).contains(port);
    Files.writeString(other, Files.readString(center.path()).replace(port, port + web));
    return check(other);
  }

  /// Passwords go over that line.
  @Test
  void whoIsServedBeyondThisMachineWantsTlsAndAName() throws Exception {
    assertThat(check(center.path())).doesNotContain(" web ");
    assertThat(checkServedAt(", address: \"::1\"")).doesNotContain(" web ");
    assertThat(checkServedAt(", address: 0.0.0.0"))
        .contains("✗ web           0.0.0.0 is served without TLS", "web: tls:", "web: proxies:")
        .contains("✗ web           0.0.0.0 is served under no name", "web: hosts:");
    assertThat(checkServedAt(", address: 0.0.0.0, proxies: [10.0.0.2]"))
        .doesNotContain("without TLS")
        .contains("✗ web           0.0.0.0 is served under no name");
    assertThat(checkServedAt(", address: 0.0.0.0, hosts: [desk.example.com]"))
        .contains("✗ web           0.0.0.0 is served without TLS")
        .doesNotContain("under no name");
    assertThat(checkServedAt(", address: 0.0.0.0, proxies: [10.0.0.2], hosts: [desk.example.com]"))
        .contains("✓ web           0.0.0.0 is served by a proxy as desk.example.com");
  }

  @Test
  void aFolderThatCannotBeIsSaid() throws Exception {
    Files.writeString(folder.resolve("data"), "in the way");
    assertThat(check(center.path())).contains("✗ prompts", "data is no folder", "prompts: folder:");
  }

  @Test
  void besideAServerThatServes() throws Exception {
    try (var server = new ServerProcess(center)) {
      server.start();
      assertThat(check(center.path()))
          .contains("✓ server", "✓ rights", "✓ phone")
          .doesNotContain("✗ port", "✗ database");
      // Another center's, that would take its callers, and by mistake has its database.
      Path other = folder.resolve("other.yaml");
      Files.writeString(
          other,
          Files.readString(center.path())
              .replace("ledger: center-ledger", "ledger: other-ledger")
              .replaceAll("port: \\d+}", "port: %d}".formatted(HeldPorts.forServer())));
      assertThat(check(other))
          .contains("✓ rights", "✓ phone", "✗ database")
          .doesNotContain("✗ port");
      assertThat(folder.resolve("other-ledger")).doesNotExist();
      DeskClient desk = DeskClient.logIn(center.web(), "a1", TestCenter.PASSWORD);
      desk.ask("goReady");
      rig.call("+886223000001", ' ', Duration.ofSeconds(20));
      assertThat(desk.awaitPop().path("from").asText())
          .as("callers still come to the server's scripts")
          .isEqualTo("+886223000001");
      desk.close();
      server.kill();
      var before = everything();
      assertThat(check(center.path())).contains("✓ database", "its tables are in order");
      assertThat(everything()).as("after a server that was killed").isEqualTo(before);
    }
  }

  @Test
  void whatOthersCanReadIsNamedAndTheNextStartClosesIt() throws Exception {
    try (var server = new ServerProcess(center)) {
      server.start();
      server.kill();
      Path database = folder.resolve("center.mv.db");
      List<Path> own =
          List.of(database, folder.resolve("server.key"), folder.resolve("center-ledger/epoch"));
      assertThat(check(center.path())).contains("✓ files").doesNotContain("✗ files");
      for (Path file : own) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      }
      String told = check(center.path());
      for (Path file : own) assertThat(told).contains("✗ files         " + file + " can be read");
      server.start();
      assertThat(check(center.path())).contains("✓ files").doesNotContain("✗ files");
    }
  }

  @Test
  void theSampleSecretIsRefusedByCheckAndServe() throws Exception {
    Files.writeString(
        center.path(),
        Files.readString(center.path()).replace("secret: secret", "secret: change-me"));
    for (String command : new String[] {"check", "serve"}) {
      assertThat(CommandLines.run(command, "--config", center.path().toString()))
          .contains("switchroom.yaml:6")
          .contains("\"secret\" is still the sample's")
          .contains("manager_switchroom.conf")
          .doesNotContain("Switchroom serves");
    }
  }
}
