package org.switchroom.cti.recording;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Explainer;
import org.switchroom.acd.Explanation;
import org.switchroom.acd.OfferId;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Snapshot;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.runtime.Recorder;

/// The recording of one run, in memory: byte by byte what would be in the file.
public final class PaperRecording implements Recorder {
  private static final Explainer NOBODY =
      new Explainer() {
        @Override
        public boolean wants(OfferId offer, ContactId contact) {
          return false;
        }

        @Override
        public void explained(Explanation explanation) {}
      };

  private final RecordingLines lines = new RecordingLines();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public void begins(Snapshot known, Set<String> aside) {
    line(new RecordingLine.Begins(RecordingLines.FORMAT, "test", aside, known));
  }

  @Override
  public void takes(Input input, Instant now, Instant wall) {
    line(new RecordingLine.Takes(input, now, wall));
  }

  @Override
  public void decides(Turn turn) {
    line(new RecordingLine.Decides(lines.marks(turn)));
  }

  private void line(RecordingLine line) {
    bytes.writeBytes(lines.write(line));
    bytes.write('\n');
  }

  /// Its lines, each with its end.
  public String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  public Replay.Found replay() {
    return replay(text());
  }

  public static Replay.Found replay(String recording) {
    byte[] text = recording.getBytes(StandardCharsets.UTF_8);
    try (var in = new RecordingReader("day", new ByteArrayInputStream(text))) {
      return Replay.run(in, NOBODY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
