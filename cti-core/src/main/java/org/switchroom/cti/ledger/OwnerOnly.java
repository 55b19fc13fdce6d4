package org.switchroom.cti.ledger;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files that hold who called whom: nobody but the owner reads them, where the file system knows
/// owners.
public final class OwnerOnly {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private static final Logger log = LoggerFactory.getLogger(OwnerOnly.class);

  private OwnerOnly() {}

  private static boolean knowsOwners(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /// Also one that is there already is closed to others.
  static void folder(Path folder) throws IOException {
    if (!knowsOwners(folder)) {
      Files.createDirectories(folder);
      return;
    }
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
    if (Files.getPosixFilePermissions(folder).equals(FOLDER)) return;
    try {
      Files.setPosixFilePermissions(folder, FOLDER);
    } catch (IOException e) {
      log.warn("{} is open to others, and is not ours to close: {}", folder, e.toString());
    }
  }

  /// For what is kept there; one that is there already stays as open as it is.
  public static void newFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) folder(folder);
  }

  /// Whether anybody but its owner can read or write it. Nobody can what is not there.
  public static boolean isOpen(Path file) throws IOException {
    if (!knowsOwners(file) || !Files.exists(file)) return false;
    Set<PosixFilePermission> right = Files.isDirectory(file) ? FOLDER : FILE;
    return !right.containsAll(Files.getPosixFilePermissions(file));
  }

  /// Closes one that is open to others, and says so. One that is not ours stays, and that is said.
  public static void close(Path file) throws IOException {
    if (!isOpen(file)) return;
    try {
      Files.setPosixFilePermissions(file, Files.isDirectory(file) ? FOLDER : FILE);
      log.warn("{} could be read by others, and is closed to them from now on.", file);
    } catch (IOException e) {
      log.warn("{} is open to others, and is not ours to close: {}", file, e.toString());
    }
  }

  /// Empty, to write to. One that is there already keeps whom it is open to.
  ///
  /// @throws IOException when it cannot be made
  public static FileChannel create(Path file) throws IOException {
    return open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  static FileChannel open(Path file, StandardOpenOption... how) throws IOException {
    FileAttribute<?>[] attributes =
        knowsOwners(file)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FILE)}
            : new FileAttribute<?>[0];
    return FileChannel.open(file, Set.of(how), attributes);
  }

  /// Puts a small file in place of what was there: whoever reads it finds the old or the new, and
  /// after this has returned, the new.
  static void replace(Path file, byte[] content) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel = create(next)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) channel.write(bytes);
      channel.force(true);
    }
    into(next, file);
  }

  /// A name is a name, old or new, also after the machine has died.
  static void into(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceNames(requireNonNull(to.toAbsolutePath().getParent()));
  }

  /// The names in a folder are on the disk.
  static void forceNames(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// @throws IOException when somebody has the file, also in this process
  static FileLock lock(FileChannel channel, Path file) throws IOException {
    try {
      FileLock taken = channel.tryLock();
      if (taken != null) return taken;
    } catch (OverlappingFileLockException e) {
      // in this process
    }
    throw new IOException(
        "%s is another server's. Stop it, or choose another folder.".formatted(file));
  }
}
