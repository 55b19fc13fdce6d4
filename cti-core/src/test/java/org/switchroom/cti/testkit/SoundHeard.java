package org.switchroom.cti.testkit;

import java.time.Duration;
import java.util.Arrays;

/// What one end has heard last.
public final class SoundHeard {
  /// Half a second: tones that are 2 Hz apart are told apart in it.
  private static final int KEPT = Tone.RATE / 2;

  /// By which a tone is there: one that is said is heard at about 1, after what the PBX has made of
  /// it.
  private static final double THERE = 0.3;

  private static final double NOT_THERE = 0.05;
  private static final Duration MOST = Duration.ofSeconds(8);

  private final byte[] last = new byte[KEPT];
  private long come;

  synchronized void comes(byte[] packet, int from, int to) {
    for (int i = from; i < to; i++) last[(int) (come++ % KEPT)] = packet[i];
    notifyAll();
  }

  private synchronized long come() {
    return come;
  }

  /// @return what has come in the last half a second, oldest first
  private synchronized byte[] kept() {
    int begin = (int) (come % KEPT);
    byte[] sound = Arrays.copyOfRange(last, begin, begin + KEPT);
    System.arraycopy(last, 0, sound, KEPT - begin, begin);
    return sound;
  }

  private double share(int hertz) {
    return Tone.share(hertz, kept());
  }

  /// Waits until this tone is heard.
  public void hears(int hertz) {
    Await.until(() -> share(hertz) > THERE, "%d Hz is heard".formatted(hertz), MOST);
  }

  /// Waits until this tone is heard no more. It counts as that only after half a second of other
  /// sound, or after half a second in which nothing came at all.
  public void hearsNoMore(int hertz) {
    Await.until(() -> isSilent(hertz), "%d Hz is heard no more".formatted(hertz), MOST);
  }

  private boolean isSilent(int hertz) {
    long before = come();
    boolean newSound = Await.isSo(() -> come() - before >= KEPT, Duration.ofMillis(750));
    return !newSound && come() == before || share(hertz) < NOT_THERE;
  }
}
