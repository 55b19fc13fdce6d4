package org.switchroom.desktop;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.switchroom.cti.customer.Pins;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.desktop.server.StartFault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Makes the hashes that the customers' table keeps, for whoever fills it.
@Command(
    name = "pin",
    description = {
      "Reads PINs, one a line, and prints for each what customer.pin_hash keeps.",
      "They are good with the configuration's server-key alone."
    },
    mixinStandardHelpOptions = true)
final class PinCommand implements Callable<Integer> {
  @Mixin private ConfigurationFile config;

  @Override
  public Integer call() throws Exception {
    var pins = new Pins(ServerKey.in(config.load().serverKey().orElseThrow()));
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String pin = in.readLine(); pin != null; pin = in.readLine()) {
      if (!pin.matches("\\d{4,8}")) throw new StartFault("A PIN has 4 to 8 digits.");
      System.out.println(pins.hash(pin));
    }
    return 0;
  }
}
