package org.switchroom.cti.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Makes hostile input of good input, by a seed: bytes are flipped, cut, doubled, put elsewhere,
/// and mixed with what parsers fear.
public final class Mutator {
  private static final int MOST_CHANGES = 6;
  private static final int LONG = 70_000;

  private static final List<byte[]> FEARED =
      List.of(
          bytes("\r\n"),
          bytes("\r\n\r\n"),
          bytes("\0"),
          bytes(":"),
          bytes(": "),
          bytes("\"\\\""),
          bytes("${SHELL(id)}"),
          bytes("' OR 1=1 --"),
          bytes("-1"),
          bytes("99999999999999999999"),
          bytes("NaN"),
          bytes("(null)"),
          bytes("<unknown>"),
          bytes("null"),
          bytes("[".repeat(2_000)),
          bytes("{\"a\":".repeat(500)),
          bytes("%00%ff%2e%2e%2f"),
          bytes("../../../../etc/passwd"),
          bytes("A".repeat(LONG)),
          bytes("𝕏\u202e\ufeff\u2028"),
          new byte[] {(byte) 0xc0, (byte) 0x80, (byte) 0xff, (byte) 0xfe});

  private final SplittableRandom random;
  private final List<byte[]> corpus;

  /// @param corpus good inputs
  public Mutator(long seed, List<byte[]> corpus) {
    random = new SplittableRandom(seed);
    this.corpus = corpus;
  }

  /// The inputs of a resource, which `----` lines part; their lines end with CR LF.
  public static List<byte[]> corpus(Class<?> beside, String resource) {
    try (var in = beside.getResourceAsStream(resource)) {
      if (in == null) throw new IllegalStateException("There is no corpus " + resource);
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var inputs = new ArrayList<byte[]>();
      for (String one : all.split("(?m)^----\\n")) inputs.add(bytes(one.replace("\n", "\r\n")));
      return inputs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public byte[] next() {
    byte[] input = any(corpus);
    for (int i = random.nextInt(MOST_CHANGES); i >= 0; i--) input = change(input);
    return input;
  }

  public String nextText() {
    return new String(next(), StandardCharsets.UTF_8);
  }

  private byte[] any(List<byte[]> list) {
    return list.get(random.nextInt(list.size()));
  }

  private byte[] change(byte[] input) {
    int at = random.nextInt(input.length + 1);
    int length = random.nextInt(Math.min(input.length - at, 40) + 1);
    return switch (random.nextInt(7)) {
      case 0 -> flip(input);
      case 1 -> splice(input, at, at + length, new byte[0]);
      case 2 -> splice(input, at, at, Arrays.copyOfRange(input, at, at + length));
      case 3 -> splice(input, at, at + length, any(FEARED));
      case 4 -> splice(input, at, at, any(FEARED));
      case 5 -> Arrays.copyOf(input, at);
      default -> {
        byte[] other = any(corpus);
        int from = random.nextInt(other.length + 1);
        yield splice(input, at, input.length, Arrays.copyOfRange(other, from, other.length));
      }
    };
  }

  private byte[] flip(byte[] input) {
    if (input.length == 0) return input;
    byte[] flipped = input.clone();
    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    return flipped;
  }

  private static byte[] splice(byte[] input, int from, int to, byte[] piece) {
    byte[] spliced = new byte[input.length - (to - from) + piece.length];
    System.arraycopy(input, 0, spliced, 0, from);
    System.arraycopy(piece, 0, spliced, from, piece.length);
    System.arraycopy(input, to, spliced, from + piece.length, input.length - to);
    return spliced;
  }
}
