package org.switchroom.cti.pbx.simulated;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;

/// A recording as Asterisk writes it, of a caller and an agent who hum to each other: the one low
/// and on the left, the other high, and both with pauses. It is written when it ends.
final class Tape {
  private static final int RATE = 8_000;
  private static final double LOW = 220;
  private static final double HIGH = 660;
  private static final int LOUD = 9_000;

  /// A talk of a test's own time may take days.
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Path folder;
  private final Path file;
  private final Instant began;
  private final BitSet muted = new BitSet();
  private int mutedFrom = -1;

  Tape(Path folder, String name, Instant began) {
    this.folder = folder;
    this.file = folder.resolve(name + ".raw");
    this.began = began;
  }

  void mute(boolean mute, Instant now) {
    if (mute && mutedFrom < 0) mutedFrom = tenths(now);
    if (mute || mutedFrom < 0) return;
    muted.set(mutedFrom, Math.max(mutedFrom, tenths(now)));
    mutedFrom = -1;
  }

  private int tenths(Instant now) {
    Duration lasted = Duration.between(began, now);
    return (int) ((lasted.compareTo(LONGEST) < 0 ? lasted : LONGEST).toMillis() / 100);
  }

  /// Where there is no such folder nothing is written, as Asterisk does it.
  void ends(Instant now) {
    mute(false, now);
    if (!Files.isDirectory(folder)) return;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int tenth = 0; tenth < tenths(now); tenth++) out.write(tenth(tenth));
    } catch (IOException e) {
      // As Asterisk: its callers talk on.
    }
  }

  private byte[] tenth(int number) {
    int samples = RATE / 10;
    var bytes = ByteBuffer.allocate(4 * samples).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples; i++) {
      int at = number * samples + i;
      bytes.putShort(hum(LOW, at, number, 0)).putShort(hum(HIGH, at, number, 1));
    }
    return bytes.array();
  }

  /// They speak in turn, two seconds each.
  private short hum(double hertz, int at, int tenth, int whose) {
    if (muted.get(tenth) || tenth / 20 % 2 != whose) return 0;
    return (short) (LOUD * Math.sin(2 * Math.PI * hertz * at / RATE));
  }
}
