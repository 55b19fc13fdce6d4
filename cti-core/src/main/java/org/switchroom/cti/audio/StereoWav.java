package org.switchroom.cti.audio;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The sound of two sides: what the PBX writes, samples of 16 bits in turn, 8,000 a second, and a
/// WAV (RIFF) of it.
final class StereoWav {
  static final int RATE = 8_000;

  /// Bytes of one sample of both.
  static final int FRAME = 4;

  private static final int HEADER = 44;
  private static final int BUFFER = 1 << 16;

  private StereoWav() {}

  /// Whole samples alone: what was being written when the power failed is left out.
  static void write(Path raw, Path wav) throws IOException {
    long bytes = Files.size(raw) / FRAME * FRAME;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(raw), BUFFER);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(wav), BUFFER)) {
      out.write(header(bytes));
      long left = bytes;
      var buffer = new byte[BUFFER];
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) throw new IOException(raw + " is shorter than it was.");
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }

  private static byte[] header(long bytes) {
    var header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.put(ascii("RIFF")).putInt((int) (bytes + HEADER - 8)).put(ascii("WAVE"));
    header.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 2);
    header.putInt(RATE).putInt(RATE * FRAME).putShort((short) FRAME).putShort((short) 16);
    return header.put(ascii("data")).putInt((int) bytes).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
