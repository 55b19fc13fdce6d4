package org.switchroom.cti.recording;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;
import org.switchroom.acd.RouterMemory;
import org.switchroom.cti.center.Snapshot;
import org.switchroom.ivr.Saying;

/// Which build this is: a digest of the classes that decide, the same in a jar and beside it.
final class Build {
  /// One of each module.
  private static final List<Class<?>> MODULES =
      List.of(RouterMemory.class, Saying.class, Snapshot.class);

  private static final int DIGEST = 8;
  private static final int BLOCK = 1 << 16;

  private Build() {}

  /// @throws IOException when the classes cannot be read
  static String name() throws IOException {
    var classes = new TreeMap<String, Long>();
    for (Class<?> one : MODULES) {
      Path from = from(one);
      if (Files.isDirectory(from)) folder(from, classes);
      else jar(from, classes);
    }
    return digest(classes);
  }

  private static Path from(Class<?> one) throws IOException {
    CodeSource source = one.getProtectionDomain().getCodeSource();
    if (source == null) throw new IOException("Nobody knows where %s is from.".formatted(one));
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static void jar(Path file, SortedMap<String, Long> into) throws IOException {
    try (var zip = new ZipFile(file.toFile())) {
      zip.stream()
          .filter(entry -> entry.getName().endsWith(".class"))
          .forEach(entry -> into.put(entry.getName(), entry.getCrc()));
    }
  }

  private static void folder(Path folder, SortedMap<String, Long> into) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
        into.put(folder.relativize(file).toString().replace('\\', '/'), crc(file));
      }
    }
  }

  private static long crc(Path file) throws IOException {
    var crc = new CRC32();
    var block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(block); read > 0; read = in.read(block)) crc.update(block, 0, read);
    }
    return crc.getValue();
  }

  private static String digest(SortedMap<String, Long> classes) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      classes.forEach(
          (name, crc) -> {
            sha.update(name.getBytes(StandardCharsets.UTF_8));
            sha.update(ByteBuffer.allocate(Long.BYTES).putLong(crc).flip());
          });
      return HexFormat.of().formatHex(sha.digest(), 0, DIGEST);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
