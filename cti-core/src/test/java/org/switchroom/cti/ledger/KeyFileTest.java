package org.switchroom.cti.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.ledger.PersonKeys.Key;

/// A key is there as long as what is under it, and not a moment longer.
class KeyFileTest {
  private static final LedgerOptions BY_HAND =
      LedgerOptions.DEFAULT.withForcing(LedgerOptions.Forcing.BY_THE_CALLER);

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-01-05T12:00:00Z");
  private final InstantSource clock = () -> now;

  private KeyFile open() throws IOException {
    return KeyFile.open(LedgerDisk.REAL, folder, clock);
  }

  private Path file() {
    return folder.resolve(KeyFile.NAME);
  }

  private static ByteBuffer id(Key key) {
    return ByteBuffer.allocate(8).putLong(key.id()).flip();
  }

  private static void same(Key one, Key other) {
    assertThat(one.id()).isEqualTo(other.id());
    assertThat(one.secret()).isEqualTo(other.secret());
  }

  @Test
  void aPersonHasOneKeyForEver() throws Exception {
    Key alice;
    try (var keys = open()) {
      alice = keys.of("alice");
      same(keys.of("alice"), alice);
      assertThat(keys.of("bob").secret()).isNotEqualTo(alice.secret()).hasSize(32);
    }
    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1))
        .doesNotContain("alice");
    try (var keys = open()) {
      same(keys.of("alice"), alice);
      same(keys.find(alice.id()).orElseThrow(), alice);
    }
  }

  @Test
  void aKeyThatIsDestroyedIsNowhere() throws Exception {
    Key alice;
    Key bob;
    try (var keys = open()) {
      alice = keys.of("alice");
      bob = keys.of("bob");
      keys.force();
      assertThat(keys.destroy(List.of("alice", "carol"))).isEqualTo(1);
      assertThat(keys.destroy(List.of("alice"))).as("once more").isZero();
      assertThat(keys.find(alice.id())).isEmpty();
      assertThat(bytes()).doesNotContain(text(alice.secret())).contains(text(bob.secret()));
      assertThat(keys.of("alice").id()).as("who comes again").isNotEqualTo(alice.id());
    }
    try (var keys = open()) {
      assertThat(keys.find(alice.id())).isEmpty();
      same(keys.find(bob.id()).orElseThrow(), bob);
      assertThat(Files.size(file())).as("its place is used again").isEqualTo(3 * KeyFile.PLACE);
    }
  }

  private String bytes() throws IOException {
    return text(Files.readAllBytes(file()));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Test
  void keysThatNobodyUsesGoWithTheFrames() throws Exception {
    try (var ledger = Ledger.open(folder, BY_HAND.withRollAfter(Duration.ofDays(1)), clock)) {
      PersonKeys keys = ledger.keys();
      Key alice = keys.of("alice");
      Key bob = keys.of("bob");
      ledger.append(id(alice));
      for (int day = 1; day <= 35; day++) {
        now = now.plus(Duration.ofDays(1));
        keys.of("bob");
        ledger.append(id(bob));
        ledger.force();
        ledger.tidy();
        ledger.force();
        assertThat(keys.find(alice.id()).isPresent())
            .as("after %d days, frames from %d", day, ledger.firstKept())
            .isEqualTo(ledger.firstKept() == 1);
      }
      assertThat(keys.find(bob.id())).isPresent();
      assertThat(ledger.firstKept()).isGreaterThan(1);
    }
  }

  /// Frames that somebody has not read yet stay, and so do their keys.
  @Test
  void keysOfFramesThatAreKeptForLongerStay() throws Exception {
    try (var ledger = Ledger.open(folder, BY_HAND.withRequired(Set.of("history")), clock)) {
      Key alice = ledger.keys().of("alice");
      ledger.append(id(alice));
      ledger.force();
      now = now.plus(Duration.ofDays(90));
      ledger.append(id(ledger.keys().of("bob")));
      ledger.tidy();
      ledger.force();
      assertThat(ledger.keys().find(alice.id())).isPresent();
    }
  }

  @Test
  void whereThereAreTooManyTheOldestGoes() throws Exception {
    try (var keys = KeyFile.open(LedgerDisk.REAL, folder, clock, 3)) {
      Key alice = keys.of("alice");
      Key bob = keys.of("bob");
      keys.of("carol");
      keys.of("alice");
      keys.of("dora");
      assertThat(keys.find(bob.id())).isEmpty();
      same(keys.of("alice"), alice);
      keys.force();
    }
    assertThat(Files.size(file())).isEqualTo(4 * KeyFile.PLACE);
  }

  @Test
  void aPlaceThatCannotBeReadIsOneKeyAndNoMore() throws Exception {
    List<Key> all;
    try (var keys = open()) {
      all = IntStream.range(0, 5).mapToObj(i -> keys.of("p" + i)).toList();
    }
    byte[] bytes = Files.readAllBytes(file());
    bytes[3 * KeyFile.PLACE + 30] ^= 1;
    Files.write(file(), java.util.Arrays.copyOf(bytes, bytes.length - 7));
    try (var keys = open()) {
      assertThat(all.stream().map(key -> keys.find(key.id()).isPresent()))
          .containsExactly(true, true, false, true, false);
    }
    assertThat(bytes()).as("half a key").doesNotContain(text(all.get(2).secret()));
    try (var keys = open()) {
      keys.of("new");
      keys.of("newer");
    }
    assertThat(Files.size(file())).isEqualTo(6 * KeyFile.PLACE);
  }

  @Test
  void aFileThatIsNoneIsPutAwayAndOneOfANewerBuildIsNotTouched() throws Exception {
    Files.write(file(), "nonsense".getBytes(StandardCharsets.UTF_8));
    try (var keys = open()) {
      keys.of("alice");
    }
    assertThat(folder.resolve("persons.broken")).exists();
    byte[] bytes = Files.readAllBytes(file());
    bytes[11] = 2;
    var crc = new java.util.zip.CRC32C();
    crc.update(bytes, 0, KeyFile.PLACE - 4);
    ByteBuffer.wrap(bytes).putInt(KeyFile.PLACE - 4, (int) crc.getValue());
    Files.write(file(), bytes);
    assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("format 2");
    assertThat(file()).hasBinaryContent(bytes);
  }

  @Test
  void keysStayWhenTheListGoesElsewhere() throws Exception {
    Key alice;
    try (var ledger = Ledger.open(folder.resolve("l"), BY_HAND, clock)) {
      alice = ledger.keys().of("alice");
      ledger.append(id(alice));
    }
    Ledger.setAside(folder.resolve("l"), clock);
    Ledger.moveTo(folder.resolve("l"), folder.resolve("elsewhere"), clock);
    try (var ledger = Ledger.open(folder.resolve("l"), BY_HAND, clock)) {
      same(ledger.keys().find(alice.id()).orElseThrow(), alice);
    }
    assertThat(folder.resolve("elsewhere").resolve(KeyFile.NAME)).doesNotExist();
  }

  /// A disk that is full takes neither the key nor the frame, and later both.
  @Test
  void aFrameWaitsForItsKey() throws Exception {
    var disk = new TestDisk();
    try (var ledger = Ledger.open(folder, BY_HAND, clock, disk)) {
      PersonKeys keys = ledger.keys();
      disk.room.set(20);
      Key alice = keys.of("alice");
      assertThat(ledger.append(id(alice))).isInstanceOf(Appended.Kept.class);
      assertThat(keys.find(alice.id())).isPresent();
      disk.room.set(Long.MAX_VALUE);
      assertThat(ledger.retry()).isInstanceOf(LedgerState.Healthy.class);
      ledger.force();
      TestDisk.copy(folder, folder.resolve("copy"));
      try (var copy = KeyFile.open(LedgerDisk.REAL, folder.resolve("copy"), clock)) {
        same(copy.find(alice.id()).orElseThrow(), alice);
      }
    }
  }

  @Test
  void aFrameThatIsOnTheDiskHasItsKeyThere() throws Exception {
    long seed = System.nanoTime();
    var random = new SplittableRandom(seed);
    for (int run = 0; run < 100; run++) {
      Path here = folder.resolve("run" + run);
      Path dead = folder.resolve("dead" + run);
      var disk = new TestDisk();
      long forced;
      try (var ledger = Ledger.open(here, BY_HAND, clock, disk)) {
        PersonKeys keys = ledger.keys();
        for (int i = random.nextInt(60); i >= 0; i--) {
          ledger.append(id(keys.of("p" + random.nextInt(40))));
          if (random.nextInt(10) == 0) ledger.force();
        }
        forced = ledger.lastForced();
        disk.die(here, dead, random);
      }
      try (var ledger = Ledger.open(dead, BY_HAND, clock);
          var reader = ledger.reader(1, LedgerReader.Sees.WRITTEN)) {
        for (long number = 1; number <= forced; number++) {
          var frame = (LedgerReader.Next.Frame) reader.poll();
          long id = frame.payload().duplicate().getLong();
          assertThat(ledger.keys().find(id)).as("seed %d, frame %d", seed, number).isPresent();
        }
      }
    }
  }
}
