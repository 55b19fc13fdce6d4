package org.switchroom.cti.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.store.Database.Tables;

/// Looking at a database makes and changes nothing.
class DatabaseLookTest {
  @TempDir Path folder;

  private String url() {
    return Database.embeddedUrl(folder.resolve("deep").resolve("center"));
  }

  /// What is there, and of files what is in them.
  private Map<String, String> everything() throws IOException {
    var found = new TreeMap<String, String>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        String inIt =
            Files.isDirectory(file)
                ? ""
                : Files.getLastModifiedTime(file) + " " + Files.readString(file, ISO_8859_1);
        found.put(file.toString(), inIt);
      }
    }
    return found;
  }

  private void looks(Tables condition) throws IOException {
    var before = everything();
    assertThat(Database.look(url(), "sa", "")).isEqualTo(condition);
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void oneThatIsNotThereIsNotMade() throws Exception {
    looks(Tables.EMPTY);
  }

  @Test
  void nobodyElseReadsItNewOrOld() throws Exception {
    Path file = Database.embeddedFile(url()).orElseThrow();
    Database.open(url(), "sa", "").close();
    assertThat(permissions(file.getParent())).isEqualTo("rwx------");
    assertThat(permissions(file)).isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Database.open(url(), "sa", "").close();
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(file.getParent())).as("is its maker's").isEqualTo("rwxr-xr-x");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void oneOfAnOlderVersionStaysOne() throws Exception {
    Files.createDirectories(folder.resolve("deep"));
    Flyway.configure().dataSource(url(), "sa", "").baselineVersion("0").load().baseline();
    looks(Tables.BEHIND);
    Database.open(url(), "sa", "").close();
    looks(Tables.IN_ORDER);
  }
}
