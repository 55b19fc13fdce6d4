package org.switchroom.cti.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.ledger.SnapshotStore.Stored;
import org.switchroom.cti.testkit.LogWatch;

class SnapshotStoreTest {
  private static final UUID LEDGER = new UUID(1, 2);

  @TempDir Path root;
  private Path folder;
  private SnapshotStore store;

  @BeforeEach
  void open() throws IOException {
    folder = root.resolve("snapshots");
    store = new SnapshotStore(folder, LEDGER);
  }

  private Stored write(long frame, String text) throws IOException {
    return store.write(frame, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String read(Optional<Stored> stored) throws IOException {
    try (var in = stored.orElseThrow().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theNewestIsFoundAndTheLastThreeAreKept() throws Exception {
    assertThat(store.newest(100)).isEmpty();
    assertThat(store.oldestFrame()).isZero();
    for (int frame = 10; frame <= 50; frame += 10) write(frame, "state " + frame);
    assertThat(files()).hasSize(3);
    assertThat(store.oldestFrame()).isEqualTo(30);
    assertThat(read(store.newest(50))).isEqualTo("state 50");
    assertThat(read(store.newest(49)))
        .as("one that knows more than the ledger has is left out")
        .isEqualTo("state 40");
    write(50, "state 50, again");
    assertThat(read(new SnapshotStore(folder, LEDGER).newest(50))).isEqualTo("state 50, again");
  }

  @Test
  void tensOfMegabytesAreStreamed() throws Exception {
    byte[] block = new byte[1 << 20];
    new Random(7).nextBytes(block);
    var stored =
        store.write(
            7,
            out -> {
              for (int i = 0; i < 20; i++) out.write(block);
              out.write(9);
              out.close();
            });
    assertThat(stored.bytes()).isEqualTo((20L << 20) + 1);
    assertThat(store.newest(7)).contains(stored);
    try (var in = stored.open()) {
      for (int i = 0; i < 20; i++) assertThat(in.readNBytes(1 << 20)).isEqualTo(block);
      assertThat(in.read()).isEqualTo(9);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read(new byte[10])).isEqualTo(-1);
    }
  }

  @Test
  void aBrokenOneIsLeftOutWhereverItIsBroken() throws Exception {
    write(1, "the one before");
    Path file = write(2, "the newest").file();
    byte[] whole = Files.readAllBytes(file);
    try (var _ = new LogWatch(SnapshotStore.class)) {
      for (int at = 0; at < whole.length; at++) {
        byte[] broken = whole.clone();
        broken[at] ^= 4;
        Files.write(file, broken);
        assertThat(read(store.newest(2))).as("byte %d", at).isEqualTo("the one before");
        Files.write(file, Arrays.copyOf(whole, at));
        assertThat(read(store.newest(2))).as("%d bytes", at).isEqualTo("the one before");
      }
    }
    assertThat(files())
        .as("the last broken one is kept, for whoever wants to know why")
        .containsExactly("%020d.snapshot".formatted(1), "%020d.snapshot.broken".formatted(2));
    Files.write(file, whole);
    assertThat(read(store.newest(2))).isEqualTo("the newest");
  }

  @Test
  void anotherLedgersIsNotTaken() throws Exception {
    write(1, "ours");
    assertThat(new SnapshotStore(folder, new UUID(3, 4)).newest(1)).isEmpty();
  }

  @Test
  void oneThatCouldNotBeWrittenIsNotThere() throws Exception {
    write(1, "the one before");
    assertThatThrownBy(
            () ->
                store.write(
                    2,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("No space left on device");
                    }))
        .hasMessage("No space left on device");
    assertThat(files()).hasSize(1);
    Files.write(folder.resolve("00000000000000000003.snapshot.tmp"), new byte[10]);
    open();
    assertThat(files()).as("what a dead process left is removed").hasSize(1);
    assertThat(read(store.newest(9))).isEqualTo("the one before");
  }
}
