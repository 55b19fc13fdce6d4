package org.switchroom.desktop;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/// Commands, as typed.
final class CommandLines {
  private CommandLines() {}

  /// @param said on either line
  record Ran(int exitCode, String said) {}

  /// What a command says, on either line.
  static String run(String... arguments) {
    return ran(arguments).said;
  }

  static Ran ran(String... arguments) {
    var said = new StringWriter();
    var line = Main.commandLine().setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
    var out = System.out;
    var captured = new ByteArrayOutputStream();
    System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
    int exitCode;
    try {
      exitCode = line.execute(arguments);
    } finally {
      System.setOut(out);
    }
    return new Ran(exitCode, said + captured.toString(StandardCharsets.UTF_8));
  }
}
