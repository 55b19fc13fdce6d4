package org.switchroom.desktop;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/// Commands, as typed.
final class CommandLines {
  private CommandLines() {}

  /// What a command says, on either line.
  static String run(String... arguments) {
    var said = new StringWriter();
    var line = Main.commandLine().setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
    var out = System.out;
    var captured = new ByteArrayOutputStream();
    System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      line.execute(arguments);
    } finally {
      System.setOut(out);
    }
    return said + captured.toString(StandardCharsets.UTF_8);
  }
}
