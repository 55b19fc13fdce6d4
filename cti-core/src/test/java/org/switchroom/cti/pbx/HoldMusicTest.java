package org.switchroom.cti.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.pbx.asterisk.AsteriskPbx;
import org.switchroom.cti.pbx.asterisk.PbxOwner;
import org.switchroom.cti.testkit.Chirp;
import org.switchroom.cti.testkit.Facts;
import org.switchroom.cti.testkit.Heart;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.RealAsterisk;

/// What a held caller hears on a real Asterisk. The music on hold is one tone that rises all the
/// time, so each moment of what was recorded says where in the file it is: were the music begun
/// anew at a turn of the hold loop (a second each), the tone would fall back.
@NeedsAsterisk
class HoldMusicTest {
  private static final int SAMPLES_A_SECOND = 8_000;
  private static final int WAV_HEADER = 44;

  /// So long the caller stays.
  private static final Duration CALL = Duration.ofSeconds(14);

  /// At least so much of it was recorded: they are recorded when they are held, and Asterisk writes
  /// the last second of it when they are gone.
  private static final int LISTENED_SECONDS = 9;

  private static final int WINDOW = SAMPLES_A_SECOND / 4;

  @Test
  void theMusicPlaysOnThroughTheTurnsOfTheHoldLoop() throws Exception {
    var facts = new Facts<PbxEvent>(CALL.plusSeconds(15));
    try (var asterisk = new RealAsterisk();
        var pbx = new AsteriskPbx(asterisk.ami(), PbxOwner.of("test"), InstantSource.system());
        var _ = new Heart(pbx, Set.of(), facts)) {
      facts.await(PbxEvent.Synchronized.class);
      asterisk.call("+886223000001", ' ', CALL);
      facts.await(PbxEvent.CallQueued.class);
      String channel =
          asterisk
              .console("core show channels concise")
              .lines()
              .filter(line -> line.startsWith("PJSIP/callers"))
              .findFirst()
              .orElseThrow()
              .split("!")[0];
      String file = asterisk.recordings() + "/held.wav";
      asterisk.console("mixmonitor start " + channel + " " + file);
      facts.await(PbxEvent.CallEnded.class);
      List<Double> heard = tones(asterisk.onThisMachine(file));
      assertThat(heard).hasSizeGreaterThan(4 * LISTENED_SECONDS);
      for (int i = 1; i < heard.size(); i++) {
        double risen = heard.get(i) - heard.get(i - 1);
        assertThat(risen)
            .as("quarter of a second %d of %s", i, heard)
            .isBetween(-0.25 * Chirp.HERTZ_A_SECOND, 0.75 * Chirp.HERTZ_A_SECOND);
      }
      double all = heard.getLast() - heard.getFirst();
      assertThat(all / Chirp.HERTZ_A_SECOND)
          .as("so many seconds of the music were heard")
          .isBetween((heard.size() - 1) / 4.0 - 1, (heard.size() - 1) / 4.0 + 1);
    }
  }

  /// The tone of each quarter of a second, by its zero crossings.
  private static List<Double> tones(Path wav) throws Exception {
    byte[] bytes = Files.readAllBytes(wav);
    var samples =
        ByteBuffer.wrap(bytes, WAV_HEADER, bytes.length - WAV_HEADER)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asShortBuffer();
    var tones = new ArrayList<Double>();
    for (int from = 0; from + WINDOW <= samples.limit(); from += WINDOW) {
      int crossings = 0;
      int loudest = 0;
      for (int i = from + 1; i < from + WINDOW; i++) {
        loudest = Math.max(loudest, Math.abs(samples.get(i)));
        if ((samples.get(i) >= 0) != (samples.get(i - 1) >= 0)) crossings++;
      }
      // Before the first and after the last is silence.
      if (loudest > 500) tones.add(crossings / 2.0 * SAMPLES_A_SECOND / WINDOW);
    }
    return tones;
  }
}
