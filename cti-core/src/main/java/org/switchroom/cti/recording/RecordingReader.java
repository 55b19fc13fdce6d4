package org.switchroom.cti.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.recording.RecordingLine.Mark;

/// A recording, line by line.
public final class RecordingReader implements AutoCloseable {
  /// A recording, or a line of one, that this build cannot read. The message says which and why.
  public static final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }

  private static final int BLOCK = 1 << 16;

  private final String name;
  private final InputStream in;
  private final RecordingLines lines = new RecordingLines();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final RecordingLine.Begins head;

  /// What is read of it in advance.
  private final byte[] block = new byte[BLOCK];

  private int begin;

  /// -1: there is no more.
  private int end;

  private long number;
  private boolean torn;

  /// @param name for messages
  /// @throws UnreadableException when it is no recording
  RecordingReader(String name, InputStream in) throws IOException {
    this.name = name;
    this.in = in;
    head = head();
  }

  /// @throws UnreadableException when it is no recording
  /// @throws IOException when the file cannot be read
  public static RecordingReader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      return new RecordingReader(file.toString(), in);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private RecordingLine.Begins head() throws IOException {
    byte[] first = nextLine().orElseThrow(() -> unreadable("This is no recording."));
    int format;
    try {
      format = lines.format(first);
    } catch (IOException e) {
      throw unreadable("This is no recording.");
    }
    if (format == 0) throw unreadable("This is no recording.");
    if (format != RecordingLines.FORMAT) {
      throw unreadable(
          "This recording is of format %d, and this build reads format %d."
              .formatted(format, RecordingLines.FORMAT));
    }
    if (parse(first) instanceof RecordingLine.Begins begins) return begins;
    throw unreadable("This is no recording.");
  }

  RecordingLine.Begins begins() {
    return head;
  }

  /// Whether another build has recorded it.
  public boolean isOfAnotherBuild() throws IOException {
    return !head.build().equals(Build.name());
  }

  /// The next line after the first; empty: there is none, or it [#isTorn].
  ///
  /// @throws UnreadableException naming the line
  Optional<RecordingLine> next() throws IOException {
    Optional<byte[]> next = nextLine();
    return next.isEmpty() ? Optional.empty() : Optional.of(parse(next.get()));
  }

  private RecordingLine parse(byte[] text) throws UnreadableException {
    try {
      return lines.read(text);
    } catch (IOException | RuntimeException e) {
      throw unreadable("This cannot be read: " + plain(e));
    }
  }

  /// Without what stands in the line, and where in our code.
  private static String plain(Exception e) {
    return e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.toString();
  }

  /// About the line that was read last.
  UnreadableException unreadable(String what) {
    return new UnreadableException("%s:%d: %s".formatted(name, Math.max(number, 1), what));
  }

  /// A line without its end was not written to its end.
  private Optional<byte[]> nextLine() throws IOException {
    line.reset();
    while (end >= 0) {
      for (int i = begin; i < end; i++) {
        if (block[i] != '\n') continue;
        line.write(block, begin, i - begin);
        begin = i + 1;
        number++;
        return Optional.of(line.toByteArray());
      }
      line.write(block, begin, end - begin);
      begin = 0;
      end = in.read(block);
    }
    torn = line.size() > 0;
    return Optional.empty();
  }

  List<Mark> marks(Turn turn) {
    return lines.marks(turn);
  }

  /// The number of the line that was read last, from 1.
  public long line() {
    return number;
  }

  /// Whether the line after the last was not written to its end.
  public boolean isTorn() {
    return torn;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
