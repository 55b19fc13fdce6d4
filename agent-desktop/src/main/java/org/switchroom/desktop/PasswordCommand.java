package org.switchroom.desktop;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.desktop.server.StartFault;
import picocli.CommandLine.Command;

/// Makes the hash that the configuration keeps.
@Command(
    name = "password",
    description = "Reads a password and prints the hash for the configuration.",
    mixinStandardHelpOptions = true)
final class PasswordCommand implements Callable<Integer> {
  private static final int SHORTEST = 12;

  @Override
  public Integer call() throws Exception {
    String password = read();
    if (password.length() < SHORTEST) {
      throw new StartFault("A password has at least %d characters.".formatted(SHORTEST));
    }
    System.out.println(SecretHash.of(password));
    return 0;
  }

  /// Empty: nothing was typed.
  private static String read() throws Exception {
    if (System.console() != null && System.console().isTerminal()) {
      char[] typed = System.console().readPassword("Password: ");
      return typed == null ? "" : new String(typed);
    }
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    return Objects.requireNonNullElse(in.readLine(), "");
  }
}
