package org.switchroom.cti.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder of one ledger, while it is this process's: which ledger it is, which run this is, and
/// what was set aside.
final class LedgerFolder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LedgerFolder.class);

  /// The newest, and beside them the first of the last days: a server that halts again and again
  /// sets one aside each time, and what was known before is in that one.
  private static final int NEWEST_ASIDE = 2;

  private static final Duration FIRST_OF = Duration.ofDays(7);
  private static final String EPOCH = "epoch";
  private static final String ASIDE = "aside-";
  private static final String MOVING = "aside.moving";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  /// These outlive the list: an epoch is never used again, what halted is still known, and who is
  /// erased is erased in what is set aside too.
  private static final Set<String> STAYS =
      Set.of("lock", EPOCH, HaltRecord.FILE, FaultCounts.FILE, KeyFile.NAME);

  private final Path folder;
  private final InstantSource clock;
  private final FileChannel lockFile;
  private final FileLock lock;

  private LedgerFolder(Path folder, InstantSource clock) throws IOException {
    this.folder = folder;
    this.clock = clock;
    OwnerOnly.folder(folder);
    Path file = folder.resolve("lock");
    lockFile = OwnerOnly.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      lock = OwnerOnly.lock(lockFile, file);
    } catch (IOException e) {
      lockFile.close();
      throw e;
    }
  }

  /// @throws IOException when another process or another ledger here has it
  static LedgerFolder take(Path folder, InstantSource clock) throws IOException {
    var taken = new LedgerFolder(folder, clock);
    try {
      if (Files.exists(folder.resolve(MOVING))) taken.setAside();
      return taken;
    } catch (IOException e) {
      taken.close();
      throw e;
    }
  }

  /// Which ledger this is.
  ///
  /// @param inSegments what a segment says, for a folder whose file was lost
  UUID id(Optional<UUID> inSegments) throws IOException {
    Path file = folder.resolve("id");
    if (Files.exists(file)) return parsed(file);
    UUID id = inSegments.orElseGet(UUID::randomUUID);
    OwnerOnly.replace(file, (id + "\n").getBytes(StandardCharsets.US_ASCII));
    return id;
  }

  private static UUID parsed(Path file) throws IOException {
    String text = Files.readString(file).strip();
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s holds \"%s\", which is no id of a ledger.".formatted(file, text), e);
    }
  }

  /// The number of this run, on the disk before it is used; greater than that of any run before.
  ///
  /// @param inSegments the greatest that a segment names
  int nextEpoch(int inSegments) throws IOException {
    Path file = folder.resolve(EPOCH);
    int last = inSegments;
    if (Files.exists(file)) last = Math.max(last, epoch(file));
    int next = Math.addExact(last, 1);
    OwnerOnly.replace(file, (next + "\n").getBytes(StandardCharsets.US_ASCII));
    return next;
  }

  private static int epoch(Path file) throws IOException {
    String text = Files.readString(file).strip();
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IOException(
          "%s holds \"%s\", which is no epoch. Maybe write a number there that is greater than any in use."
              .formatted(file, text),
          e);
    }
  }

  /// Moves the list and its snapshots into a folder of their own. A move that a crash has
  /// interrupted is finished before the folder is used again.
  ///
  /// @return that folder
  Path setAside() throws IOException {
    Path moving = folder.resolve(MOVING);
    OwnerOnly.folder(moving);
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (STAYS.contains(name) || name.startsWith(ASIDE) || name.equals(MOVING)) continue;
      Files.move(file, moving.resolve(name));
    }
    String when = ASIDE + TIME.format(clock.instant());
    Path aside = folder.resolve(when);
    for (int i = 2; Files.exists(aside); i++) aside = folder.resolve(when + "-" + i);
    OwnerOnly.into(moving, aside);
    log.error("The ledger was set aside: it is in {}.", aside);
    forgetOldest();
    return aside;
  }

  /// As [Ledger#moveTo].
  static void moveTo(Path folder, Path elsewhere, InstantSource clock) throws IOException {
    try (var free = take(folder, clock)) {
      Files.move(free.folder, elsewhere);
    }
    OwnerOnly.folder(folder);
    Path epoch = elsewhere.resolve(EPOCH);
    if (Files.exists(epoch)) OwnerOnly.replace(folder.resolve(EPOCH), Files.readAllBytes(epoch));
    Path keys = elsewhere.resolve(KeyFile.NAME);
    if (Files.exists(keys)) OwnerOnly.into(keys, folder.resolve(KeyFile.NAME));
  }

  private List<Path> files() throws IOException {
    try (var list = Files.list(folder)) {
      return list.sorted().toList();
    }
  }

  private void forgetOldest() throws IOException {
    List<Path> aside =
        files().stream()
            .filter(file -> file.getFileName().toString().startsWith(ASIDE))
            .filter(Files::isDirectory)
            .toList();
    List<Path> older = aside.subList(0, Math.max(0, aside.size() - NEWEST_ASIDE));
    if (older.isEmpty()) return;
    String since = ASIDE + TIME.format(clock.instant().minus(FIRST_OF));
    Path kept =
        older.stream()
            .filter(file -> file.getFileName().toString().compareTo(since) >= 0)
            .findFirst()
            .orElse(older.getLast());
    for (Path old : older) {
      if (old.equals(kept)) continue;
      delete(old);
      log.warn(
          "{} is removed: of the ledgers set aside {} and the newest {} are kept.",
          old,
          kept.getFileName(),
          NEWEST_ASIDE);
    }
  }

  private static void delete(Path path) throws IOException {
    try (var files = Files.walk(path)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) Files.delete(file);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
    lockFile.close();
  }
}
